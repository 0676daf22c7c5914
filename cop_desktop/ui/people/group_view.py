"""A school, or something that people know: what it is, and who."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cop_desktop.services.people import MemberRow, SchoolPage
from cop_desktop.ui.people.member_buttons import MemberButtons
from cop_desktop.ui.people.model import Known, joined, members_words, region_name, tr
from cop_desktop.ui.records.states import state_words
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.tab_chain import tab_as_laid_out


class GroupView(QScrollArea):
    """Members are buttons; a school can be changed by anybody, as the catalogue has it."""

    change_wanted = Signal()
    versions_wanted = Signal()
    history_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes through what is in it
        self.setAccessibleName(self.tr("School"))
        self.title = label("", "title")
        self.facts = label("", "soft")
        self.about = label("")
        self.about.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.who = label("", "section")
        self.members = MemberButtons(theme)
        self.change = push_button(theme, self.tr("&Change the school…"), "", "edit")
        self.versions = push_button(theme, self.tr("T&wo versions…"), "quiet", "versions")
        self.history = push_button(theme, self.tr("Histor&y…"), "quiet", "history")
        self.change.clicked.connect(self.change_wanted)
        self.versions.clicked.connect(self.versions_wanted)
        self.history.clicked.connect(self.history_wanted)
        self._inside = QWidget()
        self._inside.setObjectName("pane")
        column = QVBoxLayout(self._inside)
        pad(theme, column, (24, 16, 24, 24), 10)
        for part in (self.title, self.facts, self.about, self.who, self.members):
            column.addWidget(part)
        buttons = QHBoxLayout()
        pad(theme, buttons, 0, 8)
        for button in (self.change, self.versions, self.history):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(1)
        self.setWidget(self._inside)

    def show_school(self, page: SchoolPage) -> None:
        """A school, and who says that they work there."""
        school = page.school
        facts = (
            region_name(school.region),
            members_words(len(page.members)),
            state_words(school.state),
        )
        self._show(school.name, " · ".join(filter(None, facts)), school.about)
        nobody = tr("No member has said that they work here.")
        self.who.setText(tr("Who works here") if page.members else nobody)
        self._show_members((member, member.position) for member in page.members)
        self.change.setVisible(school.may_change)
        self.versions.setVisible(school.two_versions)
        self.history.setVisible(True)

    def show_known(self, known: Known) -> None:
        """Something that people know, and who does."""
        self._show(known.word, members_words(len(known.members)), "")
        self.who.setText(tr("Who knows about it"))
        self._show_members(
            (member, joined(member.position, member.school, region_name(member.region)))
            for member in known.members
        )
        for button in (self.change, self.versions, self.history):
            button.hide()

    def _show(self, title: str, facts: str, about: str) -> None:
        self.setAccessibleName(title)
        for part, words in ((self.title, title), (self.facts, facts), (self.about, about)):
            part.setText(words)
            part.setVisible(bool(words))

    def _show_members(self, members: Iterable[tuple[MemberRow, str]]) -> None:
        self.members.show_with(members)
        tab_as_laid_out(self._inside)
