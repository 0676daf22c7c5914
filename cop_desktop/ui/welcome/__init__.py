"""The first start: joining a community, or looking around in the sample."""
