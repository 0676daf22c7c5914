"""Forms built from data: a list of fields in, a dict of values out."""
