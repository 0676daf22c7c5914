"""Brings list, thread and writing together, and does what keys and menus ask for."""

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from cop_desktop.services.discussions.rows import Thread, TopicView
from cop_desktop.services.following import Level
from cop_desktop.ui.discussions import actions
from cop_desktop.ui.discussions.activities import ending
from cop_desktop.ui.discussions.page import DiscussionsPage
from cop_desktop.ui.discussions.thread.entries import OPENING, Opening, Reply
from cop_desktop.ui.discussions.thread.footer import THANKS
from cop_desktop.ui.discussions.thread.presenter import Opened, ThreadPresenter
from cop_desktop.ui.discussions.thread.verbs import ThreadVerbs
from cop_desktop.ui.discussions.thread.wishes import Wish
from cop_desktop.ui.discussions.tools import DiscussionsTools, Id
from cop_desktop.ui.discussions.topics.presenter import TopicsPresenter
from cop_desktop.ui.discussions.writing.ending import Ending
from cop_desktop.ui.discussions.writing.replying import Replying
from cop_desktop.ui.discussions.writing.starting import Starting
from cop_desktop.ui.records.dialogs import RecordTools, show_trash
from cop_desktop.ui.records.files import FileActions
from cop_desktop.ui.widgets.notice_bar import Notice

_OF_A_TOPIC = (
    *(actions.REPLY, actions.QUOTE, actions.EDIT, actions.THANKS, actions.ANSWER, actions.TRASH),
    *(actions.MARK_READ, actions.KEEP_UNREAD, actions.NEXT_REPLY, actions.PREVIOUS_REPLY),
    *(actions.HISTORY, actions.VERSIONS, actions.END, actions.FOLLOW, actions.MUTE),
)


