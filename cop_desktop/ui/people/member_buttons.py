"""Members in a row of buttons, each of which leads to a profile."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cop_desktop.services.people import MemberRow
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import TwoLineButton, TwoLines
from cop_desktop.ui.widgets.layout_parts import parts_of, take_all


class MemberButtons(QWidget):
    """`member_wanted` carries an id."""

    member_wanted = Signal(bytes)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[tuple[MemberRow, str], ...] | None = None
        self._column = QVBoxLayout(self)
        pad(theme, self._column, 0, 4)

    def show_with(self, members: Iterable[tuple[MemberRow, str]]) -> None:
        """Each with words of its own."""
        wanted = tuple(members)
        if wanted == self._shown:
            return
        self._shown = wanted
        take_all(self._column)
        for member, detail in wanted:
            button = TwoLineButton(
                self._theme, TwoLines(member.name, detail, avatar=member.name), framed=False
            )
            button.clicked.connect(partial(self.member_wanted.emit, member.id))
            self._column.addWidget(button)
        self.setVisible(bool(wanted))

    def buttons(self) -> list[TwoLineButton]:
        """Those that are shown."""
        return parts_of(self._column, TwoLineButton)
