"""A replica's side of the exchange: the engine, its transport and its pace."""
