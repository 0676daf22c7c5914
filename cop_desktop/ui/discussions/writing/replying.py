"""Writes replies and edits them: drafts, files and posting for the box under a thread."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from cop_desktop.services.care import CareView
from cop_desktop.services.discussions.rows import PostView, Thread
from cop_desktop.services.drafts import Draft
from cop_desktop.services.versions import Seen
from cop_desktop.ui.discussions.recalled import Recalled
from cop_desktop.ui.discussions.tools import DiscussionsTools, Id
from cop_desktop.ui.discussions.writing.attaching import Attaching, place_of_posted
from cop_desktop.ui.discussions.writing.draft_keeper import DraftKeeper, Saved
from cop_desktop.ui.discussions.writing.file_stager import FileStager
from cop_desktop.ui.discussions.writing.mentioning import Mentioning
from cop_desktop.ui.discussions.writing.posted_notice import PostedNotice
from cop_desktop.ui.discussions.writing.quoted_care import care_quoted
from cop_desktop.ui.discussions.writing.reply_box import ReplyBox
from cop_desktop.ui.discussions.writing.target import (
    Target,
    drafts_of_topic,
    parent_of,
    quoted,
)
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.widgets.notice_bar import Notice


@dataclass(frozen=True, slots=True)
class Outcome:
    """A text was committed. post: the reply it is in; is_new: it was not there before.

    cared: care is asked for with it, as with what it quotes.
    """

    post: Id
    changed: Any
    is_new: bool
    cared: bool


@dataclass(frozen=True, slots=True)
class Written:
    """What is to be committed. seen: the reply as its editor saw it. care: asked for, if it is."""

    text: str
    seen: Seen | None
    care: CareView | None


@dataclass(frozen=True, slots=True)
class Editing:
    """A reply as it was when the box began to edit it, and what was left of an earlier try."""

    body: str
    seen: Seen
    draft: Draft | None


class Replying(Presenting):
    """The box answers one target at a time.

    `posted` carries the id of a new reply, `undo_wanted` the id of one that is to be taken back.
    """

    posted = Signal(bytes)
    undo_wanted = Signal(bytes)

    def __init__(self, box: ReplyBox, tools: DiscussionsTools) -> None:
        super().__init__(box, tools)
        self._box = box
        self._composer = box.composer
        self._tools = tools
        self._target: Target | None = None
        self._thread: Thread | None = None
        self._seen: Seen | None = None
        self._keeper = DraftKeeper(tools, self)
        self._stager = FileStager(box.composer, tools)
        self._attaching = Attaching(tools, self)
        self._mentioning = Mentioning(box.composer, tools)
        self._composer.check_with(tools.speller)
        self._connect()
        self._attaching.resume()

    @property
    def target(self) -> Target | None:
        """What is written now; None while no topic is shown."""
        return self._target

    def show_thread(self, thread: Thread) -> None:
        """The box belongs to this topic; what is being written in it stays."""
        before = self._thread
        self._thread = thread
        if before is None or before.topic.id != thread.topic.id:
            self._leave()
            self._begin(Target(thread.topic.id))

    def leave(self) -> None:
        """No topic is shown any more."""
        self._leave()
        self._target = self._thread = None
        self._composer.set_text("")
        self._stager.show_place("")

    def flush(self) -> None:
        """Saves what is typed at once, here and for the other computers."""
        self._composer.tell_draft()
        if self._target is not None:
            self._keeper.publish(self._target.place)

    def reply_to(self, post: PostView | None) -> None:
        """Writes an answer to a reply, or to the topic; what is written already goes with it."""
        if self._thread is None:
            return
        topic = self._thread.topic.id
        fresh = Target(topic) if post is None else Target(topic, post.id, who=post.author)
        self._go_on_with(fresh)
        self._box.open()

    def quote(self, post: PostView | None, text: str) -> None:
        """Puts a quotation where the cursor is. text: the part that was selected, or all."""
        thread = self._thread
        if thread is None:
            return
        self.reply_to(post)
        who = thread.topic.author if post is None else post.author
        cursor = self._composer.editor.textCursor()
        if cursor.positionInBlock():
            cursor.insertText("\n\n")
        cursor.insertText(quoted(text, who))
        self._composer.editor.setTextCursor(cursor)

    def edit(self, post: PostView) -> None:
        """Gives a reply another text."""
        if self._thread is None or (self._target is not None and self._target.edits == post.id):
            return
        self._leave()
        target = Target(self._thread.topic.id, edits=post.id, who=post.author)
        self._tools.jobs.run(
            partial(self._read_for_edit, post, target),
            partial(self._on_editing, target),
            self._say_trouble,
        )

    def take_files(self, files: tuple[Path, ...]) -> None:
        """Files that were dropped beside the box go with what is written in it."""
        if self._target is not None:
            self._box.open()
            self._composer.files_offered.emit(files)

    def take_back(self, recalled: Recalled) -> None:
        """Puts recalled words into the box, unless something else stands there."""
        if self._target is None or self._target.topic != recalled.topic or self._target.edits:
            return
        if not self._composer.is_empty():
            return
        author = self._author_of(recalled.parent)
        self._target = Target(recalled.topic, recalled.parent, who=author)
        self._composer.set_text(recalled.body)
        self._keeper.save(self._target.place, "", recalled.body)
        self._show_target()
        self._box.open()

    # Targets

    def _begin(self, target: Target) -> None:
        """An empty box, and then what was left of an earlier visit."""
        self._target, self._seen = target, None
        self._composer.set_text("")
        self._box.show_closed()
        self._show_target()
        self._stager.show_place(target.place)
        self._tools.jobs.run(
            self._tools.drafts.all, partial(self._on_drafts, target.topic), self._say_trouble
        )

    def _on_drafts(self, topic: Id, drafts: tuple[Draft, ...]) -> None:
        target = self._target
        found = drafts_of_topic(drafts, topic)
        if target is None or target.topic != topic or not target.is_topic or not found:
            return
        draft = found[0]
        if not self._composer.load_draft(draft.body):
            return
        parent = parent_of(draft)
        self._target = Target(topic, parent, who=self._author_of(parent))
        self._stager.show_place(draft.place)
        self._show_target()
        self._box.show_draft(draft.body)
        self._tell_draft(draft)

    def _tell_draft(self, draft: Draft) -> None:
        self._composer.show_saved(draft.body, self._keeper.words_of(draft))
        if draft.other is not None:
            words = self.tr("You wrote something else here on your other computer.")
            add = partial(self._add_other, draft.place, draft.other.body)
            self._tools.show_notice(
                Notice(words, action=self.tr("&Add it below"), acted=add, shown_ms=0)
            )

    def _add_other(self, place: str, text: str) -> None:
        if self._target is not None and self._target.place == place:
            self._composer.editor.append("\n" + text)
            self._composer.tell_draft()

    def _go_on_with(self, fresh: Target) -> None:
        before = self._target
        if before is None or before.place == fresh.place:
            return
        if before.edits is not None:
            self._leave()
            self._begin(Target(fresh.topic))
            before = self._target
        text = self._composer.text()
        self._target = fresh
        self._stager.move_to(fresh.place)
        if before is not None and text.strip():
            self._keeper.discard(before.place)
            self._keeper.save(fresh.place, "", text)
        self._show_target()

    def _leave(self) -> None:
        """Keeps what is written at the place it was written for."""
        if self._target is not None:
            self._composer.tell_draft()
            self._keeper.publish(self._target.place)

    def _drop_target(self) -> None:
        """What "Esc" does: an edit ends, an answer to a reply becomes one to the topic."""
        target = self._target
        if target is None:
            return
        if target.edits is not None:
            self._leave()
            self._begin(Target(target.topic))
        else:
            self._go_on_with(Target(target.topic))

    def _show_target(self) -> None:
        target = self._target
        if target is None or target.is_topic:
            self._box.show_target("", "")
        elif target.edits is not None:
            self._box.show_target("edit", self.tr("Editing the reply of {0}").format(target.who))
        else:
            self._box.show_target("reply", self.tr("In reply to {0}").format(target.who))
        edits = target is not None and target.edits is not None
        self._box.show_verb(self.tr("Save changes") if edits else self.tr("Post reply"))

    def _author_of(self, post: Id | None) -> str:
        posts = self._thread.posts if self._thread is not None else ()
        return next((view.author for view in posts if view.id == post), "")

    # Editing

    def _read_for_edit(self, post: PostView, target: Target) -> Editing:
        seen = self._tools.discussions.seen(post.id)
        return Editing(post.body, seen, self._tools.drafts.load(target.place))

    def _on_editing(self, target: Target, editing: Editing) -> None:
        if self._thread is None or self._thread.topic.id != target.topic:
            return
        self._target, self._seen = target, editing.seen
        self._composer.set_text(editing.body)
        self._show_target()
        self._stager.show_place(target.place)
        if editing.draft is not None and editing.draft.body != editing.body:
            self._composer.set_text(editing.draft.body)
            words = self.tr("Your changes that were not saved yet")
            self._composer.show_saved(editing.draft.body, words)
        self._box.open()

    # Saving and posting

    def _connect(self) -> None:
        self._composer.draft_changed.connect(self._on_draft)
        self._composer.editor.left.connect(self._on_left)
        self._composer.submitted.connect(self._submit)
        self._composer.link_activated.connect(self._tools.open_link)
        self._box.target_dropped.connect(self._drop_target)
        self._keeper.saved.connect(self._on_saved)
        self._keeper.failed.connect(self._composer.show_problem)

    def _on_draft(self, text: str) -> None:
        if self._target is not None:
            self._keeper.save(self._target.place, "", text)

    def _on_left(self) -> None:
        if self._target is not None:
            self._keeper.publish(self._target.place)
            self._box.close_if_empty()

    def _on_saved(self, saved: Saved) -> None:
        if self._target is not None and saved.place == self._target.place:
            self._composer.show_saved(saved.body, saved.words)

    def _submit(self, text: str) -> None:
        target = self._target
        if target is None:
            return
        refused = [file.name for file in self._composer.strip.files if file.problem]
        if refused:
            words = self.tr("“{0}” cannot be attached. Take it away, then post.")
            self._composer.keep_unsent(words.format(refused[0]))
            return
        care = None if self._thread is None else care_quoted(text, self._thread)
        work = partial(self._commit, target, Written(text, self._seen, care))
        self._tools.jobs.run(
            work, partial(self._on_committed, target), partial(self._on_uncommitted, target)
        )

    def _commit(self, target: Target, written: Written) -> Outcome:
        """On the store thread: the words first, then what was kept until they were safe."""
        discussions = self._tools.discussions
        if target.edits is not None:
            post, is_new = target.edits, False
            changed = discussions.edit_post(post, written.text, written.seen)
        else:
            posted = discussions.reply(target.topic, written.text, target.parent)
            post, changed, is_new = posted.id, posted.changed, True
        self._tools.files.staging.move(target.place, place_of_posted(post))
        changed = changed.merged(self._tools.drafts.discard(target.place))
        if written.care is not None:
            changed = changed.merged(self._tools.care.flag(post, written.care.note))
        return Outcome(post, changed, is_new, written.care is not None)

    def _on_committed(self, target: Target, outcome: Outcome) -> None:
        self._tools.hub.post_change(outcome.changed)
        self._attaching.attach_staged(outcome.post)
        if self._target == target:
            self._composer.clear_sent()
            self._target = None
            self._begin(Target(target.topic))
        if outcome.is_new:
            undo = partial(self.undo_wanted.emit, outcome.post)
            told = PostedNotice(self, self._tools, outcome.post, undo)
            cared = self.tr("Your reply is posted, with care: so is what it quotes.")
            told.show_words(cared if outcome.cared else self.tr("Your reply is posted."))
            self.posted.emit(outcome.post)
        else:
            self._tools.show_notice(Notice(self.tr("Your changes are saved."), "good"))

    def _on_uncommitted(self, target: Target, error: Exception) -> None:
        words = self._tools.messages.for_error(error).sentence()
        if self._target == target:
            self._composer.keep_unsent(words)
        else:
            self._tools.show_notice(Notice(words, "bad", shown_ms=0))
