"""One member's profile."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from cop_desktop.services.people import MemberView
from cop_desktop.ui.people.forms import stage_name
from cop_desktop.ui.people.model import joined
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.avatar import Avatar
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.tag_row import TagRow

_AVATAR_PX = 56


class ProfileView(QStackedWidget):
    """What a member says of themselves; the buttons are there for one's own."""

    change_wanted = Signal()
    school_wanted = Signal()
    versions_wanted = Signal()
    history_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Profile"))
        self._theme = theme
        self._shown: MemberView | None = None
        self.avatar = Avatar(theme, "", _AVATAR_PX)
        self.name = label("", "title")
        self.facts = label("", "soft")
        self.state = label("", "soft")
        self.expertise = TagRow(theme)
        self.parts = {
            "about": _Part(theme, self.tr("About")),
            "offers": _Part(theme, self.tr("Can offer")),
            "asks": _Part(theme, self.tr("Looks for")),
        }
        self.unsaid = label("", "soft")
        self.change = push_button(theme, self.tr("&Change my profile…"), "primary", "edit")
        self.school = push_button(theme, self.tr("&Add my school…"), "quiet", "school")
        self.versions = push_button(theme, self.tr("T&wo versions…"), "quiet", "versions")
        self.history = push_button(theme, self.tr("&History…"), "quiet", "history")
        self.addWidget(
            EmptyState(
                theme,
                "people",
                self.tr("Choose somebody to read about them"),
                self.tr("What they know, what they offer, and what they look for."),
            )
        )
        self.addWidget(self._laid_out())
        self.change.clicked.connect(self._want_change)
        self.school.clicked.connect(self._want_school)
        self.versions.clicked.connect(self._want_versions)
        self.history.clicked.connect(self._want_history)

    def show_nobody(self) -> None:
        """Nobody is chosen."""
        self._shown = None
        self.setCurrentIndex(0)

    def show_member(self, member: MemberView) -> None:
        """Shows a profile as it is now."""
        if member == self._shown:
            return  # what is selected or has the keyboard stays so
        self._shown = member
        self.avatar.set_name(member.name)
        self.name.setText(member.name)
        stage = stage_name(member.career_stage or "")
        self.facts.setText(joined(member.position, member.school, member.region, stage))
        self.facts.setVisible(bool(self.facts.text()))
        self.state.setText(self._state_words(member))
        self.state.setVisible(bool(self.state.text()))
        self.expertise.show_tags(member.expertise)
        self.expertise.setVisible(bool(member.expertise))
        texts = {"about": member.about, "offers": member.offers, "asks": member.asks}
        for key, text in texts.items():
            self.parts[key].show_text(text)
        self.unsaid.setText(self._unsaid_words(member))
        said = any(texts.values()) or bool(member.expertise)
        self.unsaid.setVisible(not said)
        self.change.setVisible(member.may_change)
        self.school.setVisible(member.may_change and not member.school)
        self.versions.setVisible(member.two_versions)
        self.history.setVisible(member.here)
        self.setCurrentIndex(1)

    def _state_words(self, member: MemberView) -> str:
        if member.state == "waiting":
            return self.tr("Saved on this computer; goes with the next connection.")
        if member.state == "refused":
            return self.tr("The server did not take the last change; it is kept here.")
        return ""

    def _unsaid_words(self, member: MemberView) -> str:
        if not member.here:
            return self.tr("This profile is on its way to this computer.")
        if member.is_me:
            return self.tr("Tell the others what you know, what you offer and what you look for.")
        return self.tr("{0} has not written anything here yet.").format(member.name)

    def _laid_out(self) -> QWidget:
        inside = QWidget()
        inside.setObjectName("pane")
        column = QVBoxLayout(inside)
        pad(self._theme, column, (24, 16, 24, 24), 12)
        words = QVBoxLayout()
        pad(self._theme, words, 0, 2)
        words.addWidget(self.name)
        words.addWidget(self.facts)
        head = QHBoxLayout()
        pad(self._theme, head, 0, 16)
        head.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        column.addLayout(head)
        buttons = QHBoxLayout()
        pad(self._theme, buttons, 0, 8)
        for button in (self.change, self.school, self.versions, self.history):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for part in (self.state, self.expertise, *self.parts.values(), self.unsaid):
            column.addWidget(part)
        column.addLayout(buttons)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setAccessibleName(self.tr("Profile"))
        return scroll

    def _want_change(self) -> None:
        self.change_wanted.emit()

    def _want_school(self) -> None:
        self.school_wanted.emit()

    def _want_history(self) -> None:
        self.history_wanted.emit()

    def _want_versions(self) -> None:
        self.versions_wanted.emit()


class _Part(QWidget):
    """A heading and what is said under it; gone while nothing is."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.text: QLabel = label("", "")
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column = QVBoxLayout(self)
        pad(theme, column, 0, 4)
        column.addWidget(label(title, "section"))
        column.addWidget(self.text)

    def show_text(self, text: str) -> None:
        self.text.setText(text)
        self.setVisible(bool(text))
