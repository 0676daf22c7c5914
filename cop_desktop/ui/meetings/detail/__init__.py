"""One meeting: its head, its sections, and days that nobody has opened yet."""
