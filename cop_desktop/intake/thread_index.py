"""Where each post of a threads file stands: a table in a temporary file, not in memory."""

import sqlite3
from collections.abc import Iterator

MAX_THREAD_POSTS = 20_000
MAX_THREAD_BYTES = 64 * 1024 * 1024
Place = tuple[int, int, int]
"""The line (from 1), where it starts in the file, and how long it is, in bytes."""

_TABLES = """
CREATE TABLE threads (
    number INTEGER PRIMARY KEY, thread_id TEXT UNIQUE, posts INTEGER, bytes INTEGER
);
CREATE TABLE posts (
    thread INTEGER, post_id TEXT, line INTEGER, start INTEGER, length INTEGER,
    PRIMARY KEY (thread, post_id)
) WITHOUT ROWID;
"""


class ThreadIndex:
    """Posts by thread, in the order of their lines. SQLite removes the file when it is closed."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_TABLES)
        self._database.execute("BEGIN")
        self.post_count = 0
        self.thread_count = 0

    def close(self) -> None:
        """Removes the table. May be repeated."""
        self._database.close()

    def add(self, thread_id: str, post_id: str, place: Place) -> str:
        """Notes a post; empty, or one plain sentence on why the post is passed over."""
        row = self._database.execute(
            "SELECT number, posts, bytes FROM threads WHERE thread_id = ?", (thread_id,)
        ).fetchone()
        number, posts, size = row or (self.thread_count + 1, 0, 0)
        if posts >= MAX_THREAD_POSTS or size + place[2] > MAX_THREAD_BYTES:
            return "Its thread is too long; this post was left out."
        added = self._database.execute(
            "INSERT OR IGNORE INTO posts VALUES (?, ?, ?, ?, ?)", (number, post_id, *place)
        )
        if not added.rowcount:
            return "Another post of this thread has the same post_id."
        self._database.execute(
            "INSERT OR REPLACE INTO threads VALUES (?, ?, ?, ?)",
            (number, thread_id, posts + 1, size + place[2]),
        )
        self.thread_count += row is None
        self.post_count += 1
        return ""

    def threads(self) -> Iterator[tuple[str, list[Place]]]:
        """(thread id, where its posts stand), in the order of the threads' first lines."""
        for number in range(1, self.thread_count + 1):
            (thread_id,) = self._database.execute(
                "SELECT thread_id FROM threads WHERE number = ?", (number,)
            ).fetchone()
            places = self._database.execute(
                "SELECT line, start, length FROM posts WHERE thread = ? ORDER BY line", (number,)
            ).fetchall()
            yield thread_id, places
