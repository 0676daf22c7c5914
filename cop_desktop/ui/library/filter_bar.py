"""Which items the list shows: with which words, status, type, basis of evidence and tag."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cop_desktop.services.library import LibraryFilter
from cop_desktop.ui.library.words import evidence, statuses, types
from cop_desktop.ui.records.choice_button import ChoiceButton, MenuChoice
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.form.fields import Choice
from cop_desktop.ui.widgets.search_box import SearchBox


class FilterBar(QWidget):
    """Words to look for over small buttons. `changed` carries the LibraryFilter wished now."""

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.search = SearchBox(theme, self.tr("Find in the library"), self.tr("Find items…"))
        self.status = ChoiceButton(theme, self.tr("Status"), "filter", self.tr("Any status"))
        self.type = ChoiceButton(theme, self.tr("Type"), "filter", self.tr("All types"))
        self.evidence = ChoiceButton(theme, self.tr("Evidence"), "filter", self.tr("Any evidence"))
        self.tag = ChoiceButton(theme, self.tr("Tag"), "tag", self.tr("All tags"))
        self._buttons = (self.status, self.type, self.evidence, self.tag)
        for button in (self.type, self.evidence, self.tag):
            # Four with pictures would need two lines of a list that is as wide as usual.
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        choices = (statuses(), types(), evidence(), ())
        for button, offered in zip(self._buttons, choices, strict=True):
            button.set_choices(_menu(offered))
            button.chosen.connect(self._tell)
        self.search.search_changed.connect(self._tell)
        line = QWidget()
        flow = FlowLayout(line)
        pad(theme, flow, 0, 4)
        for button in self._buttons:
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

    def show_tags(self, tags: Collection[str]) -> None:
        """The tags to choose from; the one in force stays."""
        known = sorted({*tags, *filter(None, (self.tag.value(),))}, key=str.casefold)
        self.tag.set_choices([MenuChoice(tag, tag) for tag in known])

    def choose_tag(self, tag: str) -> None:
        """Only items with this tag, whatever was chosen before."""
        self._clear()
        self.tag.set_value(tag)
        self._tell()

    def show_everything(self) -> None:
        """No filter at all."""
        self._clear()
        self._tell()

    def _clear(self) -> None:
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        for button in self._buttons:
            button.set_value("")

    def _tell(self) -> None:
        self.changed.emit(self.wanted())


def _menu(choices: tuple[Choice, ...]) -> list[MenuChoice]:
    return [MenuChoice(choice.key, choice.label) for choice in choices]
