"""The place where meetings are planned, held and written up."""
