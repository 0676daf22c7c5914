"""The place itself: topics at the left; a topic, or the form for one, at the right."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from cop_desktop.ui.discussions.thread.looks import Looks
from cop_desktop.ui.discussions.thread.view import ThreadView
from cop_desktop.ui.discussions.thread.wishes import Wishes
from cop_desktop.ui.discussions.tools import Id
from cop_desktop.ui.discussions.topics.model import TopicRows, topic_key
from cop_desktop.ui.discussions.topics.view import TopicsView
from cop_desktop.ui.discussions.writing.topic_form import TopicForm
from cop_desktop.ui.records.when import When
from cop_desktop.ui.shell.page import Page
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.rows import RowModel


class DiscussionsPage(Page):
    """`unread_counted` carries how many topics of the community have something unread.

    `left`: it is not shown any more, also because the window closes.
    """

    unread_counted = Signal(int)
    community_wanted = Signal(object)
    topic_wanted = Signal(object, object)
    new_wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme, when: When) -> None:
        super().__init__(theme, self.tr("Discussions"))
        self.presenter: QObject | None = None  # kept here, as nothing else keeps it
        self.rows = TopicRows(when, self)
        self.model = RowModel(self.rows.row, topic_key, self)
        self.topics = TopicsView(theme, self.model)
        self.looks = Looks(when)
        self.wishes = Wishes(self)
        self.topic_pane = ThreadView(theme, self.looks, self.wishes)
        self._form: TopicForm | None = None
        self._detail_stack = QStackedWidget()
        self._detail_stack.setAccessibleName(self.tr("Topic"))
        self._detail_stack.addWidget(self.topic_pane)
        land_at(self._detail_stack, self.topic_pane)
        self.set_panes(self.topics, self._detail_stack)
        self.shown.connect(self._take_focus)
        when.aged.connect(self.topic_pane.posts.age)
        self.topics.list.row_opened.connect(self._on_opened)
        self.topics.list.clicked.connect(self._on_clicked)

    @property
    def form(self) -> TopicForm:
        """The form for a topic, built when it is first needed."""
        if self._form is None:
            self._form = TopicForm(self._theme)
            self._detail_stack.addWidget(self._form)
        return self._form

    def show_community(self, space: Id | None) -> None:
        """The topics of this community; None while there is none."""
        self.community_wanted.emit(space)

    def open_topic(self, topic: Id, post: Id | None = None) -> None:
        """Shows a topic of the community, at a reply in it when one is named."""
        self.topic_wanted.emit(topic, post)
        self.show_detail()

    def open_record(self, kind: str, record: Id, part: Id) -> None:
        if kind == "topic":
            self.open_topic(record, part if part != record else None)

    def part_read(self) -> str:
        return self.topic_pane.posts.current

    def start_topic(self) -> None:
        """Opens the form for a new topic."""
        self.new_wanted.emit()

    def show_form(self) -> None:
        """The form in place of the topic; one that somebody is writing in stays as it is."""
        writes = self.shows_form() and self.form.isAncestorOf(self.window().focusWidget())
        self._detail_stack.setCurrentWidget(self.form)
        self.show_detail()
        land_at(self._detail_stack, self.form)
        if not writes:
            self.form.go_to_start()

    def show_topic(self) -> None:
        """The topic in place of the form."""
        self._detail_stack.setCurrentWidget(self.topic_pane)
        land_at(self._detail_stack, self.topic_pane)

    def take_keyboard(self) -> None:
        """To the list or to why it is empty; to the topic where that alone is shown."""
        self.panes()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def shows_form(self) -> bool:
        return self._form is not None and self._detail_stack.currentWidget() is self._form

    def focus_in_list(self, widget: QWidget | None) -> bool:
        """Whether the keyboard is in the list of topics."""
        topics = self.topics.list
        return widget is not None and (widget is topics or topics.isAncestorOf(widget))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.left.emit()

    def _take_focus(self) -> None:
        """As above, unless the keyboard is somewhere in the place already."""
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self.take_keyboard()

    def _on_opened(self, key: str) -> None:
        self.show_detail()
        self.topic_pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_clicked(self) -> None:
        # Side by side a click shows the topic already; alone the list would stay in front.
        if self.is_narrow():
            self.show_detail()
