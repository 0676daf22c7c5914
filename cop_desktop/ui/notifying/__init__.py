"""Messages of the system, the icon beside the clock, and when they are silent."""
