"""Real programs that are killed again and again while people write, over a link that breaks."""
