"""The page of settings: a field to find one, then all of them, section by section."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cop_desktop.ui.settings.card import SectionCard
from cop_desktop.ui.settings.row import SettingRow
from cop_desktop.ui.settings.setting import Section
from cop_desktop.ui.shell.page import Page
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.search_box import SearchBox

_WIDTH_PX = 820
_SEARCH_PX = 420


class SettingsPage(Page):
    """`value_wanted` carries a setting's key and what was chosen."""

    value_wanted = Signal(str, object)

    def __init__(
        self, theme: Theme, sections: tuple[Section, ...], parts: Mapping[str, QWidget]
    ) -> None:
        """parts: what stands under a section besides its settings, by the section's `part`."""
        super().__init__(theme, self.tr("Settings"))
        self.presenter: QObject | None = None  # kept here, as nothing else keeps it
        self._cards = [SectionCard(theme, one, parts.get(one.part)) for one in sections]
        self.rows: dict[str, SettingRow] = {
            row.setting.key: row for card in self._cards for row in card.rows
        }
        self._values: dict[str, Any] = {}
        self.search = SearchBox(theme, self.tr("Find a setting"), self.tr("Find a setting…"))
        self.nothing = EmptyState(theme, "search", "", "")
        self.nothing.hide()
        self._inside = QWidget()
        self._cards_column = QVBoxLayout(self._inside)
        self._scroll = QScrollArea()
        self.set_single(self._laid_out())
        for row in self.rows.values():
            row.wanted.connect(self.value_wanted)
        self.search.search_changed.connect(self.find)
        self.search.results_wanted.connect(self._go_to_first)
        self.nothing.action_wanted.connect(self.search.clear)
        theme.changed.connect(self._resize)
        self._resize()

    def show_value(self, key: str, value: Any, back_to: Any) -> None:
        """Shows what a setting is, and what can be put back; None for nothing."""
        self._values[key] = value
        self.rows[key].show_value(value, back_to)
        for row in self.rows.values():
            row.set_possible(self._makes_sense(row.setting.key))

    def find(self, typed: str) -> None:
        """Leaves the settings that have these words."""
        found = sum(card.find(typed) for card in self._cards)
        self.nothing.setVisible(not found)
        if found:
            return
        sentence = self.tr("No setting has “{0}” in it. Try another word.").format(typed)
        self.nothing.set_words(self.tr("Nothing found"), sentence)
        self.nothing.set_action(self.tr("Show all settings"))
        announce(self, sentence)

    def show_section(self, key: str) -> None:
        """Brings a section into sight, with the keyboard on its first setting."""
        self.search.clear()
        self.find("")
        card = next((card for card in self._cards if card.section.key == key), None)
        if card is None:  # this system has nothing of it
            return
        first = card.rows[0].editor if card.rows else self.search
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._cards_column.activate()
        self._scroll.verticalScrollBar().setValue(card.y())

    def _makes_sense(self, key: str) -> bool:
        """Whether it, and what it depends on, makes sense with the values there are."""
        needed, fitting = self.rows[key].setting.needs
        if not needed:
            return True
        fits = self._values.get(needed, fitting[0]) in fitting
        return fits and self._makes_sense(needed)

    def _go_to_first(self) -> None:
        for row in self.rows.values():
            if row.isVisibleTo(self) and row.editor.isEnabled():
                row.editor.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _laid_out(self) -> QWidget:
        column = self._cards_column
        pad(self._theme, column, 0, 12)
        column.addWidget(label(self.tr("Settings"), "title"))
        column.addWidget(self.search)
        for card in self._cards:
            column.addWidget(card)
        column.addWidget(self.nothing)
        column.addStretch(1)
        paper = QWidget()
        paper.setObjectName("pane")
        row = QHBoxLayout(paper)
        pad(self._theme, row, (24, 16, 24, 24), 0)
        row.addWidget(self._inside, 1)
        row.addStretch(0)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab scrolls, from one to the next
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(paper)
        self._scroll.setAccessibleName(self.tr("Settings"))
        land_at(self._scroll, self.search)
        return self._scroll

    def _resize(self) -> None:
        metrics = self._theme.metrics
        self._inside.setMaximumWidth(metrics.px(_WIDTH_PX))
        self.search.setMaximumWidth(metrics.px(_SEARCH_PX))
