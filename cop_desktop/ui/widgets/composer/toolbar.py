"""The buttons over the composer: one stop for Tab, arrows inside."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton

PREVIEW_KEYS = "Ctrl+Shift+P"

_STEPS: dict[int, int] = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class Toolbar(QWidget):
    """Formatting, "Attach" and "Preview". Only tells what was pressed."""

    format_wanted = Signal(str)
    attach_wanted = Signal()
    preview_toggled = Signal(bool)

    def __init__(self, theme: Theme, *, attachments: bool) -> None:
        super().__init__()
        self._formats: dict[IconButton, str] = {}
        self._buttons: list[IconButton] = []
        self.setAccessibleName(self.tr("Formatting"))
        row = QHBoxLayout(self)
        pad(theme, row, (4, 4, 4, 0), 2)
        for icon, name, keys in self._format_names():
            button = IconButton(theme, icon, name, keys)
            button.clicked.connect(self._on_format)
            self._formats[button] = icon
            self._buttons.append(button)
        self.attach = IconButton(theme, "attach", self.tr("Attach"))
        self.attach.setToolTip(self.tr("Attach files. You can also drag them here or paste them."))
        self.attach.show_name()
        if not attachments:
            self.attach.hide()
        self.attach.clicked.connect(self._on_attach)
        self.preview = IconButton(theme, "preview", self.tr("Preview"), PREVIEW_KEYS)
        self.preview.show_name()
        self.preview.setCheckable(True)
        self.preview.toggled.connect(self.preview_toggled)
        self._buttons += [self.attach, self.preview]
        for button in self._buttons:
            if button is self.attach:
                row.addStretch(1)
            row.addWidget(button)
            button.installEventFilter(self)
        self._make_tab_stop(self._buttons[0])
        theme.changed.connect(self._settle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def set_formatting_enabled(self, enabled: bool) -> None:
        """Formatting means nothing while the preview is up."""
        for button in self._formats:
            button.setEnabled(enabled)
        self._make_tab_stop(self._buttons[0] if enabled else self.preview)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(event.key(), 0)
            if step:
                self._move_focus(watched, step)
                return True
        return super().eventFilter(watched, event)

    def _move_focus(self, start: QObject, step: int) -> None:
        usable = [button for button in self._buttons if button.isVisible() and button.isEnabled()]
        if start in usable:
            target = usable[(usable.index(start) + step) % len(usable)]
            self._make_tab_stop(target)
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _settle(self) -> None:
        """Names stand beside the icons where there is room for them."""
        named = (self.attach, self.preview)
        for button in named:
            button.show_name()
        layout = self.layout()
        if layout is not None and layout.sizeHint().width() > self.width():
            for button in named:
                button.show_name(False)

    def _make_tab_stop(self, chosen: IconButton) -> None:
        for button in self._buttons:
            stop = button is chosen
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if stop else Qt.FocusPolicy.NoFocus)

    def _format_names(self) -> tuple[tuple[str, str, str], ...]:
        return (
            ("bold", self.tr("Bold"), "Ctrl+B"),
            ("italic", self.tr("Italic"), "Ctrl+I"),
            ("heading", self.tr("Heading"), "Ctrl+Shift+H"),
            ("list", self.tr("List"), "Ctrl+Shift+8"),
            ("numbered-list", self.tr("Numbered list"), "Ctrl+Shift+7"),
            ("quote", self.tr("Quote"), "Ctrl+Shift+9"),
            ("link", self.tr("Link"), "Ctrl+K"),
        )

    def _on_format(self) -> None:
        self.format_wanted.emit(self._formats[cast(IconButton, self.sender())])

    def _on_attach(self) -> None:
        self.attach_wanted.emit()
