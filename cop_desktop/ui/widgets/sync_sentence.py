"""Sync as a sentence: always words, with a picture and a bar beside them, never without."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.buttons import wide_icon
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.tips import plain_tip

PART_MARK = " · "
"""Between the parts of a sentence; the later ones give way first, but for the one that is kept."""


@dataclass(frozen=True, slots=True)
class SyncWords:
    """What the sentence says now. total 0: no bar. tone: text_soft, good, warn or bad.

    kept: the part that stays when there is room for one alone; "" for the first.
    """

    words: str
    icon: str = "sync"
    tone: str = "text_soft"
    done: int = 0
    total: int = 0
    kept: str = ""


class SyncSentence(QWidget):
    """The sentence at the bottom left; a click asks for the Sync page.

    `words_shown` carries the SyncWords, for who says them somewhere else too.
    """

    clicked = Signal()
    words_shown = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._now = SyncWords("")
        self._button = _ElidingButton(theme)
        self._button.clicked.connect(self._tell_click)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme.metrics.px(120))
        self._bar.hide()
        row = QHBoxLayout(self)
        pad(theme, row, 0, 8)
        row.addWidget(self._button)
        row.addWidget(self._bar)
        row.addStretch(1)
        land_at(self, self._button)

    @property
    def words(self) -> str:
        return self._now.words

    def show_words(self, now: SyncWords) -> None:
        """Shows `now`; new words with another tone are said aloud, mere progress is not."""
        before, self._now = self._now, now
        self._button.say(now.words, now.kept)
        self._button.setIcon(self._theme.icon(now.icon, now.tone))
        self._button.setAccessibleName(now.words)
        self._button.setAccessibleDescription(self.tr("Opens the Sync page"))
        self._bar.setVisible(now.total > 0)
        self._bar.setRange(0, max(now.total, 1))
        self._bar.setValue(now.done)
        self._bar.setAccessibleName(now.words)
        if before.words and before.tone != now.tone:
            announce(self, now.words)
        self.words_shown.emit(now)

    def _tell_click(self) -> None:
        self.clicked.emit()


class _ElidingButton(QPushButton):
    """A quiet button whose words end in "…" rather than push their neighbours away."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._kept = ""
        self.setProperty("kind", "sentence")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._resize_icon)
        self._resize_icon()

    def say(self, words: str, kept: str) -> None:
        """Other words. kept: the part of them that gives way last."""
        self._kept = kept
        self.setText(words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(words + self._beside_words() + 1, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.metrics.px(160), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self._fitting(option.text)
        self.setToolTip(plain_tip(self.text() if option.text != self.text() else ""))
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)

    def _fitting(self, words: str) -> str:
        """As many whole parts of the sentence as there is room for, "…" only in the first."""
        room = self.width() - self._beside_words()
        while self.fontMetrics().horizontalAdvance(words) > room and PART_MARK in words:
            parts = words.split(PART_MARK)
            parts.pop(-2 if parts[-1] == self._kept else -1)
            words = PART_MARK.join(parts)
        return self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)

    def _beside_words(self) -> int:
        """What the icon and the padding take of the width."""
        return self.iconSize().width() + self._theme.metrics.px(28)

    def _resize_icon(self) -> None:
        self.setIconSize(wide_icon(self._theme))
