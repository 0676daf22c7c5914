"""Finding anything that is here."""
