"""CoP Desktop: a community of practice on a principal's own computer."""
