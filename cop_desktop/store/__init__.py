"""The SQLite replica: log, outbox, projection tables, search index and chunks."""
