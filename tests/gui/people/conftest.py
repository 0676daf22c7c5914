"""The place of people in a window, on Ben's replica in the village."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from cop_desktop.services.care import Care
from cop_desktop.services.half_filled import HalfFilledForms
from cop_desktop.services.people import People, ProfileEdit, SchoolText
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.people.actions import PLACE, people_actions
from cop_desktop.ui.people.build import build_people
from cop_desktop.ui.people.page import PeoplePage
from cop_desktop.ui.people.tools import PeopleTools
from cop_desktop.ui.records.when import When
from cop_desktop.ui.shell.main_window import MainWindow
from cop_desktop.ui.shell.places import Place
from cop_desktop.ui.shell.window_memory import MemoryInMind
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.form.form import FormDialog
from cop_desktop.ui.widgets.notice_bar import Notice
from tests.support.replicas import COMMUNITY
from tests.support.village import Village, founded
from tests.support.window_fixtures import theme

__all__ = ["theme"]


@dataclass
class PeoplePlace:
    """A window that shows the members as Ben's computer knows them."""

    village: Village
    theme: Theme
    jobs: Jobs = field(default_factory=Jobs)
    hub: Hub = field(default_factory=Hub)
    notices: list[Notice] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.people = People(self.village.ben)
        self.window = MainWindow(self.theme, MemoryInMind())
        place = Place(PLACE, "People", "people", self._build, people_actions())
        self.window.add_place(place)
        self.window.resize(1366, 768)
        page = self.window.show_place(PLACE)
        assert isinstance(page, PeoplePage)
        self.page = page
        self.page.show_community(COMMUNITY)
        self.window.show()
        self.settle()

    def settle(self) -> None:
        """Until nothing is pending, also what an answer asks for."""
        for _ in range(3):
            QApplication.processEvents()
            assert self.jobs.wait_idle(20_000)

    def names(self) -> list[str]:
        rows = self.page.rows
        return [rows.index(place).data() for place in range(rows.rowCount())]

    def dialog(self) -> FormDialog:
        """The dialog that is open."""
        (found,) = self.dialogs()
        return found

    def dialogs(self) -> list[FormDialog]:
        """Those that are open."""
        return [each for each in self.window.findChildren(FormDialog) if each.isVisible()]

    def close(self) -> None:
        self.window.close()
        assert self.jobs.close()
        self.window.deleteLater()

    def _build(self) -> PeoplePage:
        return build_people(
            PeopleTools(
                theme=self.theme,
                registry=self.window.registry,
                jobs=self.jobs,
                hub=self.hub,
                messages=Messages(),
                when=When(),
                half_filled=HalfFilledForms(self.village.ben),
                people=self.people,
                care=Care(self.village.ben),
                show_notice=self.notices.append,
                open_link=self.links.append,
            )
        )


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    """Anna has written her profile; Ben and Cleo have not."""
    with founded(tmp_path / "village") as made:
        for replica in (made.anna, made.ben, made.cleo):
            assert replica.account is not None
        made.meet()
        people = People(made.anna)
        school = people.add_school(SchoolText("Paperbark Landing School", "Top End")).id
        people.edit_profile(
            ProfileEdit(
                position="Principal",
                school=school,
                expertise=("attendance", "first-year teachers"),
                about="Leads a school of forty children, sixty kilometres from the road.",
                offers="A walk through our bus route plan.",
                asks="Somebody who has costed a breakfast.",
                career_stage="experienced",
            )
        )
        made.meet()
        yield made


@pytest.fixture
def place(village: Village, theme: Theme) -> Iterator[PeoplePlace]:
    made = PeoplePlace(village, theme)
    yield made
    made.close()
