"""The user guide, read without a connection."""
