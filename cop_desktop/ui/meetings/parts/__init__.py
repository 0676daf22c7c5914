"""Short lists whose rows can be edited, moved, ticked and removed, and the line that adds."""
