"""Where the window hears that something changed, from whichever thread it was written."""

from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal


class Report(Protocol):
    """What `status_changed` carries (`cop_desktop.sync_report.SyncReport`)."""

    @property
    def busy(self) -> bool: ...
    @property
    def agreed(self) -> bool: ...
    @property
    def cause(self) -> str: ...
    @property
    def received(self) -> int: ...
    @property
    def up_bytes(self) -> int: ...
    @property
    def down_bytes(self) -> int: ...


class Hub(QObject):
    """Tells screens what to read again. Signals come in the GUI thread, in posting order.

    `changed` carries what a service's verb returned or what a sync brought; `status_changed`
    the state of sync (`last_status` keeps it for who comes later); `synced` comes after an
    exchange has been applied.
    """

    changed = Signal(object)
    status_changed = Signal(object)
    synced = Signal()

    _posted = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Queued also on the GUI thread: no screen hears of a change in the middle of its work.
        self.last_status: object | None = None
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def post_change(self, changed: object) -> None:
        """From any thread: `changed` will be emitted with this value."""
        self._posted.emit(self.changed, changed)

    def post_status(self, status: object) -> None:
        """From any thread: `status_changed` will be emitted with this value."""
        self._posted.emit(self.status_changed, status)

    def post_synced(self) -> None:
        """From any thread: `synced` will be emitted."""
        self._posted.emit(self.synced, None)

    def _deliver(self, signal: object, value: object) -> None:
        if signal == self.synced:
            self.synced.emit()
        elif signal == self.status_changed:
            self.last_status = value
            self.status_changed.emit(value)
        else:
            self.changed.emit(value)
