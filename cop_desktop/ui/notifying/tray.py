"""The icon beside the clock: the sync sentence, a few wishes, and messages of the system."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from cop_desktop.ui.widgets.sync_sentence import SyncWords

SHOWN_MS = 15_000


class Tray(QObject):
    """Shown where the system has a place for it; elsewhere messages are not shown either."""

    open_wanted = Signal()
    sync_wanted = Signal()
    settings_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, icon: QIcon, name: str, parent: QObject) -> None:
        """name: of the program."""
        super().__init__(parent)
        self._name = name
        self._opened: Callable[[], None] | None = None
        self._is_closed = False
        self.menu = QMenu()
        self.status = QAction("", self.menu)
        self.status.setEnabled(False)
        self._icon = QSystemTrayIcon(icon, self)
        self._icon.setContextMenu(self.menu)
        self._fill()
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(self._on_message)
        self.show_words(SyncWords(""))

    @property
    def is_there(self) -> bool:
        """Whether there is an icon that brings the window back."""
        return self._icon.isVisible() and QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Put the icon up, where the system has a place for it."""
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._icon.show()

    def close(self) -> None:
        """Take it away: some systems leave it until the mouse comes near. May be repeated."""
        if self._is_closed:
            return
        self._is_closed = True
        self._icon.hide()
        self.menu.deleteLater()

    def show_words(self, words: SyncWords) -> None:
        """How syncing stands."""
        if self._is_closed:
            return  # the sentence outlives it by a moment while the window closes
        self.status.setText(words.words.replace("&", "&&"))
        self.status.setVisible(bool(words.words))
        self._icon.setToolTip(f"{self._name}\n{words.words}".strip())

    def ring(self, title: str, words: str, opened: Callable[[], None]) -> None:
        """Show a message; a click on it calls `opened`."""
        self._opened = opened
        if self.is_there and QSystemTrayIcon.supportsMessages():
            self._icon.showMessage(title, words or self._name, self._icon.icon(), SHOWN_MS)

    def _fill(self) -> None:
        entries = (
            (self.tr("&Open {0}").format(self._name), self.open_wanted),
            (self.tr("&Sync now"), self.sync_wanted),
            (self.tr("Se&ttings"), self.settings_wanted),
            (self.tr("&Quit"), self.quit_wanted),
        )
        self.menu.addAction(self.status)
        self.menu.addSeparator()
        for words, signal in entries:
            if words == entries[-1][0]:
                self.menu.addSeparator()
            action = QAction(words, self.menu)
            action.triggered.connect(signal)
            self.menu.addAction(action)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        reasons = QSystemTrayIcon.ActivationReason
        if reason in (reasons.Trigger, reasons.DoubleClick):
            self.open_wanted.emit()

    def _on_message(self) -> None:
        opened, self._opened = self._opened, None
        self.open_wanted.emit()
        if opened is not None:
            opened()
