"""The sample community with a central server of its own, so that syncing really happens."""
