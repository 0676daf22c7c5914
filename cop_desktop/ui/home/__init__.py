"""Home: what came, what waits, ten minutes, and catching up after weeks away."""
