"""Which items the list shows: with which words, and what is true of them."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cop_desktop.services.library import Attention, LibraryFilter, Shelf
from cop_desktop.ui.library.words import attention_name, evidence, statuses, types
from cop_desktop.ui.records.choice_button import ChoiceButton, MenuChoice
from cop_desktop.ui.records.tag_filter import TagFilter
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.form.fields import Choice
from cop_desktop.ui.widgets.search_box import SearchBox


class FilterBar(TagFilter):
    """Words to look for over small buttons. `changed` carries the LibraryFilter wished now."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, SearchBox(theme, _tr("Find in the library"), _tr("Find items…")))
        self.attention = ChoiceButton(theme, self.tr("To do"), "down", self.tr("Everything"))
        self.status = ChoiceButton(theme, self.tr("Status"), "down", self.tr("Any status"))
        self.type = ChoiceButton(theme, self.tr("Type"), "down", self.tr("All types"))
        self.evidence = ChoiceButton(theme, self.tr("Evidence"), "down", self.tr("Any evidence"))
        self.strategy = ChoiceButton(theme, self.tr("Strategy"), "down", self.tr("All strategies"))
        self._rest = (self.attention, self.status, self.type, self.evidence, self.strategy)
        self.tag.setIcon(theme.icon("down", "text_soft", checked_tone="accent"))
        for button in self._rest:
            button.chosen.connect(self.tell)
        choices = {self.status: statuses(), self.type: types(), self.evidence: evidence()}
        for button, offered in choices.items():
            button.set_choices(_menu(offered))
        self.clear = IconButton(theme, "close", self.tr("Let go of all filters"))
        self.clear.show_name()  # alone in its line, a cross would not say what of
        self.clear.clicked.connect(self.show_everything)
        self.clear.hide()
        self.changed.connect(self._on_change)
        self.show_shelf(Shelf((), (), tuple((sort, 0) for sort in Attention)))
        self._lay_out(theme)

    def wanted(self) -> LibraryFilter:
        """What is chosen now."""
        attention = self.attention.value()
        return LibraryFilter(
            status=self.status.value() or None,
            type=self.type.value() or None,
            tag=self.tag.value() or None,
            evidence=self.evidence.value() or None,
            text=self.search.text().strip(),
            strategy=self.strategy.value() or None,
            attention=Attention(attention) if attention else None,
        )

    def show_shelf(self, shelf: Shelf) -> None:
        """What there is to choose from; what is in force stays."""
        self.show_tags(shelf.tags)
        known = {*shelf.strategies, *filter(None, (self.strategy.value(),))}
        in_order = sorted(known, key=str.casefold)
        self.strategy.set_choices([MenuChoice(each, each) for each in in_order])
        self.attention.set_choices(
            [MenuChoice(sort, self._counted(sort, count)) for sort, count in shelf.attention]
        )

    def choose_attention(self, sort: Attention) -> None:
        """Only what somebody is to do this about, whatever was chosen before."""
        self._clear()
        self.attention.set_value(sort)
        self.tell()

    def clear_rest(self) -> None:
        for button in self._rest:
            button.set_value("")

    def _counted(self, sort: Attention, count: int) -> str:
        name = attention_name(sort)
        return self.tr("{0} ({1})").format(name, count) if count else name

    def _on_change(self, wanted: LibraryFilter) -> None:
        self.clear.setVisible(wanted != LibraryFilter())

    def _lay_out(self, theme: Theme) -> None:
        line = QWidget()
        flow = FlowLayout(line)
        pad(theme, flow, 0, 2)
        for button in (
            self.attention,
            self.status,
            self.type,
            self.tag,
            self.evidence,
            self.strategy,
            self.clear,
        ):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        pad(theme, column, 0, 4)
        column.addWidget(self.search)
        column.addWidget(line)


def _tr(words: str) -> str:
    return QCoreApplication.translate("LibraryFilter", words)


def _menu(choices: tuple[Choice, ...]) -> list[MenuChoice]:
    return [MenuChoice(choice.key, choice.label) for choice in choices]
