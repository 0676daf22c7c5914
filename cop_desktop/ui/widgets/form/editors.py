"""The widget of each kind of field, behind one interface: value in, value out."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from PySide6.QtCore import QObject, Qt, QTime, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QTimeEdit,
    QWidget,
)

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.composer.field_spelling import AreaSpelling, LineSpelling
from cop_desktop.ui.widgets.composer.word_menu import Speller
from cop_desktop.ui.widgets.form.date_box import DateBox
from cop_desktop.ui.widgets.form.fields import FormField, Kind
from cop_desktop.ui.widgets.tag_row import TagField
from cop_desktop.ui.widgets.tips import plain_tip

_LINES = 4
_CHOICE_CHARS = 16
"""Shown at least of what is chosen."""


class FieldEditor(QObject):
    """A widget with a value of the field's kind. `changed` only for what people do.

    left: after an entry that can be wrong, when somebody goes elsewhere or is done with it.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.widget = widget

    def value(self) -> Any:
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Shows `value`; None empties the field."""
        raise NotImplementedError

    def problem(self) -> str:
        """Why what stands here is no value, in words for the person; "" when it is one."""
        return ""

    def check_with(self, theme: Theme, speller: Speller) -> None:
        """Marks words that the speller does not know, where the field is for words."""


class _Line(QLineEdit):
    """When one comes to it all is chosen, and its beginning shown: Qt would show the end."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.hasSelectedText() and self.selectedText() == self.text():
            self.end(False)
            self.home(True)


class _TextEditor(FieldEditor):
    def __init__(self, theme: Theme, field: FormField) -> None:
        self._line = _Line()
        super().__init__(self._line)
        self._spelled = field.spelled
        self._line.setPlaceholderText(field.placeholder)
        self._line.textEdited.connect(self.changed)

    def value(self) -> str:
        return self._line.text().strip()

    def set_value(self, value: Any) -> None:
        self._line.setText(value or "")
        self._line.setCursorPosition(0)

    def check_with(self, theme: Theme, speller: Speller) -> None:
        if self._spelled:
            LineSpelling(theme, self._line, speller)


class _MultilineEditor(FieldEditor):
    def __init__(self, theme: Theme, field: FormField) -> None:
        self._area = QPlainTextEdit()
        super().__init__(self._area)
        self._area.setProperty("role", "field")
        self._area.setTabChangesFocus(True)
        self._area.setPlaceholderText(field.placeholder)
        height = _LINES * theme.metrics.px(20) + theme.metrics.px(16)
        self._area.setMinimumHeight(height)
        self._area.setMaximumHeight(2 * height)
        self._area.textChanged.connect(self.changed)

    def value(self) -> str:
        # Not toPlainText: it turns no-break blanks into plain ones.
        raw = self._area.document().toRawText()
        return raw.replace("\u2029", "\n").replace("\u2028", "\n").strip()

    def set_value(self, value: Any) -> None:
        self._area.blockSignals(True)
        self._area.setPlainText(value or "")
        self._area.blockSignals(False)

    def check_with(self, theme: Theme, speller: Speller) -> None:
        AreaSpelling(theme, self._area, speller)


class _ChoiceEditor(FieldEditor):
    def __init__(self, theme: Theme, field: FormField) -> None:
        self._box = QComboBox()
        super().__init__(self._box)
        # Else the longest choice, such as the name of a school, makes the form wider than it is.
        self._box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._box.setMinimumContentsLength(_CHOICE_CHARS)
        if not field.required:
            self._box.addItem(self.tr("None"), "")
        for choice in field.choices:
            self._box.addItem(choice.label, choice.key)
            place = self._box.count() - 1
            tip = plain_tip(choice.detail)
            self._box.setItemData(place, tip, Qt.ItemDataRole.ToolTipRole)
        self._box.setPlaceholderText(field.placeholder or self.tr("Choose…"))
        self._box.setCurrentIndex(-1 if field.required else 0)
        self._box.activated.connect(self._tell)

    def value(self) -> str:
        return str(self._box.currentData() or "")

    def set_value(self, value: Any) -> None:
        if value and self._box.findData(value) < 0:  # only a newer program knows it
            self._box.addItem(self.tr("As it was"), value)
        self._box.setCurrentIndex(self._box.findData(value or ""))

    def _tell(self) -> None:
        self.changed.emit()


