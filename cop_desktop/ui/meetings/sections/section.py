"""What every section of a meeting has: a scrolled column, and what is shown in it."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from cop_desktop.services.meetings import Course, MeetingView
from cop_desktop.services.people import MemberRow
from cop_desktop.ui.meetings.parts.part_list import PartList
from cop_desktop.ui.meetings.sections.adding import AddLine
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.tab_chain import tab_as_laid_out


@dataclass(frozen=True, slots=True)
class Shown:
    """One reading: the meeting, the members of its community, how far it is being run here."""

    meeting: MeetingView
    members: tuple[MemberRow, ...]
    course: Course | None = None


class Section(QScrollArea):
    """Base of the sections but the notes. Parts are added to `column`, lowest last.

    add: what something is added with.
    A section that cannot be seen is filled when it can: rows for fifty members and forty actions
    would hold up the window at every meeting.
    """

    add: AddLine
    versions_wanted = Signal(bytes)
    history_wanted = Signal(bytes)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Shown | None = None
        self._filled: Shown | None = None
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows what is in it
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._inner = QWidget()
        self._inner.setObjectName("scrolled")
        self.column = QVBoxLayout(self._inner)
        pad(theme, self.column, (20, 12, 20, 16), 10)
        self._nothing = label("", "soft")
        self._nothing.hide()
        self.column.addWidget(self._nothing)
        self.setWidget(self._inner)

    def show_meeting(self, shown: Shown) -> None:
        """Shows what is so now; again for the same, as after a wish that did not come true."""
        self._shown, self._filled = shown, None
        if self.isVisible():
            self._fill_once(shown)

    def fill(self, shown: Shown) -> None:
        """Puts a meeting into the widgets. To be overridden."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._shown is not None:
            self._fill_once(self._shown)

    def _fill_once(self, shown: Shown) -> None:
        if self._filled is not shown:
            self._filled = shown
            self.fill(shown)

    def settle_order(self) -> None:
        """Tab goes through what is in it from top to bottom, also after rows were made."""
        tab_as_laid_out(self._inner)

    def say_nothing_yet(self, words: str) -> None:
        """A sentence where the list is empty; "" when it is not."""
        self._nothing.setText(words)
        self._nothing.setVisible(bool(words))

    def current_part(self) -> bytes | None:
        """The part whose row has the keyboard."""
        keys = (each.key_with_keyboard() for each in self.findChildren(PartList))
        return next((bytes.fromhex(key) for key in keys if key), None)

    def offer_records(self, parts: PartList) -> None:
        """What a list tells of its parts as records is told by the section."""
        parts.versions_wanted.connect(self._on_versions)
        parts.history_wanted.connect(self._on_history)

    def _on_history(self, key: str) -> None:
        self.history_wanted.emit(bytes.fromhex(key))

    def _on_versions(self, key: str) -> None:
        self.versions_wanted.emit(bytes.fromhex(key))
