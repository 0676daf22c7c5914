"""The line that adds: what it is, a few details, a button; Enter adds too."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.composer.word_menu import Speller
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.form.editors import FieldEditor, make_editor
from cop_desktop.ui.widgets.form.fields import FormField
from cop_desktop.ui.widgets.form.kept_note import KeptNote
from cop_desktop.ui.widgets.labels import label, set_property
from cop_desktop.ui.widgets.landing import land_at


class QuickAdd(QFrame):
    """`added` carries the values of the fields, the first of them not empty.

    What was typed stays until `clear_added`: it is cleared when the commit came back. kept: says
    that it is here again.
    """

    added = Signal(dict)
    typed = Signal()

    def __init__(self, theme: Theme, fields: Sequence[FormField], words: str) -> None:
        super().__init__()
        self._theme = theme
        self._fields = list(fields)
        self.setObjectName("strip")
        self.kept = KeptNote(theme)
        self._editors = {field.key: make_editor(theme, field) for field in fields}
        self._first = self._editors[fields[0].key]
        self._button = push_button(theme, words, "", "new")
        self._button.clicked.connect(self.add)
        self._problem = label("", "problem")
        self._problem.hide()
        self._lay_out()
        for key, editor in self._editors.items():
            editor.changed.connect(self._on_change)
            editor.left.connect(partial(self._on_left, key))
            editor.widget.installEventFilter(self)
        land_at(self, self._first.widget)
        theme.changed.connect(self._size_details)

    def editor(self, key: str) -> QWidget:
        """The widget of a field."""
        return self._editors[key].widget

    def check_with(self, speller: Speller | None) -> None:
        """Marks words that the speller does not know; None: marks none."""
        if speller is not None:
            for editor in self._editors.values():
                editor.check_with(self._theme, speller)

    def stops(self) -> list[QWidget]:
        """Where Tab goes, in order."""
        return [*(editor.widget for editor in self._editors.values()), self._button]

    def values(self) -> dict[str, Any]:
        """What stands in the fields."""
        return {key: editor.value() for key, editor in self._editors.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fills the fields; those not named are emptied."""
        for key, editor in self._editors.items():
            editor.set_value(values.get(key))
        self._say("")

    def add(self) -> None:
        """What the button does."""
        if not self._first.value():
            self._first.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        wrong = next((key for key, each in self._editors.items() if each.problem()), "")
        if wrong:
            self.keep(self._editors[wrong].problem(), wrong)
            return
        if self._button.hasFocus():  # or Qt would hand the focus on to whatever comes next
            self._first.widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._button.setEnabled(False)
        self.added.emit(self.values())

    def clear_added(self, values: Mapping[str, Any]) -> None:
        """These values are committed: makes room for the next, unless others stand here by now."""
        self._button.setEnabled(True)
        if self.values() == dict(values):
            self.set_values({})

    def keep(self, words: str = "", wrong: str = "") -> None:
        """It could not be added: everything stays; words say why. wrong: the field that is so."""
        self._button.setEnabled(True)
        self._say(words, wrong)
        if wrong:
            self.editor(wrong).setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Only plain lines: in a date Enter finishes what is typed there first.
        match event:
            case QKeyEvent() if event.type() == QEvent.Type.KeyPress:
                enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
                if enter and isinstance(watched, QLineEdit) and self._button.isEnabled():
                    self.add()
                    return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        pad(self._theme, top, 0, 8)
        top.addWidget(self._first.widget, 1)
        column = QVBoxLayout(self)
        pad(self._theme, column, 10, 8)
        column.addWidget(self.kept)
        column.addLayout(top)
        if len(self._fields) > 1:
            details = QWidget()
            flow = FlowLayout(details)
            pad(self._theme, flow, 0, 8)
            for field in self._fields[1:]:
                flow.addWidget(self._detail(field, self._editors[field.key]))
            top = QHBoxLayout()  # the button is last to be read, and last on the way of Tab
            pad(self._theme, top, 0, 8)
            top.addWidget(details, 1)
            column.addLayout(top)
        top.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._problem)
        self._size_details()

    def _detail(self, field: FormField, editor: FieldEditor) -> QWidget:
        both = QWidget()
        row = QHBoxLayout(both)
        pad(self._theme, row, 0, 6)
        name = label(field.label, "small", wraps=False)
        name.setBuddy(editor.widget)
        row.addWidget(name)
        row.addWidget(editor.widget)
        return both

    def _size_details(self) -> None:
        for field in self._fields[1:]:
            width = 70 if field.max_length and field.max_length <= 5 else 190
            self._editors[field.key].widget.setFixedWidth(self._theme.metrics.px(width))

    def _on_left(self, key: str) -> None:
        self._say(self._editors[key].problem(), key)

    def _on_change(self) -> None:
        self._say("")
        self.typed.emit()

    def _say(self, words: str, wrong: str = "") -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        marked = self._editors.get(wrong, self._first)
        for editor in self._editors.values():
            is_wrong = bool(words) and editor is marked
            set_property(editor.widget, "state", "problem" if is_wrong else "")
        if words:
            announce(self, words)
