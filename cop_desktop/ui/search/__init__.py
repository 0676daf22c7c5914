"""The place that shows what a search found, over everything on this computer."""
