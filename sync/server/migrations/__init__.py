"""The steps by which older databases become like `sync.server.tables`."""
