"""The same exchange carried as a file, on a stick or between two laptops."""
