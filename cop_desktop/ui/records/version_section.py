"""One field that two people wrote without having seen each other's words: see both, choose."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.services.versions import FieldVersions
from cop_desktop.ui.records.differing import both_of, differing
from cop_desktop.ui.records.fields import field_name
from cop_desktop.ui.records.version_card import Compared, VersionCard
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.labels import label, set_property
from sync.catalogue.declare import LINE

_CARD_PX: Final = 270
_LINE_PX, _LEAST_PX, _MOST_PX = 44, 96, 240


@dataclass(frozen=True, slots=True)
class ComparedField:
    """A field with its versions marked, latest first; both: all of them in one text."""

    field: FieldVersions
    cards: tuple[Compared, ...]
    both: str

    @property
    def one_line(self) -> bool:
        return self.field.limit <= LINE


def compared_field(field: FieldVersions) -> ComparedField:
    """Takes a moment for long texts: not on the GUI thread."""
    texts = [version.value for version in field.versions]
    cards = []
    for number, version in enumerate(field.versions):
        others = texts[:number] + texts[number + 1 :]
        cards.append(Compared(version, differing(version.value, *others), len(others)))
    earliest_first = [text for text in reversed(texts) if text]
    both = both_of(earliest_first, one_line=field.limit <= LINE)
    return ComparedField(field, tuple(cards), both)


class VersionSection(QWidget):
    """The texts with their differing words marked, the choices, and what comes of them.

    "Keep both" is chosen from the start: no choice of ours may lose a word. Where both do not fit,
    it begins with both to be shortened by hand. may_choose: else it is only shown.
    """

    changed = Signal()

    def __init__(
        self, theme: Theme, when: When, compared: ComparedField, *, may_choose: bool = True
    ) -> None:
        super().__init__()
        self._theme = theme
        self._when = when
        self._compared = compared
        self._by_hand = len(compared.cards) + 1
        self._cards = [VersionCard(theme, when, card) for card in compared.cards]
        self._row = QHBoxLayout()
        self._choices = QButtonGroup(self)
        self._result = QPlainTextEdit()
        self._problem = label("", "problem")
        self._lay_out()
        if may_choose:
            self._offer_choices()

    @property
    def field(self) -> str:
        return self._compared.field.field

    def land(self) -> None:
        """Puts the keyboard where one chooses."""
        chosen = self._choices.checkedButton()
        (chosen or self._cards[0].text.text).setFocus(Qt.FocusReason.OtherFocusReason)

    def value(self) -> str:
        """The text that the field will have."""
        return self._result.toPlainText()

    def choose(self, choice: int) -> None:
        """0: both; n: the n-th version alone; one more: a text of one's own."""
        self._choices.button(choice).setChecked(True)

    def fits(self) -> bool:
        """Whether the text is not too long for the field."""
        return self._excess() <= 0

    def is_written_by_hand(self) -> bool:
        """Whether the text is one that nobody else has."""
        offered = [self._compared.both, *(card.version.value for card in self._compared.cards)]
        return self._choices.checkedId() == self._by_hand and self.value() not in offered

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= len(self._cards) * self._theme.metrics.px(_CARD_PX)
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def _excess(self) -> int:
        return len(self.value()) - self._compared.field.limit

    def _lay_out(self) -> None:
        pad(self._theme, self._row, 0, 12)
        for card in self._cards:
            self._row.addWidget(card, 1)
        column = QVBoxLayout(self)
        pad(self._theme, column, 0, 8)
        column.addWidget(label(field_name(self.field), "subtitle"))
        column.addLayout(self._row)

    def _offer_choices(self) -> None:
        self._set_up_result()
        self._add_choices()
        self._choices.idToggled.connect(self._on_choice)
        self._result.textChanged.connect(self._on_text)
        self._result.setPlainText(self._compared.both)
        self.choose(0 if self.fits() else self._by_hand)
        self._settle()

    def _set_up_result(self) -> None:
        self._result.setProperty("role", "field")
        self._result.setTabChangesFocus(True)
        name = self.tr("{0} as it will be").format(field_name(self.field))
        self._result.setAccessibleName(name)
        shown = label(name, "strong")
        shown.setBuddy(self._result)
        options = self._options = QVBoxLayout()
        pad(self._theme, options, (0, 4, 0, 4), 0)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - made above
        column.addLayout(options)
        for part in (shown, self._result, self._problem):
            column.addWidget(part)

    def _add_choices(self) -> None:
        keep = [self._keep_words()]
        names = [card.version.who for card in self._compared.cards]
        for card in self._compared.cards:
            name = card.version.who
            if names.count(name) > 1:
                name = f"{name}, {self._when.full(card.version.when)}"
            keep.append(self.tr("Only the text of {0}").format(name.replace("&", "&&")))
        keep.append(self.tr("&Write one text from them"))
        for number, words in enumerate(keep):
            choice = QRadioButton(words)
            self._choices.addButton(choice, number)
            self._options.addWidget(choice)

    def _keep_words(self) -> str:
        two = len(self._cards) == 2
        if self._compared.one_line:
            beside = self.tr("Keep &both, one beside the other")
            return beside if two else self.tr("Keep &all, one beside the other")
        under = self.tr("Keep &both, one under the other")
        return under if two else self.tr("Keep &all, one under the other")

    def _on_choice(self, choice: int, checked: bool) -> None:
        if checked:
            self._settle()
            if choice == self._by_hand:  # what was shown last is what one begins with
                self._result.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_text(self) -> None:
        self._say_problem()
        self._fit()
        self.changed.emit()

    def _settle(self) -> None:
        choice = self._choices.checkedId()
        fixed = choice != self._by_hand
        self._result.setReadOnly(fixed)
        set_property(self._result, "state", "fixed" if fixed else "")
        if fixed:
            card = self._compared.cards[choice - 1]
            self._result.setPlainText(card.version.value if choice else self._compared.both)
        self._say_problem()
        self._fit()

    def _say_problem(self) -> None:
        words = ""
        if not self.fits():
            words = self.tr("That is {0} characters more than fit here. Shorten it, or choose one.")
            words = words.format(f"{self._excess():,}")
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def _fit(self) -> None:
        px = self._theme.metrics.px
        if self._compared.one_line and len(self.value()) <= LINE // 4:
            self._result.setFixedHeight(px(_LINE_PX))
            return
        lines = self._result.document().size().height() + 1
        wanted = round(lines * self._result.fontMetrics().lineSpacing()) + px(12)
        least = px(_LINE_PX) if self._compared.one_line else px(_LEAST_PX)
        self._result.setFixedHeight(min(max(wanted, least), px(_MOST_PX)))
