"""Labels with a role in the text: title, subtitle, strong, soft, small, section, problem."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from cop_desktop.ui.widgets.application import application
from cop_desktop.ui.widgets.tips import plain_tip
from cop_desktop.ui.widgets.unbroken import LONGEST_WORD, breakable


class PlainLabel(QLabel):
    """Never markup. Where it wraps, a word of any length goes on in the next line."""

    def __init__(self, text: str, *, wraps: bool) -> None:
        super().__init__()
        self._words = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        self.setText(text)

    def text(self) -> str:
        """As it was given."""
        return self._words

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if not self.wordWrap():
            return hint
        # Qt asks for tens of thousands of pixels for some long words, though they go on below.
        most = self.fontMetrics().horizontalAdvance("W" * LONGEST_WORD)
        return QSize(min(hint.width(), most), hint.height())

    def setText(self, words: str) -> None:
        self._words = words
        super().setText(breakable(words) if self.wordWrap() else words)


def label(text: str, role: str = "", *, wraps: bool = True) -> QLabel:
    """A plain-text label (never markup) that looks as its role asks."""
    made = PlainLabel(text, wraps=wraps)
    made.setProperty("role", role)
    return made


def line(parent: QWidget | None = None) -> QFrame:
    """A quiet horizontal line between two parts."""
    made = QFrame(parent)
    made.setObjectName("line")
    made.setFixedHeight(1)
    return made


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Sets a property that the style sheet looks at, and has it looked at again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        # Not the widget's own: Python may hold the style of a window longer than that lives.
        style = application().style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()


class ElidedLabel(QLabel):
    """One line that ends in "…" when there is no room; the whole text is its tooltip then."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        words = " ".join(self.text().split())
        shown = self.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        self.setToolTip(plain_tip(words if shown != words else ""))
        painter = QPainter(self)
        application().style().drawItemText(
            painter,
            self.contentsRect(),
            int(self.alignment() | Qt.AlignmentFlag.AlignVCenter),
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
