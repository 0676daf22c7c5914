"""Saying that one used an item in one's school, and changing that."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from cop_desktop.services.library import ItemView, UseView
from cop_desktop.ui.library.forms import use_dialog, use_text
from cop_desktop.ui.library.tools import Id, LibraryTools
from cop_desktop.ui.records.asking import Asking
from cop_desktop.ui.records.dialogs import show_versions
from cop_desktop.ui.records.tools import RecordTools
from cop_desktop.ui.records.undo import Undo


@dataclass(frozen=True, slots=True)
class _Opened:
    """What the editor begins with. seen: as the report was then."""

    use: UseView
    seen: Any


class Using(Asking):
    """What the part with the reports wishes."""

    _tools: LibraryTools

    def report(self, item: ItemView) -> None:
        """Asks when, and how it went."""
        dialog = use_dialog(self._tools.theme, self._tools.when.now().date())
        dialog.confirmed.connect(partial(self._report, item.id))
        self._show(dialog, f"use:{item.id.hex()}")

    def change(self, use: UseView) -> None:
        """Asks how one's own report should be."""
        work = partial(self._open, use)
        self._tools.jobs.run(work, self._ask, self._say_trouble, "library.use")

    def trash(self, use: UseView) -> None:
        """Moves a report to the trash, with an undo."""
        work = partial(self._tools.library.move_to_trash, use.id)
        self._tools.jobs.run(work, partial(self._on_trashed, use.id), self._say_trouble)

    def thank(self, target: Id, given: bool) -> None:
        """Thanks for an item or a report, or takes that back."""
        work = partial(self._tools.library.thank, target, given=given)
        self._tools.jobs.run(work, self._tools.hub.post_change, self._say_trouble)

    def versions(self, use: UseView) -> None:
        """Compares the versions of a report, to choose."""
        tools = RecordTools.of(self._tools, self._tools.library)
        show_versions(self._owner.window(), tools, use.id)

    def _report(self, item: Id, values: dict[str, Any]) -> None:
        work = partial(self._tools.library.report_use, item, use_text(values))
        self._save(work, self._on_reported)

    def _on_reported(self, reported: Any) -> None:
        self._on_saved(reported)
        words = self.tr("Thank you: the next one who wonders reads this.")
        self._offer_undo(partial(self._tools.library.move_to_trash, reported.id), words)

    def _open(self, use: UseView) -> _Opened:
        """On the store thread."""
        return _Opened(use, self._tools.library.seen(use.id))

    def _ask(self, opened: _Opened) -> None:
        today = self._tools.when.now().date()
        dialog = use_dialog(self._tools.theme, today, opened.use)
        dialog.confirmed.connect(partial(self._keep, opened))
        self._show(dialog, f"use:{opened.use.id.hex()}")

    def _keep(self, opened: _Opened, values: dict[str, Any]) -> None:
        library = self._tools.library
        self._save(partial(library.edit_use, opened.use.id, use_text(values), opened.seen))

    def _on_trashed(self, report: Id, changed: Any) -> None:
        self._tools.hub.post_change(changed)
        words = self.tr("The report is in the trash.")
        self._offer_undo(partial(self._tools.library.restore, report), words)

    def _offer_undo(self, work: Callable[[], Any], words: str) -> None:
        tools = RecordTools.of(self._tools, self._tools.library)
        undo = Undo(self._owner.window(), tools, work, self.tr("It is as it was."))
        self._tools.show_notice(undo.notice(words))
