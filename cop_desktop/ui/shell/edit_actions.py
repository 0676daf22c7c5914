"""Undo, cut, copy and paste in the menu, for whatever field has the keyboard."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from cop_desktop.ui.shell.actions import ActionRegistry, ActionSpec, Menu
from cop_desktop.ui.widgets.pasting import paste_on

Field = QLineEdit | QPlainTextEdit | QTextEdit


class EditActions(QObject):
    """Adds the actions to the registry and passes them on."""

    def __init__(self, registry: ActionRegistry) -> None:
        super().__init__(registry)
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
        elif isinstance(field, Field):
            getattr(field, verb)()
