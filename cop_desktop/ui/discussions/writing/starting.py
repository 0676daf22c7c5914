"""Starts topics and edits their beginning: drafts, files and posting for the form."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from cop_desktop.services.discussions.rows import NewTopic, TopicEdit, TopicView
from cop_desktop.services.drafts import Draft, place_of_topic
from cop_desktop.services.versions import Seen
from cop_desktop.ui.discussions.tools import DiscussionsTools, Id
from cop_desktop.ui.discussions.writing.attaching import Attaching, place_of_posted
from cop_desktop.ui.discussions.writing.draft_keeper import DraftKeeper, Saved
from cop_desktop.ui.discussions.writing.file_stager import FileStager
from cop_desktop.ui.discussions.writing.mentioning import Mentioning
from cop_desktop.ui.discussions.writing.posted_notice import PostedNotice
from cop_desktop.ui.discussions.writing.topic_form import TopicForm, TopicText
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.widgets.composer.writing_field import WritingField
from cop_desktop.ui.widgets.notice_bar import Notice


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the form is for. edits: the topic that gets another beginning, None for a new one."""

    space: Id
    edits: Id | None = None

    @property
    def place(self) -> str:
        """Where title and text are kept as a draft."""
        if self.edits is None:
            return place_of_topic(self.space)
        return f"edit:{UUID(bytes=self.edits)}"

    @property
    def place_of_rest(self) -> str:
        """Where kind and tags are kept: a draft has a title and a text alone."""
        return f"rest-of-{self.place}"


