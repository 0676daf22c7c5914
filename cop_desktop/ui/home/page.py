"""Home itself: cards over two columns of lines; one column where there is no room for two."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from cop_desktop.services.home import NewsLine, Overview, Waiting
from cop_desktop.ui.home.cards import FirstStepsCard, MeetingCard, TenMinutesCard
from cop_desktop.ui.home.lines import Group, LineList
from cop_desktop.ui.home.words import LineWords, new_in_words
from cop_desktop.ui.records.when import When
from cop_desktop.ui.shell.page import Page
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.section_header import SectionHeader
from cop_desktop.ui.widgets.tab_chain import tab_as_laid_out

TWO_COLUMNS_PX = 1_000
"""Under this width (at 100 % text) the lines stand in one column."""

TWO_CARDS_PX = 640
"""Under this width (at 100 % text) the cards do as well."""

_WAITING_SHOWN = 6
_NEWS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Told:
    """All that home shows. two_versions: None while they are still looked for."""

    overview: Overview
    two_versions: tuple[Waiting, ...] | None = None

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """What waits, with the texts of two versions."""
        return (*self.overview.waiting, *(self.two_versions or ()))


class HomePage(Page):
    """`opened` and `acted` as of lines. `attended` and `left`: somebody is there, or is not.

    `unread_counted` carries community → topics with anything unread.
    """

    opened = Signal(object)
    acted = Signal(str, object)
    all_seen_wanted = Signal()
    catch_up_wanted = Signal()
    start_wanted = Signal()
    unread_counted = Signal(object)
    attended = Signal()
    left = Signal()

    def __init__(self, theme: Theme, when: When) -> None:
        super().__init__(theme, self.tr("Home"))
        self.presenter: QObject | None = None  # kept here, as nothing else keeps it
        self._when = when
        self._all_waiting = False
        self._focus_due = False
        self._told: Told | None = None
        self.header = SectionHeader(theme, self.tr("Home"), role="title")
        self.coming = label(
            self.tr("Older parts are still on their way. What has come is here."), "soft"
        )
        self.steps = FirstStepsCard(theme)
        self.ten_minutes = TenMinutesCard(theme)
        self.meeting = MeetingCard(theme, when)
        self.waiting = LineList(theme, self.tr("Waiting on you"))
        self.waiting_header = SectionHeader(theme, self.tr("Waiting on you"))
        self.more_waiting = push_button(theme, "", "quiet")
        self.news = LineList(theme, self.tr("Since you were last here"))
        self.news_header = SectionHeader(theme, self.tr("Since you were last here"))
        self.all_seen = push_button(theme, self.tr("All see&n"), "quiet", "check")
        self.all_seen.setToolTip(self.tr("Count news from now on. Nothing is marked as read."))
        self.catch_up = push_button(theme, "", "", "list")
        self.empty = EmptyState(theme, "home", "", "")
        self._connect()
        self.set_single(self._laid_out())

    def show_told(self, told: Told) -> None:
        """Shows how things stand."""
        self._told = told
        overview = told.overview
        self.unread_counted.emit(overview.unread)
        words = LineWords(self._when, overview.communities)
        self.header.set_words(self.tr("Home"), self._when.full(self._when.now()))
        nothing = overview.empty
        self.empty.setVisible(nothing)
        self._body.setVisible(not nothing)
        self.coming.setVisible(overview.coming and not nothing)
        self.steps.show_steps(overview.first_steps)
        if not overview.communities:
            self.steps.hide()  # none of them can be done yet
        if nothing:
            self._show_empty(overview)
            return
        self.meeting.show_meeting(overview.meeting, self._community_of_meeting(overview))
        self._show_waiting(told, words)
        self._show_news(overview, words)
        tab_as_laid_out(self._inside)
        self._take_focus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isVisible():
            (self.attended if self.isActiveWindow() else self.left).emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle_columns()

    def _show_empty(self, overview: Overview) -> None:
        if overview.coming:
            self.empty.set_words(
                self.tr("Your community is on its way"),
                self.tr(
                    "Nothing has been downloaded yet. What comes will stand here by itself; "
                    "you can write in the meantime."
                ),
            )
        elif not overview.communities:
            self.empty.set_words(
                self.tr("No community yet"),
                self.tr("Join one with the invitation you got: File, Join a community."),
            )
        else:
            self.empty.set_words(
                self.tr("You are the first one here"),
                self.tr("Nobody has written anything yet. Ask the others something."),
            )
        action = self.tr("Start a top&ic") if overview.coming else self.tr("Start the first top&ic")
        self.empty.set_action(action if overview.communities else "")

    def _community_of_meeting(self, overview: Overview) -> str:
        if overview.meeting is None or len(overview.communities) < 2:
            return ""
        return overview.communities.get(overview.meeting.community, "")

    def _show_waiting(self, told: Told, words: LineWords) -> None:
        found = told.waiting
        shown = found if self._all_waiting else found[:_WAITING_SHOWN]
        nothing = "" if found else self.tr("Nothing waits for you.")
        lines = tuple(words.waiting(each) for each in shown)
        self.waiting.show_groups((Group("", lines, nothing),))
        self.waiting_header.set_words(self._waiting_title(len(found)))
        left = len(found) - len(shown)
        self.more_waiting.setVisible(bool(left))
        self.more_waiting.setText(self.tr("Show {0} more").format(left))

    def _waiting_title(self, count: int) -> str:
        return self.tr("Waiting on you ({0})").format(count) if count else self.tr("Waiting on you")

    def _show_news(self, overview: Overview, words: LineWords) -> None:
        since = overview.since
        first_time = self.tr("What the others talk about")
        title = first_time if since is None else self.tr("Since you were last here")
        spoken = "" if since is None else self._when.spoken(since)
        self.news_header.set_words(title, spoken[:1].upper() + spoken[1:])
        groups = self._news_groups(overview, words)
        self.news.show_groups(groups or (Group("", (), self._nothing_new(overview)),))
        self.all_seen.setVisible(since is not None and bool(groups))
        self.catch_up.setVisible(bool(overview.unread_topics))
        self.catch_up.setText(self._catch_up_words(overview))

    def _nothing_new(self, overview: Overview) -> str:
        if overview.since is None:
            return self.tr("Nothing that you have not read.")
        return self.tr("Nothing new has come. You have seen it all.")

    def _more_threads(self, left: int) -> str:
        if left == 1:
            return self.tr("and one more thread")
        return self.tr("and {0} more threads").format(f"{left:,}")

    def _news_groups(self, overview: Overview, words: LineWords) -> tuple[Group, ...]:
        groups = []
        if overview.threads:
            left = overview.more_threads
            more = self._more_threads(left) if left > 0 else ""
            lines = tuple(words.thread(thread) for thread in overview.threads)
            groups.append(Group(self.tr("Discussions"), lines, more))
        places: dict[str, list[NewsLine]] = {}
        for line in overview.news:
            places.setdefault(line.place, []).append(line)
        for place, found in places.items():
            left = len(found) - _NEWS_SHOWN
            more = self.tr("and {0} more").format(left) if left > 0 else ""
            lines = tuple(map(words.news, found[:_NEWS_SHOWN]))
            groups.append(Group(self._place_name(place), lines, more))
        return tuple(groups)

    def _place_name(self, place: str) -> str:
        return {
            "Discussions": self.tr("Thanks for what you wrote"),
            "Library": self.tr("Library"),
            "Meetings": self.tr("Meetings"),
            "People": self.tr("People"),
        }[place]

    def _catch_up_words(self, overview: Overview) -> str:
        topics, posts = overview.unread_topics, new_in_words(overview.unread_posts)
        if topics == 1:
            return self.tr("&Catch up: {0} in 1 thread").format(posts)
        return self.tr("&Catch up: {0} in {1} threads").format(posts, f"{topics:,}")

    def _show_all_waiting(self) -> None:
        self._all_waiting = True
        if self._told is not None:
            self.show_told(self._told)
        shown = self.waiting.widgets
        if len(shown) > _WAITING_SHOWN:
            shown[_WAITING_SHOWN].button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_aged(self) -> None:
        if self._told is not None and self.isVisible():
            self.show_told(self._told)

    def _on_shown(self) -> None:
        self._focus_due = True
        self._take_focus()

    def _take_focus(self) -> None:
        """The first thing to do, once it is there; the search box keeps the keyboard."""
        search = isinstance(QApplication.focusWidget(), QLineEdit)
        if self._focus_due and self._body.isVisibleTo(self) and not search:
            self._focus_due = False
            self.ten_minutes.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        for lines in (self.waiting, self.news):
            lines.opened.connect(self.opened)
            lines.acted.connect(self.acted)
        self.more_waiting.clicked.connect(self._show_all_waiting)
        self.all_seen.clicked.connect(self._want_all_seen)
        self.catch_up.clicked.connect(self._want_catch_up)
        self.empty.action_wanted.connect(self.start_wanted)
        self.shown.connect(self._on_shown)
        self._when.aged.connect(self._on_aged)

    def _want_all_seen(self) -> None:
        self.all_seen_wanted.emit()

    def _want_catch_up(self) -> None:
        self.catch_up_wanted.emit()

    def _settle_columns(self) -> None:
        directions = QBoxLayout.Direction
        for row, least in ((self._cards, TWO_CARDS_PX), (self._columns, TWO_COLUMNS_PX)):
            wide = self.width() >= self._theme.metrics.px(least)
            row.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    def _laid_out(self) -> QWidget:
        self._body, self._inside = QWidget(), QWidget()
        self._inside.setObjectName("pane")
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        pad(self._theme, self._cards, 0, 12)
        pad(self._theme, self._columns, 0, 24)
        for card in (self.ten_minutes, self.meeting):
            self._cards.addWidget(card, 1)
        self.news_header.add_button(self.all_seen)
        self._columns.addLayout(
            self._column_of(self.waiting_header, self.waiting, self.more_waiting), 1
        )
        self._columns.addLayout(self._column_of(self.news_header, self.news, self.catch_up), 1)
        body = QVBoxLayout(self._body)
        pad(self._theme, body, 0, 12)
        body.addLayout(self._cards)
        body.addLayout(self._columns)
        column = QVBoxLayout(self._inside)
        pad(self._theme, column, (24, 16, 24, 24), 8)
        for part in (self.header, self.coming, self.steps, self._body):
            column.addWidget(part)
        column.addWidget(self.empty, 1)
        column.addStretch(1)
        for part in (self.coming, self.steps, self._body, self.empty):
            part.hide()  # until it was read what there is
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._inside)
        scroll.setAccessibleName(self.tr("Home"))
        # Landing is for F6: with Tab it would pass over what stands before.
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        land_at(scroll, self.ten_minutes.button)
        return scroll

    def _column_of(self, header: QWidget, lines: QWidget, button: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        pad(self._theme, column, 0, 4)
        column.addWidget(header)
        column.addWidget(lines)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return column
