"""What every filter over a list has: words to look for, a tag, and how all of it is let go."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cop_desktop.ui.records.choice_button import ChoiceButton, MenuChoice
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.search_box import SearchBox


class TagFilter(QWidget):
    """Base of filters: `wanted` and `clear_rest` are theirs. `changed` carries what is wanted."""

    changed = Signal(object)

    def __init__(self, theme: Theme, search: SearchBox) -> None:
        super().__init__()
        self.search = search
        self.tag = ChoiceButton(theme, self.tr("Tag"), "tag", self.tr("All tags"))
        self.search.search_changed.connect(self.tell)
        self.tag.chosen.connect(self.tell)

    def wanted(self) -> object:
        """What is chosen now."""
        raise NotImplementedError

    def clear_rest(self) -> None:
        """Lets go of what is chosen beside words and tag, told to nobody."""
        raise NotImplementedError

    def show_tags(self, tags: Collection[str]) -> None:
        """The tags to choose from; the one in force stays."""
        known = sorted({*tags, *filter(None, (self.tag.value(),))}, key=str.casefold)
        self.tag.set_choices([MenuChoice(tag, tag) for tag in known])

    def choose_tag(self, tag: str) -> None:
        """Only what has this tag, whatever was chosen before."""
        self._clear()
        self.tag.set_value(tag)
        self.tell()

    def show_everything(self) -> None:
        """No filter at all."""
        self._clear()
        self.tell()

    def tell(self) -> None:
        """Says what is wanted now."""
        self.changed.emit(self.wanted())

    def _clear(self) -> None:
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.tag.set_value("")
        self.clear_rest()
