"""The left side: which community, and the places in it."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QMenu, QScrollArea, QVBoxLayout, QWidget

from cop_desktop.ui.shell.place_button import PlaceButton
from cop_desktop.ui.shell.places import CommunityEntry, Place
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import TwoLineButton, TwoLines
from cop_desktop.ui.widgets.landing import land_at

WIDE_PX = 216
COMPACT_PX = 64

_STEPS: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Rail(QWidget):
    """The switcher over the places. Compact: icons with tooltips."""

    place_chosen = Signal(str)
    community_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._compact = False
        self._places: dict[str, PlaceButton] = {}
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Places"))
        self._switcher = TwoLineButton(theme, TwoLines(self.tr("No community")), framed=False)
        self._switcher.setAccessibleDescription(self.tr("Choose another community"))
        self._switcher.clicked.connect(self._open_switcher)
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._on_community)
        self._choices = QActionGroup(self)
        self._upper, self._lower = QVBoxLayout(), QVBoxLayout()
        self._lay_out()
        theme.changed.connect(self._resize)

    def add_place(self, place: Place, keys: str) -> None:
        button = PlaceButton(self._theme, place.icon, place.title)
        button.set_keys(keys)
        button.setProperty("place", place.key)
        button.clicked.connect(self._on_place)
        button.installEventFilter(self)
        button.set_compact(self._compact)
        self._places[place.key] = button
        (self._lower if place.low else self._upper).addWidget(button)

    def show_current(self, key: str) -> None:
        """Marks the place that is shown."""
        for place, button in self._places.items():
            button.setChecked(place == key)
        if key in self._places:
            land_at(self, self._places[key])

    def set_count(self, key: str, count: int) -> None:
        """How many are unread in a place."""
        self._places[key].set_count(count)

    def set_communities(self, entries: Sequence[CommunityEntry], current: str) -> None:
        """The communities to choose from, and the one that is shown."""
        self._menu.clear()
        for entry in entries:
            action = QAction(entry.name.replace("&", "&&"), self._menu)
            action.setCheckable(True)
            action.setData(entry.key)
            self._choices.addAction(action)
            self._menu.addAction(action)
            if entry.key == current:
                action.setChecked(True)
                lines = TwoLines(entry.name, entry.detail, avatar=entry.name, opens_menu=True)
                self._switcher.set_lines(lines)
        self._switcher.setEnabled(bool(entries))

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self._switcher.set_compact(compact)
        for button in self._places.values():
            button.set_compact(compact)
        self._resize()

    def is_compact(self) -> bool:
        return self._compact

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(event.key(), 0)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.place_chosen.emit(str(watched.property("place")))
                return True
            if step:
                buttons = list(self._places.values())
                place = buttons.index(cast(PlaceButton, watched))
                buttons[(place + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        scrolled = QWidget()
        scrolled.setObjectName("scrolled")
        inner = QVBoxLayout(scrolled)
        pad(self._theme, inner, (4, 4, 4, 8), 0)
        for part in (self._upper, self._lower):
            pad(self._theme, part, 0, 2)
        inner.addLayout(self._upper)
        inner.addStretch(1)
        inner.addLayout(self._lower)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(scrolled)
        column = QVBoxLayout(self)
        pad(self._theme, column, 0, 0)
        head = QVBoxLayout()
        pad(self._theme, head, (8, 8, 8, 4), 0)
        head.addWidget(self._switcher)
        column.addLayout(head)
        column.addWidget(area, 1)
        self._resize()

    def _open_switcher(self) -> None:
        below = self._switcher.mapToGlobal(QPoint(0, self._switcher.height()))
        self._menu.popup(below)

    def _on_community(self, action: QAction) -> None:
        self.community_chosen.emit(str(action.data()))

    def _on_place(self) -> None:
        button = cast(PlaceButton, self.sender())
        # Checked means "shown", which is not known before the window has shown it.
        button.setChecked(not button.isChecked())
        self.place_chosen.emit(str(button.property("place")))

    def _resize(self) -> None:
        self.setFixedWidth(self._theme.metrics.px(COMPACT_PX if self._compact else WIDE_PX))
