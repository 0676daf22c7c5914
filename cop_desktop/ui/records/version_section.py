"""One field that two people wrote without having seen each other's words: see both, choose."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.services.versions import FieldVersions, VersionView
from cop_desktop.ui.records.differing import both_of, differing
from cop_desktop.ui.records.fields import field_name
from cop_desktop.ui.records.marked_text import MarkedText
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.avatar import Avatar
from cop_desktop.ui.widgets.labels import label

_ONE_LINE = frozenset({"title", "name", "position", "place"})
_LINE_PX, _TEXT_PX = 44, 140


class VersionSection(QWidget):
    """The texts with their differing words marked, the choices, and what comes of them.

    "Keep both" is chosen from the start: no choice of ours may lose a word.
    """

    changed = Signal()

    def __init__(self, theme: Theme, when: When, field: FieldVersions) -> None:
        super().__init__()
        self._theme = theme
        self._when = when
        self._field = field
        self._choices = QButtonGroup(self)
        self._result = QPlainTextEdit()
        self._result.setProperty("role", "field")
        self._result.setTabChangesFocus(True)
        lines = _LINE_PX if field.field in _ONE_LINE else _TEXT_PX
        self._result.setFixedHeight(theme.metrics.px(lines))
        name = self.tr("{0} as it will be").format(field_name(field.field))
        self._result.setAccessibleName(name)
        self._result_name = label(name, "strong")
        self._result_name.setBuddy(self._result)
        self._lay_out()
        self._add_choices()
        self._choices.idToggled.connect(self._on_choice)
        self._result.textChanged.connect(self.changed)
        self._show_result()

    @property
    def field(self) -> str:
        return self._field.field

    def value(self) -> str:
        """The text that the field will have."""
        return self._result.toPlainText()

    def choose(self, choice: int) -> None:
        """0: both; n: the n-th version alone; one more: a text of one's own."""
        self._choices.button(choice).setChecked(True)

    def _lay_out(self) -> None:
        texts = QHBoxLayout()
        pad(self._theme, texts, 0, 12)
        first = self._field.versions[0]
        for version in self._field.versions:
            other = first if version is not first else self._field.versions[1]
            texts.addWidget(self._card(version, other), 1)
        self._options = QVBoxLayout()
        pad(self._theme, self._options, (0, 4, 0, 4), 0)
        column = QVBoxLayout(self)
        pad(self._theme, column, 0, 8)
        column.addWidget(label(field_name(self._field.field), "subtitle"))
        column.addLayout(texts)
        column.addLayout(self._options)
        column.addWidget(self._result_name)
        column.addWidget(self._result)

    def _card(self, version: VersionView, other: VersionView) -> QFrame:
        card = QFrame()
        card.setObjectName("chip")
        who = QHBoxLayout()
        pad(self._theme, who, 0, 8)
        who.addWidget(Avatar(self._theme, version.who, 28), 0, Qt.AlignmentFlag.AlignTop)
        names = QVBoxLayout()
        pad(self._theme, names, 0, 0)
        names.addWidget(label(version.who, "strong"))
        names.addWidget(label(self._when.full(version.when), "small"))
        who.addLayout(names, 1)
        text = MarkedText(self._theme, self.tr("Text of {0}").format(version.who))
        text.show_stretches(differing(version.value, other.value))
        column = QVBoxLayout(card)
        pad(self._theme, column, 12, 8)
        column.addLayout(who)
        column.addWidget(text)
        column.addStretch(1)
        return card

    def _add_choices(self) -> None:
        keep = [self.tr("Keep &both, one under the other")]
        if self._field.field in _ONE_LINE:
            keep = [self.tr("Keep &both, one beside the other")]
        names = [version.who for version in self._field.versions]
        for version in self._field.versions:
            name = version.who
            if names.count(name) > 1:
                name = f"{name}, {self._when.full(version.when)}"
            keep.append(self.tr("Only the text of {0}").format(name.replace("&", "&&")))
        keep.append(self.tr("&Write one text from them"))
        for number, words in enumerate(keep):
            choice = QRadioButton(words)
            self._choices.addButton(choice, number)
            self._options.addWidget(choice)
        self._choices.button(0).setChecked(True)

    def _on_choice(self, choice: int, checked: bool) -> None:
        if checked:
            self._show_result()

    def _show_result(self) -> None:
        choice = self._choices.checkedId()
        by_hand = choice == len(self._choices.buttons()) - 1
        self._result.setReadOnly(not by_hand)
        if by_hand:
            # What was shown last is what one begins with.
            self._result.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        versions = self._field.versions
        earliest_first = [version.value for version in reversed(versions)]
        one_line = self._field.field in _ONE_LINE
        kept = versions[choice - 1].value if choice else both_of(earliest_first, one_line=one_line)
        self._result.setPlainText(kept)
