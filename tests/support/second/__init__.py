"""A second program for the protocol, written from `docs/protocol.md` alone.

It imports nothing of `sync` or `cop_desktop`. Where it and they differ, the page is wrong or they
are. It reads everything, writes groups and requests, and makes no effort to be small or quick.
"""
