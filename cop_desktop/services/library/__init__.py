"""The library: items on their way from draft to retirement."""
