"""A window that dialogs about records open over, on somebody's replica."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget

from cop_desktop.services.records import Records
from cop_desktop.store import Replica
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.records.tools import RecordTools
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.notice_bar import Notice
from tests.support.discussion_place import turn

_MOST_WAITS = 20


class RecordDesk:
    """Collects notices and changes. Close it before the replica."""

    def __init__(self, theme: Theme, records: Records, replica: Replica) -> None:
        self.told: list[Notice] = []
        self.changes: list[object] = []
        self.jobs, self.hub = Jobs(), Hub()
        self.hub.changed.connect(self.changes.append)
        self.window = QWidget()
        self.window.show()
        self._replica = replica
        self.tools = RecordTools(
            theme=theme,
            jobs=self.jobs,
            hub=self.hub,
            messages=Messages(),
            when=When(self._now),
            show_notice=self._note,
            records=records,
        )

    @property
    def notices(self) -> list[str]:
        """The words of all that was said."""
        return [notice.words for notice in self.told]

    def press_notice(self) -> None:
        """Presses the button of the latest message."""
        acted = self.told[-1].acted
        assert acted is not None
        acted()
        self.settle()

    def settle(self) -> None:
        """Until the store thread has nothing to do, nor the window."""
        for _ in range(3):
            for _ in range(_MOST_WAITS):
                if self.jobs.wait_idle():
                    break
            assert not self.jobs.pending
            turn()

    def close(self) -> None:
        assert self.jobs.close()
        self.window.close()
        self.window.deleteLater()
        turn()

    def _note(self, notice: Notice) -> None:
        self.told.append(notice)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._replica.now_ms() / 1000, UTC)
