"""One topic with its replies: what is shown, and what can be done with it."""
