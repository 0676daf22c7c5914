"""The wizard over a real replica that nobody has joined with, and a real server."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cop_desktop.joining import Joined, join
from cop_desktop.store import Replica
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.welcome.tools import WelcomeTools
from cop_desktop.ui.welcome.wizard import WelcomeWizard
from cop_desktop.wiring.first_run import is_code
from tests.support.replicas import opened
from tests.support.window_fixtures import theme

__all__ = ["theme"]


@dataclass
class Arrival:
    """One replica and what the wizards over it asked for."""

    replica: Replica
    theme: Theme
    jobs: Jobs = field(default_factory=Jobs)
    network: Jobs = field(default_factory=lambda: Jobs("joining"))
    hub: Hub = field(default_factory=Hub)
    asked: list[str] = field(default_factory=list)
    wizards: list[WelcomeWizard] = field(default_factory=list)

    def begin(self) -> WelcomeWizard:
        """The wizard as a start of the program shows it."""
        wizard = WelcomeWizard(
            WelcomeTools(
                theme=self.theme,
                jobs=self.jobs,
                network=self.network,
                hub=self.hub,
                messages=Messages(),
                check_code=is_code,
                join=self._join,
                joined=self._note("joined"),
                open_sample=self._sample,
                kept=self.replica.settings.get,
                keep=self.replica.settings.set,
                finished=self._note("finished"),
                try_post=self._note("try a post"),
            )
        )
        self.wizards.append(wizard)
        wizard.open()
        self.settle()
        return wizard

    def settle(self) -> None:
        assert self.network.wait_idle(20_000)
        assert self.jobs.wait_idle(20_000)

    def close(self) -> None:
        for wizard in self.wizards:
            wizard.close()
            wizard.deleteLater()
        assert self.network.close()
        assert self.jobs.close()

    def _join(self, server: str, code: str) -> Joined:
        self.asked.append("join")
        return join(self.replica, server, code, "Test computer")

    def _note(self, what: str) -> Callable[[], None]:
        return lambda: self.asked.append(what)

    def _sample(self) -> bool:
        self.asked.append("sample")
        return True


@pytest.fixture
def arrival(tmp_path: Path, theme: Theme) -> Iterator[Arrival]:
    with opened(tmp_path / "replica") as replica:
        made = Arrival(replica, theme)
        yield made
        made.close()
