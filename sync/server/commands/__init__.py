"""The commands of `cop-server`, one module per area."""