class DiscussionsPresenter(QObject):
    """Owns the presenters of the parts."""

    def __init__(self, page: DiscussionsPage, tools: DiscussionsTools) -> None:
        super().__init__(page)
        self._page = page
        self._tools = tools
        posts = page.topic_pane.posts
        self.topics = TopicsPresenter(page.topics, page.model, tools)
        self.reading = ThreadPresenter(page.topic_pane, page.looks, tools)
        self.verbs = ThreadVerbs(posts, page.wishes, self.reading, tools)
        self.replying = Replying(page.topic_pane.reply_box, tools)
        self.ending = Ending(page, tools)
        self._starting: Starting | None = None
        self.files = FileActions(page, tools.files)
        self._connect_parts()
        self._connect_wishes()
        self._connect_actions()
        self._settle_actions()

    @property
    def starting(self) -> Starting:
        """Made with its form when a topic is first started or edited."""
        if self._starting is None:
            self._starting = Starting(self._page.form, self._tools)
            self._starting.opened.connect(self._page.show_form)
            self._starting.finished.connect(self._on_form_finished)
        return self._starting

    def flush(self) -> None:
        """Saves what is being written; may be called at any time."""
        self.replying.flush()
        self.ending.flush()
        if self._starting is not None:
            self._starting.flush()

    # Wiring

    def _connect_parts(self) -> None:
        page = self._page
        page.community_wanted.connect(self._show_community)
        page.topic_wanted.connect(self._open)
        page.new_wanted.connect(self._start)
        page.left.connect(self.flush)
        page.shown.connect(self.topics.read)
        page.topics.new_wanted.connect(self._start)
        page.topics.all_read_wanted.connect(self._ask_all_read)
        page.topics.trash_wanted.connect(self._show_trash)
        page.topics.row_menu_wanted.connect(self._open_row_menu)
        self.topics.chosen.connect(self._on_chosen)
        self.topics.unread_counted.connect(page.unread_counted)
        self.reading.shown.connect(self._on_shown)
        self.reading.closed.connect(self._on_closed)
        self.reading.next_wanted.connect(self._on_next)
        page.topic_pane.files_dropped.connect(self.replying.take_files)
        self.replying.posted.connect(self.reading.go_to_post)
        self.replying.undo_wanted.connect(self.verbs.recall)

    def _connect_wishes(self) -> None:
        verbs, wishes = self.verbs, self._page.wishes
        verbs.reply_wanted.connect(self._reply)
        verbs.quote_wanted.connect(self._quote)
        verbs.edit_wanted.connect(self._edit)
        verbs.recalled.connect(self.replying.take_back)
        verbs.end_wanted.connect(self.ending.end)
        verbs.reopen_wanted.connect(self.ending.reopen)
        wishes.file_wished.connect(self.files.do)
        wishes.tag_chosen.connect(self._page.topics.filter.choose_tag)
        wishes.link_activated.connect(self._tools.open_link)

    def _connect_actions(self) -> None:
        slots = {
            actions.NEW: self._start,
            actions.SHOW_TRASH: self._show_trash,
            actions.REPLY: self._on_reply_key,
            actions.QUOTE: self._on_quote_key,
            actions.EDIT: self._on_edit_key,
            actions.THANKS: self._on_thanks_key,
            actions.ANSWER: self._on_answer_key,
            actions.TRASH: self._on_trash_key,
            actions.HISTORY: self._on_history_key,
            actions.VERSIONS: self._on_versions_key,
            actions.NEXT_UNREAD: self._go_to_next_unread,
            actions.NEXT_REPLY: self._on_next_key,
            actions.PREVIOUS_REPLY: self._on_previous_key,
            actions.FILTER: self._on_filter_key,
            actions.END: self._on_end_key,
            actions.FOLLOW: self._on_follow_key,
            actions.MUTE: self._on_mute_key,
            actions.MARK_READ: self.reading.mark_read,
            actions.KEEP_UNREAD: self._on_keep_unread_key,
            actions.ALL_READ: self._ask_all_read,
        }
        for key, slot in slots.items():
            self._tools.registry.connect_slot(key, slot)

    def _settle_actions(self) -> None:
        thread = None if self._page.shows_form() else self.reading.showing
        for key in _OF_A_TOPIC:
            self._tools.registry.set_enabled(key, thread is not None)
        may_end = thread is not None and thread.topic.rights.change
        for key in (actions.END, actions.ANSWER):
            self._tools.registry.set_enabled(key, may_end)
        has_space = self.topics.space is not None
        for key in (actions.NEW, actions.SHOW_TRASH, actions.ALL_READ, actions.NEXT_UNREAD):
            self._tools.registry.set_enabled(key, has_space)

    def _say_actions(self, topic: TopicView) -> None:
        """What the menu offers for this topic, and what it would be undone with."""
        follows, muted = topic.level is Level.FOLLOW, topic.level is Level.MUTE
        ended = self.tr("Ope&n it again")
        words = {
            actions.FOLLOW: self.tr("Stop &following") if follows else self.tr("&Follow"),
            actions.MUTE: self.tr("Unmute topi&c") if muted else self.tr("Mute topi&c"),
            actions.END: ended if topic.ended else f"{ending(topic.activity).verb}…",
        }
        for key, said in words.items():
            self._tools.registry.action(key).setText(said)

    # Going about

    def _show_community(self, space: Id | None) -> None:
        if space != self.topics.space:
            self._leave_form()
            self.reading.close()
        self.topics.show_community(space)
        self._settle_actions()

    def _on_chosen(self, topic: Id) -> None:
        self._open(topic, None)

    def _open(self, topic: Id, post: Id | None) -> None:
        self._leave_form()
        self._page.show_topic()
        self.topics.choose(topic)
        self.reading.open(Opened(topic, post))

    def _leave_form(self) -> None:
        if self._starting is not None and self._starting.is_open:
            self._starting.close()

    def _on_shown(self, thread: Thread) -> None:
        self.replying.show_thread(thread)
        self._say_actions(thread.topic)
        self._settle_actions()

    def _on_closed(self) -> None:
        self.replying.leave()
        self._settle_actions()

    def _on_next(self, opened: Opened) -> None:
        self._open(opened.topic, opened.post)
        self._page.show_detail()
        self._page.topic_pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_next_unread(self) -> None:
        if self.reading.showing is not None:
            self.reading.go_to_next_unread()
        elif self.topics.space is not None:
            self.reading.look_for_unread(self.topics.space)

    # Writing

    def _start(self) -> None:
        if self.topics.space is not None:
            self._page.form.show_known_tags(self.topics.tags)
            self.starting.start(self.topics.space)
            self._settle_actions()

    def _on_form_finished(self, topic: Id | None) -> None:
        focus = QApplication.focusWidget()
        was_writing = focus is None or self._page.form.isAncestorOf(focus)
        self._page.show_topic()
        if topic is not None:
            self._open(topic, None)
            if was_writing:
                self._page.topic_pane.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            if self.reading.topic is None:
                self._page.show_list()  # where one is shown at a time, there is no topic to show
            self._page.take_keyboard()
        self._settle_actions()

    def _reply(self, key: str) -> None:
        thread = self.reading.showing
        if thread is not None and thread.topic.can_reply:
            entry = self._page.topic_pane.posts.entry(key)
            self.replying.reply_to(entry.post if isinstance(entry, Reply) else None)

    def _quote(self, key: str) -> None:
        thread = self.reading.showing
        if thread is None or not thread.topic.can_reply:
            return
        entry = self._page.topic_pane.posts.entry(key)
        selected = self._page.topic_pane.posts.selected_text(key)
        if isinstance(entry, Reply):
            self.replying.quote(entry.post, selected or entry.post.body)
        elif isinstance(entry, Opening):
            self.replying.quote(None, selected or entry.topic.body or entry.topic.title)

    def _edit(self, key: str) -> None:
        entry = self._page.topic_pane.posts.entry(key)
        if isinstance(entry, Reply) and entry.post.rights.change:
            self.replying.edit(entry.post)
        elif isinstance(entry, Opening) and entry.topic.rights.change:
            self._page.form.show_known_tags(self.topics.tags)
            self.starting.edit(entry.topic)

    # Keys

    def _on_reply_key(self) -> None:
        self.verbs.do(Wish.REPLY, "")

    def _on_quote_key(self) -> None:
        self.verbs.do(Wish.QUOTE, "")

    def _on_edit_key(self) -> None:
        self.verbs.do(Wish.EDIT, "")

    def _on_thanks_key(self) -> None:
        self._page.topic_pane.posts.react(THANKS)

    def _on_answer_key(self) -> None:
        posts, thread = self._page.topic_pane.posts, self.reading.showing
        entry = posts.entry(posts.current)
        if isinstance(entry, Reply) and thread is not None and thread.topic.rights.change:
            self.verbs.do(Wish.NOT_ANSWER if entry.post.is_answer else Wish.ANSWER, "")

    def _on_end_key(self) -> None:
        thread = self.reading.showing
        if thread is not None and thread.topic.rights.change:
            self.verbs.do(Wish.REOPEN if thread.topic.ended else Wish.END, OPENING)

    def _on_follow_key(self) -> None:
        self.verbs.toggle_level(Level.FOLLOW)

    def _on_mute_key(self) -> None:
        self.verbs.toggle_level(Level.MUTE)

    def _on_trash_key(self) -> None:
        posts = self._page.topic_pane.posts
        if self._page.focus_in_list(QApplication.focusWidget()) or posts.current == OPENING:
            self.verbs.move_topic_to_trash()
        else:
            self.verbs.remove_current()

    def _on_history_key(self) -> None:
        self.verbs.do(Wish.HISTORY, "")

    def _on_versions_key(self) -> None:
        self.verbs.do(Wish.VERSIONS, "")

    def _on_keep_unread_key(self) -> None:
        self.verbs.do(Wish.KEEP_UNREAD, OPENING)

    def _on_next_key(self) -> None:
        self._page.topic_pane.posts.step(1)

    def _on_previous_key(self) -> None:
        self._page.topic_pane.posts.step(-1)

    def _on_filter_key(self) -> None:
        self._page.show_list()
        self._page.topics.filter.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open_row_menu(self, place: QPoint) -> None:
        """What can be done with the topic under the mouse, which has become the one shown."""
        menu = QMenu(self._page)
        levels = (actions.FOLLOW, actions.MUTE)
        reads = (actions.MARK_READ, actions.KEEP_UNREAD)
        for key in (*reads, *levels, actions.HISTORY, actions.TRASH):
            menu.addAction(self._tools.registry.action(key))
        self._page.topics.list.setFocus(Qt.FocusReason.OtherFocusReason)
        menu.popup(place)

    # The whole community

    def _ask_all_read(self) -> None:
        if self.topics.space is not None:
            words = self.tr("Mark everything in this community as read?")
            act = partial(self._mark_all_read, self.topics.space)
            self._tools.show_notice(Notice(words, action=self.tr("&Mark all as read"), acted=act))

    def _mark_all_read(self, space: Id) -> None:
        self._tools.jobs.run(
            partial(self._tools.discussions.mark_all_read, space), self._tools.hub.post_change
        )

    def _show_trash(self) -> None:
        if self.topics.space is not None:
            tools = RecordTools.of(self._tools, self._tools.discussions)
            show_trash(self._page.window(), tools, self.topics.space)
