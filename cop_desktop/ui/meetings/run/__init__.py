"""Running a meeting: what is on, how long, what is next, and everything beside it."""
