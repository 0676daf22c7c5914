"""The language replicas and the central server speak, and the two sides of it."""

__version__ = "0.1.0"
