"""What a large file would cost, asked before it is downloaded."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QDialogButtonBox, QMessageBox, QWidget

from cop_desktop.services.attachments import FileView
from cop_desktop.services.data_budget import Cost
from cop_desktop.ui.records.budget_words import cost_words
from cop_desktop.ui.widgets.labels import set_property

_ROOM: Final = 0.8
"""Of the screen's width, for the buttons beside each other."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What is done: now: whatever it costs. later: when it costs less; only where that comes."""

    now: Callable[[], None]
    later: Callable[[], None]


class FetchQuestion(QMessageBox):
    """Size, time and share of what is left; download it now, in cheap hours, or not at all."""

    def __init__(self, owner: QWidget, file: FileView, cost: Cost, choices: Choices) -> None:
        super().__init__(owner.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Download a large file"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(self.tr("Download “{0}” now?").format(file.name))
        self.setInformativeText(cost_words(cost))
        self._choices = choices
        self.now = self._button(self.tr("Download &now"))
        # By its kind, not only as the default: room for bold words is left by the kind alone.
        set_property(self.now, "kind", "primary")
        self.later: QAbstractButton | None = None
        self.cancel = self.addButton(self.tr("&Cancel"), QMessageBox.ButtonRole.RejectRole)
        self.setEscapeButton(self.cancel)
        self.buttonClicked.connect(self._choose)

    def offer_later(self, words: str) -> None:
        """Offers to leave it for the time that these words name."""
        self.later = self._button(self.tr("&Download it {0}").format(words))
        _leave_room(self.later)

    def showEvent(self, event: QShowEvent) -> None:
        # Large text, or a language with long words: under each other where they are wider.
        buttons = self.findChild(QDialogButtonBox)
        room = self.screen().availableSize().width() * _ROOM
        if isinstance(buttons, QDialogButtonBox) and buttons.sizeHint().width() > room:
            buttons.setOrientation(Qt.Orientation.Vertical)
        super().showEvent(event)

    def _button(self, words: str) -> QAbstractButton:
        return self.addButton(words, QMessageBox.ButtonRole.AcceptRole)

    def _choose(self, button: QAbstractButton) -> None:
        if button is self.now:
            self._choices.now()
        elif button is self.later:
            self._choices.later()


def _leave_room(button: QAbstractButton) -> None:
    """For bold words, which it has while the keyboard is on it."""
    button.ensurePolished()
    bold = QFont(button.font())
    bold.setWeight(QFont.Weight.DemiBold)
    more = QFontMetrics(bold).horizontalAdvance(button.text())
    less = button.fontMetrics().horizontalAdvance(button.text())
    button.setMinimumWidth(button.sizeHint().width() + max(more - less, 0))
