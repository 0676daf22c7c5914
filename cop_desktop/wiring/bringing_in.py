"""Opens the dialog of bringing in from the menu, and ends it with the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from cop_desktop.services.communities import CommunityRow
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.shell.actions import ActionSpec, Menu
from cop_desktop.ui.widgets.form.fields import Choice
from cop_desktop.ui.widgets.notice_bar import Notice
from cop_desktop.wiring.desk import Desk
from cop_desktop.wiring.places import Places
from sync.core.ids import id_text

if TYPE_CHECKING:
    from cop_desktop.ui.intake.dialog import IntakeDialog
    from cop_desktop.ui.intake.tools import IntakeTools


class BringingIn(QObject):
    """One dialog at a time, on a thread of its own."""

    def __init__(self, desk: Desk, places: Places) -> None:
        super().__init__(desk.window)
        self._desk, self._places = desk, places
        self._jobs = Jobs("bringing in", self)
        self.dialog: IntakeDialog | None = None
        words = QCoreApplication.translate("BringingIn", "Bring in existing &material…")
        spec = ActionSpec("file.bring_in", words, Menu.FILE, icon="import", group="bring in")
        desk.window.registry.add(spec, self.ask)

    def ask(self) -> None:
        """Open the dialog over the window."""
        desk = self._desk
        desk.jobs.run(desk.services.communities.mine, self._open, key="bringing in")

    def close(self) -> None:
        """Stop what goes on; what is done stays."""
        if self.dialog is not None:
            self.dialog.running.stop()
        self._jobs.close()

    def _open(self, communities: tuple[CommunityRow, ...]) -> None:
        rows = [row for row in communities if not row.lost]
        if not rows:
            words = QCoreApplication.translate(
                "BringingIn", "There is no community here yet to bring anything into."
            )
            self._desk.window.show_notice(Notice(words))
            return
        if self.dialog is not None:
            self.dialog.deleteLater()
        from cop_desktop.ui.intake.dialog import IntakeDialog  # only who brings in waits for it

        self.dialog = IntakeDialog(self._tools(rows))
        self.dialog.setParent(self._desk.window, self.dialog.windowFlags())
        self.dialog.finished.connect(self._on_finished)
        self.dialog.open()

    def _on_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _tools(self, rows: list[CommunityRow]) -> "IntakeTools":
        from cop_desktop.services.intake import Intake
        from cop_desktop.ui.intake.tools import IntakeTools

        desk, shown = self._desk, self._places.community
        known = {row.id for row in rows}
        return IntakeTools(
            theme=desk.theme,
            jobs=self._jobs,
            hub=desk.hub,
            messages=desk.messages,
            intake=Intake(desk.replica),
            communities=tuple(Choice(id_text(row.id), row.name) for row in rows),
            community=id_text(shown) if shown in known and shown is not None else "",
        )
