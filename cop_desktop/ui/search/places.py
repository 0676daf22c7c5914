"""The places to search in: one button each, and what they are called in the search field."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from cop_desktop.services.search import Asked
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.labels import set_property


def _tr(words: str) -> str:
    return QCoreApplication.translate("SearchPlaces", words)


def place_names() -> dict[str, str]:
    """What the search field calls a place → its name in the window."""
    return {
        "discussions": _tr("Discussions"),
        "library": _tr("Library"),
        "meetings": _tr("Meetings"),
        "people": _tr("People"),
    }


def known_place(typed: str) -> str:
    """The place whose name begins so; empty for none, such as a community."""
    folded = typed.casefold()
    fitting = [key for key in place_names() if folded and key.startswith(folded)]
    return fitting[0] if len(fitting) == 1 else ""


def with_unknown_place(asked: Asked) -> Asked:
    """As the form can show it: a community to search in stands among the words."""
    place = known_place(asked.place)
    if place or not asked.place:
        return replace(asked, place=place)
    named = f'"{asked.place}"' if " " in asked.place else asked.place
    return replace(asked, place="", words=f"in:{named} {asked.words}".strip())


class PlaceFilter(QWidget):
    """`chosen` carries a place, or "" for everywhere."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(_tr("Where to search"))
        flow = FlowLayout(self)
        pad(theme, flow, 0, 4)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for key, name in {"": _tr("Everywhere"), **place_names()}.items():
            button = QPushButton(name)
            button.setProperty("kind", "quiet")
            button.setAutoDefault(False)
            button.setCheckable(True)
            button.setProperty("place", key)
            self.buttons[key] = button
            self._group.addButton(button)
            flow.addWidget(button)
        self.show_place("")
        self._group.buttonClicked.connect(self._on_clicked)

    def show_place(self, place: str) -> None:
        """Which one is searched in."""
        for key, button in self.buttons.items():
            button.setChecked(key == place)
            set_property(button, "kind", "tag" if key == place else "quiet")

    def _on_clicked(self, button: QPushButton) -> None:
        place = str(button.property("place"))
        self.show_place(place)
        self.chosen.emit(place)
