"""What people do with a topic and its replies, apart from writing."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cop_desktop.services.discussions.rows import PostView, Thread, TopicView
from cop_desktop.services.following import Level
from cop_desktop.ui.discussions.activities import ending
from cop_desktop.ui.discussions.recalled import Recalled
from cop_desktop.ui.discussions.thread.entries import OPENING, Opening, Reply
from cop_desktop.ui.discussions.thread.posts import Posts
from cop_desktop.ui.discussions.thread.presenter import ThreadPresenter
from cop_desktop.ui.discussions.thread.who import show_who
from cop_desktop.ui.discussions.thread.wishes import Wish, Wishes
from cop_desktop.ui.discussions.tools import DiscussionsTools, Id
from cop_desktop.ui.records.care_asking import CareAsking, CareTools
from cop_desktop.ui.records.dialogs import RecordTools, show_history, show_versions
from cop_desktop.ui.widgets.notice_bar import Notice

_OF_THE_TEXT = (Wish.QUOTE, Wish.EDIT, Wish.COPY, Wish.HISTORY, Wish.VERSIONS)
"""What would show what is covered."""


class ThreadVerbs(QObject):
    """Does what is wished at the part with a key. Writing is left to others.

    `reply_wanted`, `quote_wanted`, `edit_wanted` carry the key; `recalled` a Recalled;
    `end_wanted` the Thread, `reopen_wanted` the id of its topic.
    """

    reply_wanted = Signal(str)
    quote_wanted = Signal(str)
    edit_wanted = Signal(str)
    recalled = Signal(object)
    end_wanted = Signal(object)
    reopen_wanted = Signal(bytes)

    def __init__(
        self, posts: Posts, wishes: Wishes, presenter: ThreadPresenter, tools: DiscussionsTools
    ) -> None:
        super().__init__(posts)
        self._posts = posts
        self._presenter = presenter
        self._tools = tools
        self._record_tools = RecordTools.of(tools, tools.discussions)
        self._care = CareAsking(posts, CareTools.of(tools, tools.care))
        wishes.wished.connect(self.do)
        wishes.reacted.connect(self._react)

    def do(self, wish: str, key: str) -> None:
        """What was wished at a part; at the current one for an empty key."""
        entry = self._posts.entry(key or self._posts.current)
        if isinstance(entry, Opening):
            self._do(Wish(wish), entry.key, entry.topic)
        elif isinstance(entry, Reply):
            if entry.covered and wish in _OF_THE_TEXT:
                words = self.tr("Care is asked for with this reply: choose “Show anyway” first.")
                self._tools.show_notice(Notice(words))
            else:
                self._do(Wish(wish), entry.key, entry.post)

    def move_topic_to_trash(self) -> None:
        """The whole topic, whichever part is current."""
        entry = self._posts.entry(OPENING)
        if isinstance(entry, Opening) and entry.topic.rights.remove:
            self._do(Wish.RECALL if entry.topic.rights.recall else Wish.TRASH, OPENING, entry.topic)

    def _do(self, wish: Wish, key: str, view: PostView | TopicView) -> None:
        verbs: dict[Wish, Callable[[], None]] = {
            Wish.REPLY: partial(self.reply_wanted.emit, key),
            Wish.QUOTE: partial(self.quote_wanted.emit, key),
            Wish.EDIT: partial(self.edit_wanted.emit, key),
            Wish.COPY: partial(self._copy, view),
            Wish.WHO: partial(show_who, self._window(), self._tools.theme, view.reactions),
            Wish.GO_TO_PARENT: partial(self._go_to_parent, view),
            Wish.ANSWER: partial(self._resolve, view.id),
            Wish.NOT_ANSWER: partial(self._resolve, None),
            Wish.HISTORY: partial(self._show_history, view),
            Wish.VERSIONS: partial(self._show_versions, view),
            Wish.RECALL: partial(self._recall, view),
            Wish.TRASH: partial(self._trash, view.id),
            Wish.RESTORE: partial(self.restore, view.id),
            Wish.PIN: partial(self._moderate, "pin", "pinned", True),
            Wish.UNPIN: partial(self._moderate, "pin", "pinned", False),
            Wish.LOCK: partial(self._moderate, "lock", "locked", True),
            Wish.UNLOCK: partial(self._moderate, "lock", "locked", False),
            Wish.KEEP_UNREAD: self._keep_unread,
            Wish.MARK_READ: self._presenter.mark_read,
            Wish.END: partial(self._with_thread, self.end_wanted.emit),
            Wish.REOPEN: partial(self._with_topic, self.reopen_wanted.emit),
            Wish.FOLLOW: partial(self._follow, Level.FOLLOW),
            Wish.MUTE: partial(self._follow, Level.MUTE),
            Wish.AS_USUAL: partial(self._follow, Level.USUAL),
            Wish.GO_TO_ANSWER: self._go_to_answer,
            Wish.CARE: partial(self._ask_for_care, view),
            Wish.SHOW_ANYWAY: partial(self._show_anyway, view.id),
        }
        verbs[wish]()

    def recall(self, record: Id) -> None:
        """Takes something back that has just been posted."""
        entry = self._posts.entry(record.hex())
        if isinstance(entry, Reply):
            self._recall(entry.post)

    def remove_current(self) -> None:
        """Takes the current reply back while it has not left, or moves it to the trash."""
        entry = self._posts.entry(self._posts.current)
        if isinstance(entry, Reply) and not entry.post.trashed:
            if entry.post.rights.recall:
                self._recall(entry.post)
            elif entry.post.rights.remove:
                self._trash(entry.post.id)

    def restore(self, record: Id) -> None:
        """Takes something out of the trash."""
        self._run(partial(self._tools.discussions.restore, record))

    def _react(self, key: str, sort: str, given: bool) -> None:
        entry = self._posts.entry(key)
        if isinstance(entry, Opening | Reply):
            target = entry.topic.id if isinstance(entry, Opening) else entry.post.id
            self._run(partial(self._tools.discussions.react, target, sort, given=given))

    def _ask_for_care(self, view: PostView | TopicView) -> None:
        # Whoever asks for it has it before them: no warning for them this time.
        self._presenter.look_at(view.id)
        self._care.change(view.id, view.care)

    def _show_anyway(self, record: Id) -> None:
        self._posts.setFocus(Qt.FocusReason.OtherFocusReason)  # the button goes
        self._presenter.look_at(record)

    def _copy(self, view: PostView | TopicView) -> None:
        QGuiApplication.clipboard().setText(view.body)
        self._tools.show_notice(Notice(self.tr("The text is copied.")))

    def _show_history(self, view: PostView | TopicView) -> None:
        show_history(self._window(), self._record_tools, view.id)

    def _show_versions(self, view: PostView | TopicView) -> None:
        show_versions(self._window(), self._record_tools, view.id)

    def _go_to_parent(self, view: PostView | TopicView) -> None:
        parent = view.parent if isinstance(view, PostView) else None
        if parent is not None:
            self._posts.go_to(parent.hex())

    def toggle_level(self, level: Level) -> None:
        """Follows or mutes the topic, or puts it back to as usual."""
        thread = self._presenter.showing
        if thread is not None:
            self._follow(Level.USUAL if thread.topic.level is level else level)

    def _follow(self, level: Level) -> None:
        thread = self._presenter.showing
        if thread is None:
            return
        act, topic = self._tools.discussions.follow, thread.topic
        words = {
            Level.FOLLOW: self.tr("You follow this topic. “Show” over the list finds it."),
            Level.MUTE: self.tr("Muted: what is new in it is not counted any more."),
            Level.USUAL: self.tr("You hear of this topic as of any other."),
        }
        undo = partial(self._run, partial(act, topic.id, topic.level))
        notice = Notice(words[level], action=self.tr("&Undo"), acted=undo)
        self._run(partial(act, topic.id, level), partial(self._told, notice))

    def _go_to_answer(self) -> None:
        thread = self._presenter.showing
        if thread is None or thread.topic.answer is None:
            return
        if self._posts.entry(thread.topic.answer.hex()) is None:
            self._tools.show_notice(Notice(self.tr("The answer is not here yet, or in the trash.")))
        else:
            self._posts.go_to(thread.topic.answer.hex())

    def _with_thread(self, act: Callable[[Thread], None]) -> None:
        thread = self._presenter.showing
        if thread is not None:
            act(thread)

    def _with_topic(self, act: Callable[[Id], None]) -> None:
        thread = self._presenter.showing
        if thread is not None:
            act(thread.topic.id)

    def _resolve(self, post: Id | None) -> None:
        thread = self._presenter.showing
        if thread is None:
            return
        act, topic = self._tools.discussions.resolve, thread.topic
        if post is None or topic.ended:
            answer, none = self.tr("Marked as the answer."), self.tr("No reply is the answer now.")
            undo = partial(act, topic.id, topic.answer)
            self._with_undo(partial(act, topic.id, post), undo, none if post is None else answer)
            return
        verb = f"&{ending(topic.activity).verb}…"
        end = partial(self._with_thread, self.end_wanted.emit)
        notice = Notice(self.tr("Marked as the answer."), "good", verb, end)
        self._run(partial(act, topic.id, post), partial(self._told, notice))

    def _moderate(self, verb: str, name: str, flag: bool) -> None:
        thread = self._presenter.showing
        if thread is None:
            return
        act = partial(getattr(self._tools.discussions, verb), thread.topic.id)
        words = {
            ("pin", True): self.tr("Pinned to the top for everybody."),
            ("pin", False): self.tr("Not pinned any more."),
            ("lock", True): self.tr("Locked: it takes no more replies."),
            ("lock", False): self.tr("It takes replies again."),
        }
        undo = partial(act, **{name: not flag})
        self._with_undo(partial(act, **{name: flag}), undo, words[verb, flag])

    def _with_undo(self, work: Callable[[], Any], undo: Callable[[], Any], words: str) -> None:
        notice = Notice(words, "good", self.tr("&Undo"), partial(self._run, undo))
        self._run(work, partial(self._told, notice))

    def _keep_unread(self) -> None:
        thread = self._presenter.showing
        if thread is not None:
            self._presenter.hold_unread()
            self._run(partial(self._tools.discussions.keep_unread, thread.topic.id))

    def _trash(self, record: Id) -> None:
        thread = self._presenter.showing
        is_topic = thread is not None and thread.topic.id == record
        words = (
            self.tr("The topic is in the trash.") if is_topic else self.tr("Moved to the trash.")
        )
        undo = Notice(words, action=self.tr("&Undo"), acted=partial(self.restore, record))
        self._run(partial(self._tools.discussions.move_to_trash, record), partial(self._told, undo))

    def _recall(self, view: PostView | TopicView) -> None:
        thread = self._presenter.showing
        if thread is None:
            return
        words = self._taken_back()
        work = partial(self._tools.discussions.recall, view.id)
        if isinstance(view, PostView):
            recalled = Recalled(thread.topic.id, view.parent, view.body)
            self._run(work, partial(self._on_recalled, recalled, words))
        else:
            self._run(work, partial(self._told, words))

    def _on_recalled(self, recalled: Recalled, words: Notice, changed: Any) -> None:
        self._told(words, changed)
        self.recalled.emit(recalled)

    def _taken_back(self) -> Notice:
        return Notice(self.tr("Taken back: it never left this computer."), "good")

    def _told(self, notice: Notice, changed: Any) -> None:
        self._tools.hub.post_change(changed)
        self._tools.show_notice(notice)

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None] | None = None) -> None:
        self._tools.jobs.run(work, done or self._tools.hub.post_change, self._on_trouble)

    def _on_trouble(self, error: Exception) -> None:
        self._tools.say_trouble(error)
        # What a button promised did not happen: it goes back to what is true.
        self._posts.show_again()
        self._presenter.read()

    def _window(self) -> QWidget:
        return self._posts.window()
