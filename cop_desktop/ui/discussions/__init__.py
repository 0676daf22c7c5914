"""The place where topics are read, answered and started."""
