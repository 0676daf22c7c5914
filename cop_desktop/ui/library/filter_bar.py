"""Which items the list shows: with which words, status, type, basis of evidence and tag."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cop_desktop.services.library import LibraryFilter
from cop_desktop.ui.library.words import evidence, statuses, types
from cop_desktop.ui.records.choice_button import ChoiceButton, MenuChoice
from cop_desktop.ui.records.tag_filter import TagFilter
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.form.fields import Choice
from cop_desktop.ui.widgets.search_box import SearchBox


class FilterBar(TagFilter):
    """Words to look for over small buttons. `changed` carries the LibraryFilter wished now."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, SearchBox(theme, _tr("Find in the library"), _tr("Find items…")))
        self.status = ChoiceButton(theme, self.tr("Status"), "filter", self.tr("Any status"))
        self.type = ChoiceButton(theme, self.tr("Type"), "filter", self.tr("All types"))
        self.evidence = ChoiceButton(theme, self.tr("Evidence"), "filter", self.tr("Any evidence"))
        self._rest = (self.status, self.type, self.evidence)
        for button in (self.type, self.evidence, self.tag):
            # Four with pictures would need two lines of a list that is as wide as usual.
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        choices = (statuses(), types(), evidence())
        for button, offered in zip(self._rest, choices, strict=True):
            button.set_choices(_menu(offered))
            button.chosen.connect(self.tell)
        self.show_tags(())
        line = QWidget()
        flow = FlowLayout(line)
        pad(theme, flow, 0, 4)
        for button in (*self._rest, self.tag):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        pad(theme, column, 0, 4)
        column.addWidget(self.search)
        column.addWidget(line)

    def wanted(self) -> LibraryFilter:
        """What is chosen now."""
        return LibraryFilter(
            status=self.status.value() or None,
            type=self.type.value() or None,
            tag=self.tag.value() or None,
            evidence=self.evidence.value() or None,
            text=self.search.text().strip(),
        )

    def clear_rest(self) -> None:
        for button in self._rest:
            button.set_value("")


def _tr(words: str) -> str:
    return QCoreApplication.translate("LibraryFilter", words)


def _menu(choices: tuple[Choice, ...]) -> list[MenuChoice]:
    return [MenuChoice(choice.key, choice.label) for choice in choices]
