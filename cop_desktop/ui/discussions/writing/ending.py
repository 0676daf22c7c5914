"""Ends topics and opens them again: what came of one is written in a dialog, with a draft."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from cop_desktop.services.discussions.rows import Thread, TopicView
from cop_desktop.services.drafts import Draft
from cop_desktop.services.versions import Seen
from cop_desktop.ui.discussions.tools import DiscussionsTools, Id
from cop_desktop.ui.discussions.writing.draft_keeper import DraftKeeper, Saved
from cop_desktop.ui.discussions.writing.end_dialog import EndDialog
from cop_desktop.ui.discussions.writing.mentioning import Mentioning
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.widgets.notice_bar import Notice


@dataclass(frozen=True, slots=True)
class Read:
    """A topic as it was when its dialog opened, and what was left of an earlier try."""

    topic: TopicView
    answered_by: str
    seen: Seen
    draft: Draft | None


class Ending(Presenting):
    """One dialog at a time."""

    def __init__(self, owner: QWidget, tools: DiscussionsTools) -> None:
        super().__init__(owner, tools)
        self._owner = owner
        self._tools = tools
        self._keeper = DraftKeeper(tools, self)
        self._keeper.saved.connect(self._on_saved)
        self._keeper.failed.connect(self._on_not_saved)
        self._dialog: EndDialog | None = None
        self._read: Read | None = None

    @property
    def dialog(self) -> EndDialog | None:
        """The dialog that is open."""
        return self._dialog

    def end(self, thread: Thread) -> None:
        """Asks what came of the topic; of one that is ended, what else is to be told."""
        topic = thread.topic
        if self._dialog is not None or not topic.rights.change or topic.trashed:
            return
        author = next((post.author for post in thread.posts if post.id == topic.answer), "")
        self._tools.jobs.run(
            partial(self._reading, topic, author), self._open, self._say_trouble, key="topic.end"
        )

    def reopen(self, topic: Id) -> None:
        """The topic goes on."""
        self._tools.jobs.run(
            partial(self._tools.discussions.reopen_topic, topic),
            partial(self._on_reopened, topic),
            self._say_trouble,
        )

    def flush(self) -> None:
        """Saves what is typed at once."""
        if self._dialog is not None:
            self._dialog.composer.tell_draft()

    def _reading(self, topic: TopicView, author: str) -> Read:
        seen = self._tools.discussions.seen(topic.id)
        return Read(topic, author, seen, self._tools.drafts.load(_place(topic.id)))

    def _open(self, read: Read) -> None:
        dialog = EndDialog(self._tools.theme, read.topic, read.answered_by)
        self._dialog, self._read = dialog, read
        dialog.setParent(self._owner.window(), dialog.windowFlags())
        dialog.fit_into(self._owner.window().size())
        dialog.composer.set_text(read.topic.outcome)
        if read.draft is not None:
            dialog.composer.set_text(read.draft.body)
            dialog.composer.show_saved(read.draft.body, self._keeper.words_of(read.draft))
        Mentioning(dialog.composer, self._tools)
        dialog.composer.check_with(self._tools.speller)
        dialog.composer.draft_changed.connect(self._on_draft)
        dialog.composer.link_activated.connect(self._tools.open_link)
        dialog.confirmed.connect(self._commit)
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def _on_draft(self, text: str) -> None:
        if self._read is not None:
            self._keeper.save(_place(self._read.topic.id), "", text)

    def _on_saved(self, saved: Saved) -> None:
        if self._dialog is not None:
            self._dialog.composer.show_saved(saved.body, saved.words)

    def _on_not_saved(self, words: str) -> None:
        if self._dialog is not None:
            self._dialog.composer.show_problem(words)

    def _on_closed(self) -> None:
        dialog, read = self._dialog, self._read
        self._dialog = self._read = None
        if dialog is not None:
            dialog.composer.tell_draft()
            dialog.deleteLater()
        if read is not None:
            self._keeper.publish(_place(read.topic.id))

    def _commit(self, text: str) -> None:
        read = self._read
        if read is not None:
            self._tools.jobs.run(
                partial(self._ended, read, text), partial(self._on_ended, read), self._on_trouble
            )

    def _ended(self, read: Read, text: str) -> Any:
        """On the store thread: the words first, then their draft."""
        topic = read.topic.id
        changed = self._tools.discussions.end_topic(topic, text, read.seen)
        return changed.merged(self._tools.drafts.discard(_place(topic)))

    def _on_ended(self, read: Read, changed: Any) -> None:
        self._tools.hub.post_change(changed)
        self._read = None  # nothing to keep as a draft
        if self._dialog is not None:
            self._dialog.composer.set_text("")
            self._dialog.accept()
        if read.topic.ended:
            self._tools.show_notice(Notice(self.tr("Your changes are saved."), "good"))
            return
        undo = partial(self.reopen, read.topic.id)
        words = self.tr("The topic is ended. It is still here to read.")
        self._tools.show_notice(Notice(words, "good", self.tr("&Undo"), undo))

    def _on_reopened(self, topic: Id, changed: Any) -> None:
        self._tools.hub.post_change(changed)
        undo = partial(self._end_again, topic)
        words = self.tr("The topic is open again.")
        self._tools.show_notice(Notice(words, "good", self.tr("&Undo"), undo))

    def _end_again(self, topic: Id) -> None:
        self._tools.jobs.run(
            partial(self._tools.discussions.end_topic, topic),
            self._tools.hub.post_change,
            self._say_trouble,
        )

    def _on_trouble(self, error: Exception) -> None:
        if self._dialog is not None:
            self._dialog.keep_open(self._tools.messages.for_error(error).sentence())


def _place(topic: Id) -> str:
    """Where the draft of what came of a topic is kept."""
    return f"end:{UUID(bytes=topic)}"
