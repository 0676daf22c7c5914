"""Short messages that do not stop anybody: done, with Undo for ten seconds; or a trouble."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.application import application
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.icon_label import IconLabel

SHOWN_MS = 10_000
MOST_AT_ONCE = 3

_WIDEST_PX, _NARROWEST_PX = 420, 90
"""Of the words; longer ones are set in several lines."""

_ICONS = {"plain": "check", "info": "info", "good": "check", "warn": "warning", "bad": "warning"}


class Lapse(QObject):
    """Tells that what a notice offers cannot be done any more: the notice goes then."""

    lapsed = Signal()


@dataclass(frozen=True, slots=True)
class Notice:
    """What to say. tone: plain (something is done), info (news, a question), good, warn or bad.

    shown_ms 0: stays until it is closed.

    action: text of the button, with its mnemonic ("&Undo"); acted: called once when it is
    pressed. gone: called once when the notice goes without that: the moment to let go of
    what an undo would have needed.
    """

    words: str
    tone: str = "plain"
    action: str = ""
    acted: Callable[[], None] | None = None
    gone: Callable[[], None] | None = None
    shown_ms: int = SHOWN_MS
    lapse: Lapse | None = None


class _Words(QLabel):
    """On one line up to a width, else on several; on more of them where there is less room."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__(words)
        self._theme = theme
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        return self._size(_WIDEST_PX)

    def minimumSizeHint(self) -> QSize:
        return self._size(_NARROWEST_PX)

    def _size(self, widest_px: int) -> QSize:
        metrics = self.fontMetrics()
        widest = self._theme.metrics.px(widest_px)
        # A blank more than measured: else rounding would break the last word off.
        width = min(metrics.horizontalAdvance(f"{self.text()} "), widest)
        return QSize(width, metrics.height())


class NoticeBar(QFrame):
    """One notice. Its time stands still while the mouse or the keyboard is on it."""

    closed = Signal(object)

    def __init__(self, theme: Theme, notice: Notice) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setProperty("tone", notice.tone)
        self.setAccessibleName(notice.words)
        self._notice = notice
        self._done = False
        self._hovered = False
        self._left_ms = notice.shown_ms
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.close_notice)
        if notice.lapse is not None:
            notice.lapse.lapsed.connect(self.close_notice)
        self._lay_out(theme)
        application().focusChanged.connect(self._on_focus)
        self._run_or_pause()

    @property
    def notice(self) -> Notice:
        return self._notice

    @property
    def is_paused(self) -> bool:
        return self._left_ms > 0 and not self._timer.isActive()

    def act(self) -> None:
        """What pressing the button does."""
        if not self._finish():
            return
        if self._notice.acted is not None:
            self._notice.acted()
        self.closed.emit(self)

    def close_notice(self) -> None:
        """Lets the notice go without its action."""
        if not self._finish():
            return
        if self._notice.gone is not None:
            self._notice.gone()
        self.closed.emit(self)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._hovered = True
        self._run_or_pause()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = False
        self._run_or_pause()

    def _lay_out(self, theme: Theme) -> None:
        tone = self._notice.tone
        tone = "accent" if tone in ("plain", "info") else tone
        row = QHBoxLayout(self)
        pad(theme, row, (10, 3, 4, 3), 8)
        row.addWidget(IconLabel(theme, _ICONS[self._notice.tone], tone))
        row.addWidget(_Words(theme, self._notice.words), 1)
        if self._notice.action:
            # No letter of its own: it would take that of a button on whatever page is shown.
            button = push_button(theme, self._notice.action.replace("&", ""), "quiet")
            button.clicked.connect(self.act)
            row.addWidget(button)
        close = IconButton(theme, "close", self.tr("Close this message"))
        close.clicked.connect(self.close_notice)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignVCenter)

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        self._run_or_pause()

    def _run_or_pause(self) -> None:
        if self._done or self._notice.shown_ms == 0:
            return
        focus = QApplication.focusWidget()
        if self._hovered or (focus is not None and self.isAncestorOf(focus)):
            if self._timer.isActive():
                self._left_ms = max(self._timer.remainingTime(), 1)
                self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start(self._left_ms)

    def _finish(self) -> bool:
        """True the first time: a notice ends once, by its button, its cross or its time."""
        first = not self._done
        self._done = True
        self._timer.stop()
        return first


class NoticeStack(QWidget):
    """The notices that are up, newest lowest; the oldest goes when there are too many."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bars: list[NoticeBar] = []
        self._column = QVBoxLayout(self)
        pad(theme, self._column, 0, 4)
        self.setAccessibleName(self.tr("Messages"))
        self.hide()

    def show_notice(self, notice: Notice) -> NoticeBar:
        """Puts `notice` up; the same words are never up twice."""
        for bar in list(self._bars):
            if bar.notice.words == notice.words and not bar.notice.action:
                bar.close_notice()
        while len(self._bars) >= MOST_AT_ONCE:
            self._bars[0].close_notice()
        bar = NoticeBar(self._theme, notice)
        bar.closed.connect(self._remove)
        self._bars.append(bar)
        self._column.addWidget(bar)
        self.show()
        announce(self, notice.words)
        return bar

    def bars(self) -> list[NoticeBar]:
        """The notices that are up, oldest first."""
        return list(self._bars)

    def act_on(self, name: str) -> None:
        """Presses the button of the latest notice that offers an action of this name, if any."""
        offering = [bar for bar in self._bars if bar.notice.action.replace("&", "") == name]
        if offering:
            offering[-1].act()

    def close_all(self) -> None:
        """Lets every notice go, as when the window closes."""
        for bar in self.bars():
            bar.close_notice()

    def _remove(self, bar: NoticeBar) -> None:
        self._bars.remove(bar)
        self._column.removeWidget(bar)
        bar.hide()
        bar.deleteLater()
        self.setVisible(bool(self._bars))
