"""The form: labels, fields, help and what is wrong, from a list of FormField."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.composer.word_menu import Speller
from cop_desktop.ui.widgets.form.editors import FieldEditor, make_editor
from cop_desktop.ui.widgets.form.fields import FormField, Kind, problem_of
from cop_desktop.ui.widgets.form.kept_note import KeptNote
from cop_desktop.ui.widgets.labels import label, set_property


class FieldForm(QWidget):
    """One field under the other, each with its help and its problem right below.

    changed: by people; filled: by `set_values`.
    """

    changed = Signal()
    filled = Signal()

    def __init__(self, theme: Theme, fields: Sequence[FormField]) -> None:
        super().__init__()
        self._theme = theme
        self._fields = {field.key: field for field in fields}
        self._editors: dict[str, FieldEditor] = {}
        self._problems: dict[str, QLabel] = {}
        column = QVBoxLayout(self)
        pad(theme, column, 0, 12)
        for field in fields:
            column.addLayout(self._field_column(field))
        column.addStretch(1)

    def values(self) -> dict[str, Any]:
        """Key → value of the field's kind (see Kind), for every field."""
        return {key: editor.value() for key, editor in self._editors.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fills the fields that are named; the others stay as they are."""
        for key, value in values.items():
            self._editors[key].set_value(value)
            self.show_problem(key, "")
        self.filled.emit()

    def check_with(self, speller: Speller | None) -> None:
        """Marks words that the speller does not know; None: marks none."""
        if speller is not None:
            for editor in self._editors.values():
                editor.check_with(self._theme, speller)

    def editor(self, key: str) -> QWidget:
        """The widget of a field."""
        return self._editors[key].widget

    def check(self) -> bool:
        """Whether all is well; if not, says so at each field and goes to the first."""
        problems = {
            key: self._editors[key].problem() or problem_of(field, self._editors[key].value())
            for key, field in self._fields.items()
        }
        wrong = [key for key, words in problems.items() if words]
        for key, words in problems.items():
            self.show_problem(key, words)
        if wrong:
            self.editor(wrong[0]).setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, self._problems[wrong[0]].text())
        return not wrong

    def show_problem(self, key: str, words: str) -> None:
        """Says `words` at a field, for what only the service can know; "" says all is well."""
        shown = self._problems[key]
        shown.setText(words)
        shown.setVisible(bool(words))
        widget = self.editor(key)
        set_property(widget, "state", "problem" if words else "")
        widget.setAccessibleDescription(words or self._fields[key].help)

    def focus_first(self) -> None:
        if self._editors:
            next(iter(self._editors.values())).widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _field_column(self, field: FormField) -> QVBoxLayout:
        editor = make_editor(self._theme, field)
        editor.changed.connect(self._on_change)
        editor.left.connect(partial(self._on_left, field.key))
        self._editors[field.key] = editor
        column = QVBoxLayout()
        pad(self._theme, column, 0, 4)
        if field.kind is not Kind.BOOL:
            column.addWidget(self._name_label(field, editor.widget))
        column.addWidget(editor.widget)
        if field.help:
            column.addWidget(label(field.help, "small"))
        problem = label("", "problem")
        problem.hide()
        self._problems[field.key] = problem
        column.addWidget(problem)
        return column

    def _name_label(self, field: FormField, widget: QWidget) -> QLabel:
        # Only plain labels: "&" must make a mnemonic, markup must not be possible.
        words = field.label if field.required else self.tr("{0} (optional)").format(field.label)
        name = label(words, "strong")
        name.setBuddy(widget)
        return name

    def _on_left(self, key: str) -> None:
        words = self._editors[key].problem()
        self.show_problem(key, words)
        if words:
            announce(self, words)

    def _on_change(self) -> None:
        for key, editor in self._editors.items():
            if self._problems[key].isVisibleTo(self) and editor is self.sender():
                self.show_problem(key, "")
        self.changed.emit()


class FormDialog(QDialog):
    """A form with OK and Cancel. `confirmed` carries the values once they will do.

    The dialog stays open until `accept` is called: the presenter closes it after the
    commit, so that nothing typed is lost when the commit fails.
    """

    confirmed = Signal(dict)

    def __init__(self, theme: Theme, title: str, form: FieldForm, ok_text: str) -> None:
        super().__init__()
        theme.dress(self)
        self.form = form
        self._start = form.values()
        self.setWindowTitle(title)
        self._buttons = QDialogButtonBox()
        self._ok = self._buttons.addButton(ok_text, QDialogButtonBox.ButtonRole.AcceptRole)
        self._ok.setProperty("kind", "primary")
        self._ok.setDefault(True)
        self._cancel = self._buttons.addButton(
            self.tr("&Cancel"), QDialogButtonBox.ButtonRole.RejectRole
        )
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._ok.click)
        self._warned = False
        self._buttons.accepted.connect(self.confirm)
        self._buttons.rejected.connect(self.reject)
        self._problem = label("", "problem")
        self._problem.hide()
        self.kept = KeptNote(theme)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the fields
        area.setWidgetResizable(True)
        area.setWidget(form)
        form.setObjectName("scrolled")
        # Room for the focus ring at the left and the scroll bar at the right.
        form.setContentsMargins(2, 2, 12, 2)
        column = QVBoxLayout(self)
        pad(theme, column, 20, 12)
        column.addWidget(label(title, "title"))
        column.addWidget(self.kept)
        column.addWidget(area, 1)
        column.addWidget(self._problem)
        column.addWidget(self._buttons)
        self._size_to(theme)
        form.focus_first()

    def confirm(self) -> None:
        """What OK does."""
        if self.form.check():
            self._ok.setEnabled(False)
            self.confirmed.emit(self.form.values())

    def keep_open(self, words: str) -> None:
        """The commit failed: says why and lets people try again."""
        self._ok.setEnabled(True)
        self._problem.setText(words)
        self._problem.show()

    def show_problem(self, key: str, words: str) -> None:
        """A field will not do: says so there, and goes there."""
        self._ok.setEnabled(True)
        self.form.show_problem(key, words)
        self.form.editor(key).setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, words)

    def reject(self) -> None:
        """Leaves at once when nothing was entered, and otherwise the second time."""
        if self._warned or not self.has_changes():
            super().reject()
            return
        self._warned = True
        self._cancel.setText(self.tr("&Leave without saving"))
        self._problem.setText(self.tr("What you entered is not saved yet."))
        self._problem.show()
        announce(self, self._problem.text())

    def has_changes(self) -> bool:
        """Whether anything was entered since the dialog was built."""
        return self.form.values() != self._start

    def start_from(self, values: Mapping[str, Any]) -> None:
        """Fills the form with what there is now, as the state that Cancel returns to."""
        self.form.set_values(values)
        self._start = self.form.values()

    def _size_to(self, theme: Theme) -> None:
        room = self.screen().availableGeometry()
        wanted = self.form.sizeHint().height() + theme.metrics.px(170)
        width = min(theme.metrics.px(520), room.width() - 40)
        self.resize(width, min(wanted, round(room.height() * 0.9)))
