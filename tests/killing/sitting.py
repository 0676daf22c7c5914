"""The whole desktop program, its window and its sync thread, with somebody at it who types lines.

`python -m tests.killing.sitting FOLDER`: orders come as JSON lines on standard input, and each is
answered on standard output by a line, once the program has said that it is done. What is answered
is saved, then: that is what the killing is about.
"""

import json
import os
import sys
import threading
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from cop_desktop.app import run_window
from cop_desktop.services.discussions import NewTopic
from cop_desktop.services.library import Library, NewItem
from cop_desktop.services.meetings import MeetingEdit
from cop_desktop.store import Changed
from cop_desktop.wiring.desk import Desk

Order = dict[str, Any]


class Typist(QObject):
    """Does what the lines say, as screens do it: on the store thread, told to the hub."""

    _ordered = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._ordered.connect(self._take)
        tell({"ready": True})
        threading.Thread(target=self._listen, name="orders", daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self._ordered.emit(json.loads(line))
        self._ordered.emit({"verb": "end"})

    def _take(self, order: Order) -> None:
        match order["verb"]:
            case "end":
                QApplication.quit()
            case "sync":
                self._desk.window.sync_wanted.emit()
            case "want":
                self._desk.jobs.run(self._want_files, self._desk.hub.post_change)
            case "look":
                self._desk.jobs.run(self._standing, partial(self._answered, order))
            case "read":
                self._desk.jobs.run(self._reading, partial(self._answered, order))
            case _:
                failed = partial(self._failed, order)
                self._desk.jobs.run(
                    partial(self._write, order), partial(self._saved, order), failed
                )

    def _write(self, order: Order) -> Changed:
        """What changed; the program has saved it when this returns."""
        services, word = self._desk.services, order["word"]
        about = bytes.fromhex(order["about"])
        match order["verb"]:
            case "topic":
                return services.discussions.start_topic(about, NewTopic(word)).changed
            case "reply":
                return services.discussions.reply(about, word).changed
            case "edit":
                return services.meetings.edit_meeting(about, MeetingEdit(provocation=word))
            case "item":
                return services.library.add_item(about, NewItem(word)).changed
            case "notes":
                base = services.meetings.meeting(about).notes
                return services.meetings.save_notes(about, f"{base.text}{word}\n", base).changed
            case "file":
                return self._attached(about, word)
        raise ValueError(order["verb"])

    def _attached(self, item: bytes, word: str) -> Changed:
        # Without reading its text, for which a process of its own would be started.
        path = self._desk.folder / f"{word}.dat"
        path.write_bytes(word.encode() + os.urandom(3 * int(word[-4:], 16)))
        try:
            return Library(self._desk.replica).attach(item, path).changed
        finally:
            path.unlink()

    def _want_files(self) -> Changed:
        """Ask for the content of every file."""
        files = self._desk.replica.tables["file_version"]
        with self._desk.replica.read() as rows:
            wanted = list(rows.scalars(select(files.c.id)))
        for file in wanted:
            self._desk.services.library.want(file, at_once=True)
        return Changed()

    def _saved(self, order: Order, changed: Changed) -> None:
        tell({"saved": order["word"]})
        self._desk.hub.post_change(changed)

    def _failed(self, order: Order, error: Exception) -> None:
        tell({"failed": order["word"], "why": f"{type(error).__name__}: {error}"})

    def _answered(self, order: Order, answer: dict[str, Any]) -> None:
        tell({"answer": answer, "number": order["number"]})

    def _standing(self) -> dict[str, Any]:
        """How far it is: what waits, and each space as head, floor, the server's head, digest."""
        replica, waiting = self._desk.replica, self._desk.replica.waiting()
        return {
            "waiting": waiting.groups + waiting.up_bytes + waiting.down_bytes,
            "refused": waiting.refused,
            "renaming": replica.needs_rename,
            "spaces": {
                row.space.hex(): [row.head, row.floor, row.server_head, row.digest.hex()]
                for row in replica.spaces()
            },
        }

    def _reading(self) -> dict[str, list[str]]:
        """What can be read, by the verb that wrote it."""
        tables = self._desk.replica.tables
        shown = {
            "topic": tables["topic"].c.title,
            "reply": tables["post"].c.body,
            "item": tables["library_item"].c.title,
            "file": tables["file_version"].c.name,
            "notes": tables["meeting_notes"].c.text,
        }
        with self._desk.replica.read() as rows:
            return {verb: list(rows.scalars(select(column))) for verb, column in shown.items()}


def tell(answer: dict[str, Any]) -> None:
    """One line to who gives the orders."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Run the window until the orders end."""
    tell({"opening": True})
    return run_window(Path(sys.argv[1]), Typist)


if __name__ == "__main__":
    sys.exit(main())