@dataclass(frozen=True, slots=True)
class Kept:
    """The two drafts of a sheet."""

    text: Draft | None
    rest: Draft | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A topic was committed."""

    topic: Id
    changed: Any
    is_new: bool


class Starting(Presenting):
    """The form is for one sheet at a time; `opened` says that it is to be shown.

    `finished` carries the id of the topic to show, or None.
    """

    opened = Signal()
    finished = Signal(object)

    def __init__(self, form: TopicForm, tools: DiscussionsTools) -> None:
        super().__init__(form, tools)
        self._form = form
        self._tools = tools
        self._sheet: Sheet | None = None
        self._start = self._shown = TopicText()
        self._seen: Seen | None = None
        self._keeper = DraftKeeper(tools, self)
        self._stager = FileStager(form.composer, tools)
        self._attaching = Attaching(tools, self)
        self._mentioning = Mentioning(form.composer, tools)
        form.check_with(tools.speller)
        form.prompts.field_made.connect(self._on_field)
        form.submitted.connect(self._submit)
        form.draft_changed.connect(self._on_draft)
        form.close_wanted.connect(self.close)
        form.discard_wanted.connect(self._discard)
        form.left.connect(self._publish)
        form.composer.link_activated.connect(tools.open_link)
        self._keeper.saved.connect(self._on_saved)
        self._keeper.failed.connect(form.composer.show_problem)

    @property
    def is_open(self) -> bool:
        """Whether the form is being filled."""
        return self._sheet is not None

    def start(self, space: Id) -> None:
        """The form for a new topic, with what was left of an earlier try."""
        sheet = Sheet(space)
        if sheet == self._sheet:
            self.opened.emit()
            return
        self.flush()
        self._open(sheet, TopicText(), self.tr("New topic"), self.tr("Post topic"))
        self._read_drafts(sheet)

    def edit(self, topic: TopicView) -> None:
        """The form with what the topic began with."""
        sheet = Sheet(topic.space, topic.id)
        if sheet == self._sheet:
            self.opened.emit()
            return
        self.flush()
        text = TopicText(topic.title, topic.body, topic.activity or "", topic.tags, topic.needed_by)
        self._tools.jobs.run(
            partial(self._tools.discussions.seen, topic.id),
            partial(self._on_seen, sheet, text),
            self._say_trouble,
        )

    def close(self) -> None:
        """Leaves the form; what was written stays as a draft."""
        sheet = self._sheet
        if sheet is None:
            return
        self.flush()
        unfinished = self._form.text() != self._start and not self._form.text().is_empty
        self._sheet = None
        if unfinished:
            self._tools.show_notice(
                Notice(self.tr("Kept as a draft. “New topic” brings it back."))
                if sheet.edits is None
                else Notice(self.tr("Kept as a draft. “Edit” brings it back."))
            )
        self.finished.emit(sheet.edits)

    def flush(self) -> None:
        """Saves what is typed at once, here and for the other computers."""
        if self._sheet is not None:
            self._form.tell_draft()
            self._publish()

    # Opening

    def _on_field(self, field: WritingField) -> None:
        Mentioning(field, self._tools)
        field.check_with(self._tools.speller)

    def _open(self, sheet: Sheet, text: TopicText, heading: str, submit: str) -> None:
        self._sheet, self._start, self._seen = sheet, text, None
        self._form.begin(heading, submit, text, asks=sheet.edits is None)
        self._shown = self._form.text()
        self._form.show_discard(offered=False)
        self._stager.show_place(sheet.place)
        self.opened.emit()

    def _on_seen(self, sheet: Sheet, text: TopicText, seen: Seen) -> None:
        self._open(sheet, text, self.tr("Edit topic"), self.tr("Save changes"))
        self._seen = seen
        self._read_drafts(sheet)

    def _read_drafts(self, sheet: Sheet) -> None:
        self._tools.jobs.run(
            partial(self._kept, sheet), partial(self._on_kept, sheet), self._say_trouble
        )

    def _kept(self, sheet: Sheet) -> Kept:
        drafts = self._tools.drafts
        return Kept(drafts.load(sheet.place), drafts.load(sheet.place_of_rest))

    def _on_kept(self, sheet: Sheet, kept: Kept) -> None:
        if sheet != self._sheet or kept.text is None:
            return
        rest = _rest_of(self._start) if kept.rest is None else (kept.rest.title, kept.rest.body)
        if self._form.load_draft(_text_of(kept.text.title, kept.text.body, rest)):
            self._form.show_discard(offered=True)
            self._form.show_saved(kept.text.body, self._keeper.words_of(kept.text))

    # Drafts

    def _on_draft(self, text: TopicText) -> None:
        if self._sheet is not None:
            rest = ("", "") if text.is_empty else _rest_of(text)  # a kind alone is no draft
            self._keeper.save(self._sheet.place, text.title, text.body)
            self._keeper.save(self._sheet.place_of_rest, *rest)

    def _on_saved(self, saved: Saved) -> None:
        if self._sheet is not None and saved.place == self._sheet.place:
            self._form.show_saved(saved.body, saved.words)
            self._form.show_discard(offered=not self._form.text().is_empty)

    def _publish(self) -> None:
        if self._sheet is not None:
            self._keeper.publish(self._sheet.place)
            self._keeper.publish(self._sheet.place_of_rest)

    def _discard(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        text = self._form.text()
        self._sheet = None
        self._form.begin("", "", TopicText())
        self._keeper.discard(sheet.place)
        self._keeper.discard(sheet.place_of_rest)
        undo = partial(self._bring_back, sheet, text)
        self._tools.show_notice(
            Notice(self.tr("The draft is discarded."), action=self.tr("&Undo"), acted=undo)
        )
        self.finished.emit(sheet.edits)

    def _bring_back(self, sheet: Sheet, text: TopicText) -> None:
        self._keeper.save(sheet.place, text.title, text.body)
        self._keeper.save(sheet.place_of_rest, *_rest_of(text))
        if sheet.edits is None:
            self.start(sheet.space)

    # Posting

    def _submit(self, text: TopicText) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        refused = [file.name for file in self._form.composer.strip.files if file.problem]
        if refused:
            words = self.tr("“{0}” cannot be attached. Take it away, then post.")
            self._form.keep_unsent(words.format(refused[0]))
            return
        self._tools.jobs.run(
            partial(self._commit, sheet, text, self._seen),
            partial(self._on_committed, sheet, text),
            self._on_uncommitted,
        )

    def _commit(self, sheet: Sheet, text: TopicText, seen: Seen | None) -> Outcome:
        """On the store thread: the words first, then what was kept until they were safe."""
        discussions = self._tools.discussions
        if sheet.edits is None:
            new = NewTopic(text.title, text.body, text.activity or None, text.tags, text.needed_by)
            started = discussions.start_topic(sheet.space, new)
            topic, changed = started.id, started.changed
        else:
            topic = sheet.edits
            changed = discussions.edit_topic(topic, topic_edit(text, self._shown), seen)
        self._tools.files.staging.move(sheet.place, place_of_posted(topic))
        for place in (sheet.place, sheet.place_of_rest):
            changed = changed.merged(self._tools.drafts.discard(place))
        return Outcome(topic, changed, sheet.edits is None)

    def _on_committed(self, sheet: Sheet, text: TopicText, outcome: Outcome) -> None:
        self._tools.hub.post_change(outcome.changed)
        self._attaching.attach_staged(outcome.topic)
        if sheet == self._sheet:
            self._sheet = None
            self._form.clear_sent()
        if outcome.is_new:
            undo = partial(self._take_back, sheet, text, outcome.topic)
            told = PostedNotice(self, self._tools, outcome.topic, undo)
            told.show_words(self.tr("Your topic is posted."))
        else:
            self._tools.show_notice(Notice(self.tr("Your changes are saved."), "good"))
        self.finished.emit(outcome.topic)

    def _take_back(self, sheet: Sheet, text: TopicText, topic: Id) -> None:
        self._tools.jobs.run(
            partial(self._tools.discussions.recall, topic),
            partial(self._on_taken_back, sheet, text),
            self._say_trouble,
        )

    def _on_taken_back(self, sheet: Sheet, text: TopicText, changed: Any) -> None:
        self._tools.hub.post_change(changed)
        self._bring_back(sheet, text)
        self._tools.show_notice(Notice(self.tr("Taken back: it never left this computer."), "good"))

    def _on_uncommitted(self, error: Exception) -> None:
        self._form.keep_unsent(self._tools.messages.for_error(error).sentence())


def topic_edit(text: TopicText, shown: TopicText) -> TopicEdit:
    """What was changed since the form showed the topic, and nothing more.

    The form may not be able to show all that a newer program wrote; that stays.
    """
    changed = {
        name: getattr(text, name)
        for name in ("title", "body", "activity", "tags", "needed_by")
        if getattr(text, name) != getattr(shown, name)
    }
    return TopicEdit(**changed, no_day="needed_by" in changed and text.needed_by is None)


def _rest_of(text: TopicText) -> tuple[str, str]:
    """Kind, day and tags as the title and text of a draft, which has these two alone."""
    day = "" if text.needed_by is None else f" {text.needed_by.isoformat()}"
    return f"{text.activity}{day}", "\n".join(text.tags)


def _text_of(title: str, body: str, rest: tuple[str, str]) -> TopicText:
    """What `_rest_of` was made from, with title and text."""
    activity, _, last = rest[0].rpartition(" ")
    try:
        day = date.fromisoformat(last)
    except ValueError:
        activity, day = rest[0], None
    return TopicText(title, body, activity, tuple(filter(None, rest[1].split("\n"))), day)
