"""Saves a long text while it is typed and takes in what others wrote."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from cop_desktop.services.meetings import Meetings, MeetingView, TextSnapshot
from cop_desktop.ui.meetings.sections.section import Shown
from cop_desktop.ui.meetings.sections.written_text import WrittenText
from cop_desktop.ui.meetings.tools import Id, MeetingsTools
from cop_desktop.ui.widgets.notice_bar import Notice


@dataclass(frozen=True, slots=True)
class LongText:
    """Which text of a meeting it is. read: what an edit is made against; save: keeps an edit."""

    read: Callable[[MeetingView], TextSnapshot]
    save: Callable[..., Any]


def notes_text(meetings: Meetings) -> LongText:
    """The notes of a meeting."""
    return LongText(_notes, meetings.save_notes)


def summary_text(meetings: Meetings) -> LongText:
    """The summary for those who missed it."""
    return LongText(_summary, meetings.save_summary)


def _notes(meeting: MeetingView) -> TextSnapshot:
    return meeting.notes


def _summary(meeting: MeetingView) -> TextSnapshot:
    return meeting.summary


@dataclass(frozen=True, slots=True)
class Saved:
    """A save that is done. after: the meeting as it reads then, with words of others."""

    text: str
    after: MeetingView
    changed: object


@dataclass(slots=True)
class Writing:
    """The text of one meeting while it is in the editor.

    base: what the next save is made against; of the store thread alone, where saves run one after
    the other. adopted: a newer one that the editor shows, for the next save. told: what was last
    handed over to be saved, or shown. unsaved: of the saves, how many are not done.
    failed: the text of the last save if that could not be done.
    """

    meeting: Id
    which: LongText
    base: TextSnapshot
    told: str
    adopted: TextSnapshot | None = None
    unsaved: int = 0
    failed: str | None = None

    def save(self, meetings: Meetings, text: str, adopted: TextSnapshot | None) -> Saved:
        """On the store thread."""
        if adopted is not None:
            self.base = adopted
        if text and not self.base.text and not text.endswith("\n"):
            # Whoever else begins at the same time begins on a line of their own.
            text += "\n"
        saved = self.which.save(self.meeting, text, self.base)
        self.base = saved.base
        return Saved(text, meetings.meeting(self.meeting), saved.changed)


class TextPresenter(QObject):
    """Keeps what is typed until the store has it, also when another meeting is shown by then."""

    def __init__(self, written: WrittenText, tools: MeetingsTools, which: LongText) -> None:
        super().__init__(written)
        self._written = written
        self._tools = tools
        self._which = which
        self._writing: Writing | None = None
        self._kept: dict[Id, Writing] = {}
        written.typed.connect(self._save)
        written.link_activated.connect(tools.open_link)
        written.composer.check_with(tools.speller)

    def show_meeting(self, shown: Shown) -> None:
        meeting = shown.meeting
        if self._writing is not None and meeting.id == self._writing.meeting:
            self._take_in(self._writing, meeting)
            return
        self.leave()
        kept = self._kept.pop(meeting.id, None)
        if kept is None:
            base = self._which.read(meeting)
            self._writing = Writing(meeting.id, self._which, base, base.text)
            self._written.set_text(base.text)
        else:
            self._writing = kept
            self._written.set_text(kept.told if kept.failed is None else kept.failed)
            if kept.failed is not None:
                self._save(kept.failed)

    def leave(self) -> None:
        """Hands over what is typed; nothing is shown any more."""
        self._written.composer.tell_draft()
        writing, self._writing = self._writing, None
        if writing is not None and (writing.unsaved or writing.failed is not None):
            self._kept[writing.meeting] = writing

    def _save(self, text: str) -> None:
        writing = self._writing
        if writing is None or (text == writing.told and writing.failed is None):
            return  # also told when only the look of the text changed
        writing.told, writing.failed = text, None
        writing.unsaved += 1
        adopted, writing.adopted = writing.adopted, None
        self._tools.jobs.run(
            partial(writing.save, self._tools.meetings, text, adopted),
            partial(self._on_saved, writing),
            partial(self._on_failed, writing, text),
        )

    def _on_saved(self, writing: Writing, saved: Saved) -> None:
        writing.unsaved -= 1
        if writing.failed is None and not writing.unsaved:
            self._kept.pop(writing.meeting, None)
        self._tools.hub.post_change(saved.changed)
        if writing is self._writing:
            self._take_in(writing, saved.after)
            self._say_saved(writing)

    def _say_saved(self, writing: Writing) -> None:
        """Only if every letter that stands there is saved."""
        if not writing.unsaved and writing.failed is None:
            when = self._tools.when  # in NT time, as drafts say it
            words = self.tr("Saved on this computer {0}").format(when.clock(when.now()))
            self._written.show_saved(writing.told, words)

    def _on_failed(self, writing: Writing, text: str, error: Exception) -> None:
        writing.unsaved -= 1
        writing.failed = text
        sentence = self._tools.messages.for_error(error).sentence()
        if writing is self._writing:
            self._written.show_problem(sentence)
        else:
            self._kept[writing.meeting] = writing
            self._tools.show_notice(Notice(sentence, "bad", shown_ms=0))

    def _take_in(self, writing: Writing, meeting: MeetingView) -> None:
        """Shows what others wrote, unless something is typed that is not saved yet."""
        now = self._which.read(meeting)
        is_saved = not writing.unsaved and writing.failed is None
        if not is_saved or self._written.text() != writing.told:
            return  # the save that is to come brings it
        if now.text != writing.told:
            self._written.take_in(now.text)
        writing.told, writing.adopted = now.text, now
