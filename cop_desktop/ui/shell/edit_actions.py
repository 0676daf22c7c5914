"""Undo, cut, copy and paste in the menu, for whatever field has the keyboard."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from cop_desktop.ui.shell.actions import ActionRegistry, ActionSpec, Menu
from cop_desktop.ui.widgets.pasting import paste_on

Field = QLineEdit | QPlainTextEdit | QTextEdit


class EditActions(QObject):
    """Adds the actions to the registry and passes them on."""

    def __init__(self, registry: ActionRegistry, undo_elsewhere: Callable[[str], None]) -> None:
        """undo_elsewhere: where nothing typed is to be undone; with the name of the action."""
        super().__init__(registry)
        self._registry = registry
        self._undo_elsewhere = undo_elsewhere
        specs = (
            ("undo", self.tr("&Undo"), "Ctrl+Z", "undo", "steps"),
            ("redo", self.tr("Re&do"), "Ctrl+Shift+Z", "redo", "steps"),
            ("cut", self.tr("Cu&t"), "Ctrl+X", "", "clipboard"),
            ("copy", self.tr("&Copy"), "Ctrl+C", "", "clipboard"),
            ("paste", self.tr("&Paste"), "Ctrl+V", "", "clipboard"),
            ("selectAll", self.tr("Select &all"), "Ctrl+A", "", "clipboard"),
        )
        self._verbs: dict[QObject, str] = {}
        for verb, text, keys, icon, group in specs:
            spec = ActionSpec(f"edit.{verb}", text, Menu.EDIT, keys, icon=icon, group=group)
            self._verbs[registry.add(spec, self._pass_on)] = verb

    def _pass_on(self) -> None:
        field, verb = QApplication.focusWidget(), self._verbs[self.sender()]
        if verb == "paste" and not (isinstance(field, Field) and not field.isReadOnly()):
            paste_on(field)
        elif verb == "undo" and not _has_typed(field):
            self._undo_elsewhere(self._registry.spec("edit.undo").name)
        elif isinstance(field, Field):
            getattr(field, verb)()


def _has_typed(field: QWidget | None) -> bool:
    """Whether there is something in the field that can be undone."""
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable() and not field.isReadOnly()
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return field.document().isUndoAvailable() and not field.isReadOnly()
    return False
