"""The dialog of bringing in over a real replica and the real reader of files."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cop_desktop.services.intake import Intake
from cop_desktop.services.library import Library
from cop_desktop.store import Replica
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.intake.dialog import IntakeDialog
from cop_desktop.ui.intake.tools import IntakeTools
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.form.fields import Choice
from sync.core.ids import id_text
from tests.support.forum import add_member
from tests.support.replicas import ANNA, COMMUNITY, enrolled
from tests.support.window_fixtures import theme

__all__ = ["theme"]


@dataclass
class Bench:
    """A dialog, the folder it brings in, and what it told the window."""

    replica: Replica
    dialog: IntakeDialog
    folder: Path
    jobs: Jobs
    changes: list[object] = field(default_factory=list)

    def put(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def bring_in(self) -> None:
        self.dialog.path.setText(str(self.folder))
        self.dialog.go.click()
        assert self.jobs.wait_idle(30_000)

    def titles(self) -> set[str]:
        library = Library(self.replica, cache_dir=self.folder.parent / "opened")
        return {item.title for item in library.items(COMMUNITY)}


@pytest.fixture
def bench(tmp_path: Path, theme: Theme) -> Iterator[Bench]:
    folder = tmp_path / "material"
    folder.mkdir()
    with enrolled(tmp_path / "replica") as replica:
        add_member(replica, ANNA, "Anna", role="facilitator")
        jobs, hub = Jobs("bringing in"), Hub()
        dialog = IntakeDialog(
            IntakeTools(
                theme=theme,
                jobs=jobs,
                hub=hub,
                messages=Messages(),
                intake=Intake(replica),
                communities=(Choice(id_text(COMMUNITY), "Top End leaders"),),
                community=id_text(COMMUNITY),
            )
        )
        made = Bench(replica, dialog, folder, jobs)
        hub.changed.connect(made.changes.append)
        dialog.open()
        yield made
        dialog.running.stop()
        assert jobs.close()
        dialog.close()
        dialog.deleteLater()
