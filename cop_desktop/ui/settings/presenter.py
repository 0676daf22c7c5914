"""Fills the place of settings, keeps what is chosen, and knows how it was before."""

from dataclasses import dataclass
from typing import Any

from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.settings.page import SettingsPage
from cop_desktop.ui.settings.sections import (
    BUDGET_PART,
    LOGIN,
    SPELLING,
    STORAGE_PART,
    WORDS_PART,
    all_sections,
)
from cop_desktop.ui.settings.setting import Section
from cop_desktop.ui.settings.sources import (
    OfReplica,
    OfSpelling,
    OfSystem,
    OfTheme,
    OfWindow,
    Source,
)
from cop_desktop.ui.settings.storage_part import StoragePart
from cop_desktop.ui.settings.storage_presenter import StoragePresenter
from cop_desktop.ui.settings.tools import SettingsTools
from cop_desktop.ui.settings.words_part import WordsPart
from cop_desktop.ui.settings.words_presenter import WordsPresenter
from cop_desktop.ui.shell import preferences as prefer
from cop_desktop.ui.syncing.budget_presenter import BudgetPresenter, told_of
from cop_desktop.ui.syncing.budget_view import BudgetPart
from cop_desktop.ui.welcome.answers import SHARED, Shared


def build_settings(tools: SettingsTools) -> SettingsPage:
    """The page, ready to be shown."""
    budget, storage = BudgetPart(tools.theme, tools.when), StoragePart(tools.theme)
    words = WordsPart(tools.theme)
    budget.setContentsMargins(*(tools.theme.metrics.space(length) for length in (16, 10, 16, 12)))
    parts = {BUDGET_PART: budget, STORAGE_PART: storage, WORDS_PART: words}
    page = SettingsPage(tools.theme, sections_for(tools), parts)
    page.presenter = SettingsPresenter(page, tools, Parts(budget, storage, words))
    return page


def sections_for(tools: SettingsTools) -> tuple[Section, ...]:
    """All sections, without what this system cannot do."""
    had = {LOGIN: tools.login, SPELLING: tools.speller, WORDS_PART: tools.spelling}
    missing = {key for key, what in had.items() if what is None}
    sections = (
        Section(
            one.key,
            one.title,
            tuple(setting for setting in one.settings if setting.key not in missing),
            "" if one.part in missing else one.part,
            one.words,
        )
        for one in all_sections()
    )
    return tuple(one for one in sections if one.settings or one.part)


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands under sections besides their settings."""

    budget: BudgetPart
    storage: StoragePart
    words: WordsPart


class SettingsPresenter(Presenting):
    """Reads everything each time the page is gone to; what it was then can be put back."""

    def __init__(self, page: SettingsPage, tools: SettingsTools, parts: Parts) -> None:
        super().__init__(page, tools)
        self._page, self._tools = page, tools
        self._before: dict[str, Any] = {}
        self._budget_part = parts.budget
        self.storage = StoragePresenter(parts.storage, tools)
        self.words = WordsPresenter(parts.words, tools)
        self.budget = BudgetPresenter(self._budget_part, tools)
        self._replica = OfReplica(page, tools)
        self._sources = (
            self._replica,
            OfWindow(page, tools),
            OfTheme(page, tools),
            OfSpelling(page, tools),
            OfSystem(page, tools),
        )
        self._source_of: dict[str, Source] = {
            key: source for source in self._sources for key in source.names() if key in page.rows
        }
        for source in self._sources:
            source.told.connect(self._show)
        self._replica.plan_changed.connect(self._read_budget)
        self.budget.changed.connect(self._on_plan)
        page.value_wanted.connect(self._put)
        page.shown.connect(self._read)

    def _read(self) -> None:
        self._before.clear()
        for source in self._sources:
            source.read()
        self._read_budget()
        self.storage.read()
        self.words.read()

    def _read_budget(self) -> None:
        work = self._told_budget
        self._tools.jobs.run(
            work, self._budget_part.show_told, self._say_trouble, "settings.budget"
        )

    def _told_budget(self) -> Any:
        return told_of(self._tools.sync_status.budget)

    def _on_plan(self) -> None:
        self._read_budget()
        self._replica.read()

    def _put(self, key: str, value: Any) -> None:
        self._source_of[key].put(key, value)

    def _show(self, key: str, value: Any) -> None:
        row = self._page.rows.get(key)
        if row is None:
            return
        before = self._before.setdefault(key, value)
        usual = row.setting.usual
        back_to = before if value != before else usual
        self._page.show_value(key, value, None if value == back_to else back_to)
        if key == SHARED and value == Shared.SAME_SIGN_IN.value:
            self._leave_alone()

    def _leave_alone(self) -> None:
        """Others sit here under the same name: the program does not go on unseen."""
        self._put(prefer.STAY, value=False)
        if LOGIN in self._source_of:
            self._put(LOGIN, value=False)
