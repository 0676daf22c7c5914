"""A line of home: what it says, and the small buttons that deal with it on the spot."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cop_desktop.ui.records.badge_label import BadgeLabel
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, TwoLineButton, TwoLines
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.rows import Badge
from cop_desktop.ui.widgets.tips import plain_tip

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


@dataclass(frozen=True, slots=True)
class LineVerb:
    """One small button. key: which; name: what it does, for the tooltip and for reading aloud."""

    key: str
    name: str
    icon: str


@dataclass(frozen=True, slots=True)
class Line:
    """goal: what opening it is told with, and what its verbs are about."""

    key: str
    title: str
    detail: str
    icon: str
    goal: Any
    badges: tuple[Badge, ...] = ()
    verbs: tuple[LineVerb, ...] = ()

    @property
    def spoken(self) -> str:
        """All of it in one line."""
        return " · ".join((self.title, self.detail, *(badge.text for badge in self.badges)))


class _LineButton(TwoLineButton):
    """Enter opens it as the space bar does; the arrows go to the lines beside it."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif step is not None:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)


class LineWidget(QWidget):
    """Shows one line. `opened` carries its goal, `acted` a verb's key and the goal."""

    opened = Signal(object)
    acted = Signal(str, object)
    stepped = Signal(object, int)

    def __init__(self, theme: Theme, line: Line) -> None:
        super().__init__()
        self.button = _LineButton(theme, TwoLines(""), framed=False)
        self.say(line)
        self.button.setToolTip(plain_tip(line.title))
        self.button.clicked.connect(self._on_opened)
        self.button.stepped.connect(self._on_stepped)
        row = QHBoxLayout(self)
        pad(theme, row, (0, 0, 8, 0), 4)
        row.addWidget(self.button, 1)
        for badge in line.badges:
            row.addWidget(BadgeLabel(theme, badge))
        self.verbs = [self._verb(theme, verb) for verb in line.verbs]
        for made in self.verbs:
            row.addWidget(made)

    def say(self, line: Line) -> None:
        """The same line in other words."""
        self.line = line
        self.button.set_lines(TwoLines(line.title, line.detail, line.icon))
        self.button.setAccessibleDescription(
            " · ".join((line.detail, *(badge.text for badge in line.badges)))
        )

    def _verb(self, theme: Theme, verb: LineVerb) -> IconButton:
        made = IconButton(theme, verb.icon, verb.name)
        made.setAccessibleName(f"{verb.name}: {self.line.title}")
        made.setProperty("verb", verb.key)
        made.clicked.connect(self._on_acted)
        return made

    def _on_opened(self) -> None:
        self.opened.emit(self.line.goal)

    def _on_acted(self) -> None:
        self.acted.emit(str(self.sender().property("verb")), self.line.goal)

    def _on_stepped(self, step: int) -> None:
        self.stepped.emit(self, step)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a small heading; none if it is empty. more: what is said under the lines."""

    heading: str
    lines: tuple[Line, ...]
    more: str = ""


def _without_details(groups: Sequence[Group]) -> list[Group]:
    """All but what changes while time goes by."""
    return [
        replace(group, lines=tuple(replace(line, detail="") for line in group.lines))
        for group in groups
    ]


class LineList(QWidget):
    """Groups of lines, all by keyboard. The same lines leave the keyboard where it is."""

    opened = Signal(object)
    acted = Signal(str, object)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._theme = theme
        self._groups: tuple[Group, ...] | None = None
        self._widgets: list[LineWidget] = []
        self._column = QVBoxLayout(self)
        pad(theme, self._column, 0, 0)

    @property
    def widgets(self) -> Sequence[LineWidget]:
        """The lines, from the top."""
        return self._widgets

    def words(self) -> list[str]:
        """What stands there."""
        return [widget.line.spoken for widget in self._widgets]

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Shows these instead of what was there."""
        before, self._groups = self._groups, tuple(groups)
        if self._groups == before:
            return
        if before is not None and _without_details(before) == _without_details(self._groups):
            lines = [line for group in groups for line in group.lines]
            for widget, line in zip(self._widgets, lines, strict=True):
                widget.say(line)
            return
        place = self._place_of_keyboard()
        self._clear()
        for group in groups:
            if group.heading:
                self._column.addWidget(label(group.heading, "section"))
            for line in group.lines:
                self._add(line)
            if group.more:
                self._column.addWidget(label(group.more, "soft"))
        if place is not None:
            self._return_to(*place)

    def _add(self, line: Line) -> None:
        made = LineWidget(self._theme, line)
        made.opened.connect(self.opened)
        made.acted.connect(self.acted)
        made.stepped.connect(self._step)
        self._widgets.append(made)
        self._column.addWidget(made)

    def _step(self, widget: LineWidget, step: int) -> None:
        place = self._widgets.index(widget) + step
        if 0 <= place < len(self._widgets):
            self._widgets[place].button.setFocus(Qt.FocusReason.TabFocusReason)

    def _place_of_keyboard(self) -> tuple[str, int] | None:
        """Key and place of the line that has the keyboard."""
        focus = self.window().focusWidget()
        for place, widget in enumerate(self._widgets):
            if widget.isAncestorOf(focus):
                return widget.line.key, place
        return None

    def _return_to(self, key: str, place: int) -> None:
        """The same line, or if that is gone the one that took its place."""
        if self._widgets:
            beside = self._widgets[min(place, len(self._widgets) - 1)]
            same = next((each for each in self._widgets if each.line.key == key), beside)
            same.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        self._widgets = []
        while (taken := self._column.takeAt(0)) is not None:
            if (old := taken.widget()) is not None:
                old.hide()
                old.deleteLater()
