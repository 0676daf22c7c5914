"""Measurements, run by `make bench`: JSON with ratios taken side by side in one run."""
