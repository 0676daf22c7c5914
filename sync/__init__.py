"""The language replicas and the central server speak, and the two sides of it."""
