"""What is said of a file, and what is offered for it, wherever it is shown. No widgets."""

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.attachments import FileState, FileView
from cop_desktop.ui.records.budget_words import until_words
from cop_desktop.ui.records.when import When
from sync.core.budget import WaitUntil

OPEN, SAVE, DOWNLOAD, LEAVE = "open", "save", "download", "leave"


def _tr(words: str) -> str:
    return QCoreApplication.translate("Files", words)


def where_words(file: FileView, when: When) -> str:
    """Where the content is, or when it comes."""
    if file.wanted and file.state is not FileState.HERE:
        if not file.waits:
            return _tr("comes with the next connection")
        until = file.verdict.moment if isinstance(file.verdict, WaitUntil) else None
        return until_words(until, when, when.now())
    names = {
        FileState.HERE: _tr("on this computer"),
        FileState.PARTIAL: _tr("partly here"),
        FileState.NOT_HERE: _tr("not downloaded yet"),
        FileState.NOBODY_HAS_IT: _tr("nobody has sent it yet"),
    }
    return names[file.state]


def offers_for(file: FileView) -> list[tuple[str, str, str]]:
    """(wish, words, icon), what is most wanted first."""
    if file.is_program:
        return []  # a program is never opened or handed out
    if file.state is FileState.HERE:
        return [(OPEN, _tr("Open"), "open"), (SAVE, _tr("Save a copy…"), "save")]
    if not file.wanted:
        return [(DOWNLOAD, _tr("Download"), "download")]
    leave = (LEAVE, _tr("Do not download"), "close")
    return [(DOWNLOAD, _tr("Download now"), "download"), leave] if file.waits else [leave]
