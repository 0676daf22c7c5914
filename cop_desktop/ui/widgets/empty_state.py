"""What stands where nothing is yet: what this is for, and the first thing to do."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.icon_label import IconLabel
from cop_desktop.ui.widgets.labels import label

_SIDE_PX, _LEAST_SIDE_PX = 24, 8


class EmptyState(QWidget):
    """A large icon, a headline, a sentence, and a button when there is something to do."""

    action_wanted = Signal()

    def __init__(self, theme: Theme, icon: str, headline: str, sentence: str) -> None:
        super().__init__()
        self._theme = theme
        self._picture = IconLabel(theme, icon, "accent", 44)
        self._headline = label(headline, "subtitle")
        self._sentence = label(sentence, "soft")
        self._button = push_button(theme, "", "primary")
        self._button.clicked.connect(self._want_action)
        self._button.hide()
        self._lay_out()

    def set_words(self, headline: str, sentence: str, icon: str = "") -> None:
        """Other words, for example when the truth is "not downloaded yet"."""
        self._headline.setText(headline)
        self._sentence.setText(sentence)
        if icon:
            self._picture.set_icon(icon, "accent")

    @property
    def button(self) -> QPushButton:
        """The button, for the keyboard to land on."""
        return self._button

    def set_action(self, text: str) -> None:
        """The button's text; an empty one takes the button away."""
        self._button.setText(text)
        self._button.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.settle()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.settle()
        return handled

    def settle(self) -> None:
        """Where there is little room the picture and the space around give way, not the words."""
        roomy, tight = (self._theme.metrics.space(side) for side in (_SIDE_PX, _LEAST_SIDE_PX))
        top = self._column.contentsMargins().top()
        needed = self._column.heightForWidth(self.width()) + 2 * (roomy - top)
        if self._picture.isHidden():
            needed += self._picture.sizeHint().height() + self._column.spacing()
        is_tight = needed > self._room()
        self._picture.setHidden(is_tight)
        side = tight if is_tight else roomy
        self._column.setContentsMargins(roomy, side, roomy, side)

    def _room(self) -> int:
        """The height that is seen of it."""
        around = self.parentWidget()
        in_area = around is not None and isinstance(around.parentWidget(), EmptyArea)
        return around.height() if around is not None and in_area else self.height()

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self)
        pad(self._theme, column, _SIDE_PX, 8)
        column.addStretch(2)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (self._headline, self._sentence):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)
        column.addSpacing(8)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _want_action(self) -> None:
        self.action_wanted.emit()


class EmptyArea(QScrollArea):
    """An empty state where nothing around it scrolls: large words in a small window do here."""

    def __init__(self, empty: EmptyState) -> None:
        super().__init__()
        self._empty = empty
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the button
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        empty.setObjectName("scrolled")
        self.setWidget(empty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._empty.settle()
