"""The list of coming and past meetings."""
