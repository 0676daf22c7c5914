"""A deterministic simulator of the whole community: one seed, one trace.

The real engine, store, ledger and codec run in one thread; clock, randomness, disk, network and
process are the simulator's. SQLite is real.
"""
