"""What is done with an item at once: adapting, citing, moving to the trash and back."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cop_desktop.services.library import Citation, ItemView
from cop_desktop.ui.library.citing import CiteDialog
from cop_desktop.ui.library.tools import Id, LibraryTools
from cop_desktop.ui.library.words import choice_name
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.records.tools import RecordTools
from cop_desktop.ui.records.undo import Undo
from cop_desktop.ui.widgets.notice_bar import Notice


class Doing(Presenting):
    """`adapted` carries the id of a copy."""

    adapted = Signal(bytes)

    def __init__(self, owner: QWidget, tools: LibraryTools) -> None:
        super().__init__(owner, tools)
        self._owner, self._tools = owner, tools

    def adapt(self, item: ItemView) -> None:
        """Makes a copy of one's own, with credit."""
        work = partial(self._tools.library.adapt, item.id)
        self._tools.jobs.run(work, self._on_adapted, self._say_trouble)

    def cite(self, item: ItemView) -> None:
        """Shows the texts that name it, to be copied."""
        kind = choice_name(item.type) if item.type else ""
        work = partial(self._tools.library.citation, item.id, kind)
        self._tools.jobs.run(work, self._on_cited, self._say_trouble)

    def trash(self, item: ItemView) -> None:
        """Moves it to the trash, with an undo."""
        work = partial(self._tools.library.move_to_trash, item.id)
        done = partial(self._on_trashed, item.id, item.title)
        self._tools.jobs.run(work, done, self._say_trouble)

    def put_back(self, item: Id) -> None:
        """Takes it out of the trash."""
        work = partial(self._tools.library.restore, item)
        self._tools.jobs.run(work, self._tools.hub.post_change, self._say_trouble)

    def _on_adapted(self, added: Any) -> None:
        self._tools.hub.post_change(added.changed)
        tools = RecordTools.of(self._tools, self._tools.library)
        work = partial(self._tools.library.move_to_trash, added.id)
        undo = Undo(self._owner.window(), tools, work, self.tr("Your copy is in the trash."))
        words = self.tr("This is your copy, with credit to the original.")
        self._tools.show_notice(undo.notice(words))
        self.adapted.emit(added.id)

    def _on_cited(self, cited: Citation) -> None:
        dialog = CiteDialog(self._tools.theme, cited)
        dialog.setParent(self._owner.window(), dialog.windowFlags())
        dialog.open()

    def _on_trashed(self, item: Id, title: str, changed: Any) -> None:
        self._tools.hub.post_change(changed)
        words = self.tr("“{0}” is in the trash.").format(title)
        undo = partial(self.put_back, item)
        self._tools.show_notice(Notice(words, action=self.tr("&Undo"), acted=undo))