class _MemberEditor(FieldEditor):
    """A field one types part of a name or a school into."""

    def __init__(self, theme: Theme, field: FormField) -> None:
        self._line = QLineEdit()
        super().__init__(self._line)
        self._shown = {
            choice.key: f"{choice.label}, {choice.detail}" if choice.detail else choice.label
            for choice in field.choices
        }
        completer = QCompleter(list(self._shown.values()), self._line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._line.setCompleter(completer)
        self._line.setPlaceholderText(field.placeholder or self.tr("Type a name or a school"))
        self._line.textEdited.connect(self.changed)
        completer.activated.connect(self._tell)

    def value(self) -> str:
        typed = self._line.text().strip().casefold()
        fitting = [key for key, shown in self._shown.items() if shown.casefold() == typed]
        if not fitting and typed:
            fitting = [key for key, shown in self._shown.items() if typed in shown.casefold()]
        # Two people with part of a name in common: neither was chosen.
        return fitting[0] if len(fitting) == 1 else ""

    def set_value(self, value: Any) -> None:
        self._line.setText(self._shown.get(value or "", ""))

    def _tell(self) -> None:
        self.changed.emit()


class _DateEditor(FieldEditor):
    def __init__(self, theme: Theme, field: FormField) -> None:
        self._box = DateBox()
        super().__init__(self._box)
        if not field.required:
            self._box.make_optional(self.tr("No date"))
        self._box.entered.connect(self.changed)
        self._box.left.connect(self.left)

    def value(self) -> date | None:
        return self._box.day()

    def set_value(self, value: Any) -> None:
        self._box.set_day(value)

    def problem(self) -> str:
        return self._box.problem()


class _TimeEditor(FieldEditor):
    def __init__(self, theme: Theme, field: FormField) -> None:
        self._box = QTimeEdit()
        super().__init__(self._box)
        self._box.setDisplayFormat("h:mm ap")
        self._box.setTime(QTime(17, 0))
        # The style sheet's padding does not reach the text between the arrows.
        self._box.lineEdit().setTextMargins(theme.metrics.space(8), 0, 0, 0)
        self._box.userTimeChanged.connect(self._tell)

    def value(self) -> time | None:
        chosen = self._box.time()
        return time(chosen.hour(), chosen.minute())

    def set_value(self, value: Any) -> None:
        self._box.blockSignals(True)
        self._box.setTime(QTime(17, 0) if value is None else QTime(value.hour, value.minute))
        self._box.blockSignals(False)

    def _tell(self) -> None:
        self.changed.emit()


class _BoolEditor(FieldEditor):
    def __init__(self, theme: Theme, field: FormField) -> None:
        self._box = QCheckBox(field.label)
        super().__init__(self._box)
        self._box.clicked.connect(self._tell)

    def value(self) -> bool:
        return self._box.isChecked()

    def set_value(self, value: Any) -> None:
        self._box.setChecked(bool(value))

    def _tell(self) -> None:
        self.changed.emit()


class _TagsEditor(FieldEditor):
    def __init__(self, theme: Theme, field: FormField) -> None:
        self._field = TagField(theme, field.name, [choice.label for choice in field.choices])
        super().__init__(self._field)
        self._field.changed.connect(self.changed)

    def value(self) -> tuple[str, ...]:
        return self._field.tags()

    def set_value(self, value: Any) -> None:
        self._field.set_tags(value or ())


_EDITORS: dict[Kind, Callable[[Theme, FormField], FieldEditor]] = {
    Kind.TEXT: _TextEditor,
    Kind.MULTILINE: _MultilineEditor,
    Kind.CHOICE: _ChoiceEditor,
    Kind.MEMBER: _MemberEditor,
    Kind.DATE: _DateEditor,
    Kind.TIME: _TimeEditor,
    Kind.BOOL: _BoolEditor,
    Kind.TAGS: _TagsEditor,
}


def make_editor(theme: Theme, field: FormField) -> FieldEditor:
    """The editor for `field`, named for screen readers."""
    editor = _EDITORS[field.kind](theme, field)
    editor.widget.setAccessibleName(field.name)
    editor.widget.setAccessibleDescription(field.help)
    return editor
