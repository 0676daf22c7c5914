"""Opening what every place offers for a record.

Each returns the presenter, which lives until its dialog is closed; nobody needs to keep it.
"""

from PySide6.QtWidgets import QWidget

from cop_desktop.ui.records.history import HistoryPresenter
from cop_desktop.ui.records.tools import Id, RecordTools
from cop_desktop.ui.records.trash import TrashPresenter
from cop_desktop.ui.records.versions import VersionsPresenter

__all__ = ["RecordTools", "show_history", "show_trash", "show_versions"]


def show_versions(window: QWidget, tools: RecordTools, record: Id) -> VersionsPresenter:
    """Compare two versions of a record and choose; says so if there is only one left."""
    return VersionsPresenter(window, tools, record)


def show_history(window: QWidget, tools: RecordTools, record: Id) -> HistoryPresenter:
    """Who wrote what when, and earlier texts put back."""
    return HistoryPresenter(window, tools, record)


def show_trash(window: QWidget, tools: RecordTools, space: Id) -> TrashPresenter:
    """What is in the trash of a community."""
    return TrashPresenter(window, tools, space)
