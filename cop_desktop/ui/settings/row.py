"""One setting on the page: what it is called, what it does, its editor, and the way back."""

from datetime import time
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cop_desktop.ui.settings.setting import Setting
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.form.editors import make_editor
from cop_desktop.ui.widgets.form.fields import Kind
from cop_desktop.ui.widgets.labels import label

STACKED_PX = 600
"""Under this width (at 100 % text) the editor stands under its words."""
_EDITOR_PX = 300


def _tr(words: str) -> str:
    return QCoreApplication.translate("Settings", words)


class SettingRow(QWidget):
    """`wanted` carries the setting's key and the value that was chosen."""

    wanted = Signal(str, object)

    def __init__(self, theme: Theme, setting: Setting) -> None:
        super().__init__()
        self._theme = theme
        self.setting = setting
        self._back_to: Any = None
        self._editor = make_editor(theme, setting.field)
        self.editor = self._editor.widget
        for inner in self.editor.findChildren(QLineEdit):
            inner.setAccessibleName(setting.title)
        self._explained = label(setting.help, "small")
        self.back = push_button(theme, "", "quiet", "undo")
        self.back.hide()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lay_out()
        self._editor.changed.connect(self._on_change)
        self.back.clicked.connect(self._put_back)
        theme.changed.connect(self._settle)

    def value(self) -> Any:
        """As settings are kept: times as "18:00"."""
        value = self._editor.value()
        return value.strftime("%H:%M") if isinstance(value, time) else value

    def show_value(self, value: Any, back_to: Any) -> None:
        """Shows what is chosen, and what can be put back; None for nothing."""
        self._editor.set_value(_for_editor(self.setting.kind, value))
        self._back_to = back_to
        self.back.setVisible(back_to is not None)
        if back_to is not None:
            words = self.tr("Put back: {0}").format(words_of(self.setting, back_to))
            self.back.setText(words)
            self.back.setAccessibleName(f"{self.setting.title}. {words}")

    def set_possible(self, possible: bool) -> None:
        """Whether it makes sense with the other settings."""
        self.editor.setEnabled(possible)
        self.back.setEnabled(possible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _lay_out(self) -> None:
        pad(self._theme, self._row, (16, 10, 16, 10), 12)
        words, right = QVBoxLayout(), QVBoxLayout()
        for column in (words, right):
            pad(self._theme, column, 0, 2)
        if self.setting.kind is Kind.BOOL:
            words.addWidget(self.editor)
        else:
            name = label(self.setting.title, "strong")
            name.setBuddy(self.editor)
            words.addWidget(name)
            right.addWidget(self.editor)
        words.addWidget(self._explained)
        words.addStretch(1)
        right.addWidget(self.back)
        right.addStretch(1)
        self._right = right
        self._row.addLayout(words, 1)
        self._row.addLayout(right)
        self._settle()

    def _settle(self) -> None:
        metrics = self._theme.metrics
        stacked = self.width() < metrics.px(STACKED_PX)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if stacked else directions.LeftToRight)
        side = Qt.AlignmentFlag.AlignLeft if stacked else Qt.AlignmentFlag.AlignRight
        self._right.setAlignment(self.back, side)
        if self.setting.kind is Kind.BOOL:
            self._explained.setIndent(metrics.px(24) + metrics.space(6))  # under the words
        else:
            room = max(self.width() - metrics.space(32), 1)
            self.editor.setFixedWidth(min(metrics.px(_EDITOR_PX), room))

    def _on_change(self) -> None:
        self.wanted.emit(self.setting.key, self.value())

    def _put_back(self) -> None:
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)  # the button goes
        self.wanted.emit(self.setting.key, self._back_to)


def words_of(setting: Setting, value: Any) -> str:
    """A value as people read it."""
    if setting.kind is Kind.BOOL:
        return _tr("on") if value else _tr("off")
    if setting.kind is Kind.TIME:
        return _clock(time.fromisoformat(value))
    return next((one.label for one in setting.choices if one.key == value), str(value))


def _clock(at: time) -> str:
    half = _tr("am") if at.hour < 12 else _tr("pm")
    return f"{at.hour % 12 or 12}:{at.minute:02} {half}"


def _for_editor(kind: Kind, value: Any) -> Any:
    return time.fromisoformat(value) if kind is Kind.TIME else value
