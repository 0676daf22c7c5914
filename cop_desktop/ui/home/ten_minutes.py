"""Three things, ten minutes: one at a time, big, with its time, all by keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from cop_desktop.services.home import Piece, PieceSort, ThreadRead, WaitingSort
from cop_desktop.ui.home.reading import ReadingPane, ReadingView
from cop_desktop.ui.home.words import LineWords, minutes_in_words, new_in_words
from cop_desktop.ui.records.badge_label import BadgeLabel
from cop_desktop.ui.records.when import When
from cop_desktop.ui.shell.page import Page
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.rows import Badge


class TenMinutesPage(Page):
    """The wishes are about the piece that is shown."""

    done_wanted = Signal()
    next_wanted = Signal()
    skip_wanted = Signal()
    open_wanted = Signal()
    home_wanted = Signal()
    again_wanted = Signal()
    link_activated = Signal(str)

    def __init__(self, theme: Theme, when: When) -> None:
        super().__init__(theme, self.tr("Three things, ten minutes"))
        self.presenter: QObject | None = None  # kept here, as nothing else keeps it
        self._when = when
        self.place = label("", "section")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.title = label("", "title")
        self.origin = label("", "soft")
        self.minutes = BadgeLabel(theme, Badge(""))
        self.reading = ReadingView(theme, when)
        self.done = push_button(theme, self.tr("&Done (E)"), "primary", "check")
        self.next = push_button(theme, self.tr("&Next (N)"), "", "right")
        self.skip = push_button(theme, self.tr("Something e&lse (S)"), "", "sync")
        self.open = push_button(theme, self.tr("&Open and answer (O)"), "", "open")
        self.back = push_button(theme, self.tr("&Back to Home"), "quiet", "left")
        self.back.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.empty = EmptyState(theme, "check", "", "")
        self.empty.set_action(self.tr("&Back to Home"))
        self._stack = QStackedWidget()
        self._piece: Piece | None = None
        when.aged.connect(self._say_origin)
        self._connect()
        self.set_single(self._laid_out())

    def show_piece(self, piece: Piece, place: int, pieces: Sequence[Piece]) -> None:
        """One of the pieces; its text too, unless that is a thread's and follows."""
        self._stack.setCurrentIndex(0)
        left = sum(each.minutes for each in pieces[place:])
        words = self.tr("{0} of {1} · {2} left")
        self.place.setText(words.format(place + 1, len(pieces), minutes_in_words(left)))
        self.bar.setRange(0, len(pieces))
        self.bar.setValue(place)
        self.bar.setAccessibleName(self.place.text())
        self._piece = piece
        title, origin = self._told(piece)
        self.title.setText(title)
        announce(self.title, f"{self.place.text()}: {title}")
        self.origin.setText(origin)
        self.minutes.show_badge(Badge(minutes_in_words(piece.minutes), "accent", "clock"))
        self.done.setText(self._done_words(piece))
        self.reading.show_piece(piece)
        self._pane.go_to_top()

    def show_read(self, read: ThreadRead) -> None:
        """What is new in the thread that is shown."""
        self.reading.show_thread(read)

    def show_end(self, done: int) -> None:
        """No piece is left. done: how many were."""
        if done:
            words = self.tr("1 thing is done.") if done == 1 else self.tr("{0} things are done.")
            headline = self.tr("That was it")
            sentence = words.format(done)
        else:
            headline = self.tr("Nothing to do in ten minutes")
            sentence = self.tr("Nothing waits for you, and you have read it all. Enjoy the break.")
        self.empty.set_words(headline, sentence)
        self.again.setVisible(bool(done))
        self._stack.setCurrentIndex(1)

    def take_focus(self) -> None:
        """The keyboard goes to what is most likely pressed."""
        at_end = self._stack.currentIndex() == 1
        (self.again if at_end and not self.again.isHidden() else self.done).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def _say_origin(self) -> None:
        if self._piece is not None:
            self.origin.setText(self._told(self._piece)[1])

    def _told(self, piece: Piece) -> tuple[str, str]:
        """Its title, and where it comes from."""
        words = LineWords(self._when, {})
        if piece.waiting is not None:
            return words.heading(piece.waiting)
        if piece.thread is not None:
            told = self.tr("{0} in this thread").format(new_in_words(piece.thread.new))
            return piece.title, " · ".join((told, self._when.spoken(piece.thread.latest)))
        return piece.title, self.tr("From the library")

    def _done_words(self, piece: Piece) -> str:
        if piece.sort is PieceSort.THREAD:
            return self.tr("&Done, mark as read (E)")
        if piece.waiting is not None and piece.waiting.sort is WaitingSort.ACTION:
            return self.tr("It is &done (E)")
        if piece.waiting is not None and piece.waiting.sort is WaitingSort.MENTION:
            return self.tr("&Done, no answer needed (E)")
        return self.tr("&Done (E)")

    def _connect(self) -> None:
        self.again = push_button(self._theme, self.tr("&Three more"), "", "clock")
        wishes = {
            self.done: self.done_wanted,
            self.next: self.next_wanted,
            self.skip: self.skip_wanted,
            self.open: self.open_wanted,
            self.back: self.home_wanted,
            self.again: self.again_wanted,
        }
        for button, wish in wishes.items():
            button.clicked.connect(wish)
        self.empty.action_wanted.connect(self.home_wanted)
        self.reading.link_activated.connect(self.link_activated)

    def _laid_out(self) -> QWidget:
        end = QWidget()
        last = QVBoxLayout(end)
        pad(self._theme, last, 24, 8)
        last.addWidget(self.empty, 1)
        last.addWidget(self.again, 0, Qt.AlignmentFlag.AlignHCenter)
        head = (self.back, self.place, self.bar, self.title, self.origin, self.minutes)
        self._pane = ReadingPane(self._theme, (*head, self._buttons()), self.reading)
        self._stack.addWidget(self._pane)
        self._stack.addWidget(end)
        self._stack.setObjectName("pane")
        self._stack.setAccessibleName(self.tr("Three things, ten minutes"))
        land_at(self._stack, self.done)
        return self._stack

    def _buttons(self) -> QWidget:
        buttons = QWidget()
        row = FlowLayout(buttons)
        pad(self._theme, row, 0, 8)
        for button in (self.done, self.next, self.skip, self.open):
            row.addWidget(button)
        return buttons
