"""One member's profile."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.services.care import CareView
from cop_desktop.services.people import Match, Matches, MemberView, Practice
from cop_desktop.ui.people.forms import stage_name
from cop_desktop.ui.people.member_buttons import MemberButtons
from cop_desktop.ui.people.model import joined, region_name
from cop_desktop.ui.people.practice_part import PracticePart
from cop_desktop.ui.records.care_cover import CareCover
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.avatar import Avatar
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.markdown_view import MarkdownView
from cop_desktop.ui.widgets.tab_chain import tab_as_laid_out
from cop_desktop.ui.widgets.tag_row import TagRow
from cop_desktop.ui.widgets.tips import plain_tip

_AVATAR_PX = 56
_SCHOOL_PX = 250
"""Of the name of a school on a button."""


class ProfileView(QStackedWidget):
    """What a member says of themselves; the buttons are there for one's own.

    `member_wanted` and `school_shown` carry ids. `show_wanted`: what is to be looked at with care.
    """

    change_wanted = Signal()
    school_wanted = Signal()
    school_shown = Signal(bytes)
    member_wanted = Signal(bytes)
    link_activated = Signal(str)
    care_wanted = Signal()
    show_wanted = Signal()
    versions_wanted = Signal()
    history_wanted = Signal()

    def __init__(self, theme: Theme, when: When) -> None:
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
            "identity": _Part(theme, self.tr("Who I am as a leader")),
            "about": _Part(theme, self.tr("About")),
            "offers": _Part(theme, self.tr("Can offer")),
            "asks": _Part(theme, self.tr("Looks for")),
        }
        self.unsaid = label("", "soft")
        self.invitation = self._strip_with(self.unsaid)
        self.help_title = label("", "section")
        self.hint = label("")
        self._hint_strip = self._strip_with(self.hint)
        self.helpers = MemberButtons(theme)
        self.practice = PracticePart(theme, when)
        self.there = push_button(theme, "", "quiet", "school")
        self.care = push_button(theme, "", "quiet", "care")
        self.cover = CareCover(theme)
        self.change = push_button(theme, self.tr("&Change my profile…"), "primary", "edit")
        self.school = push_button(theme, self.tr("&Add my school…"), "quiet", "school")
        self.versions = push_button(theme, self.tr("T&wo versions…"), "quiet", "versions")
        self.history = push_button(theme, self.tr("Histor&y…"), "quiet", "history")
        self._nobody = EmptyState(theme, "people", "", "")
        self.addWidget(self._nobody)
        self.addWidget(self._laid_out())
        self.addWidget(self.cover)
        self.cover.show_wanted.connect(self.show_wanted)
        self.care.clicked.connect(self.care_wanted)
        self.there.clicked.connect(self._want_school_page)
        self.practice.link_activated.connect(self.link_activated)
        for part in self.parts.values():
            part.text.link_activated.connect(self.link_activated)
        self.helpers.member_wanted.connect(self.member_wanted)
        self.change.clicked.connect(self._want_change)
        self.school.clicked.connect(self._want_school)
        self.versions.clicked.connect(self._want_versions)
        self.history.clicked.connect(self._want_history)

    def show_nobody(self, headline: str, sentence: str) -> None:
        """Nobody is chosen, and why one should be."""
        self._shown = None
        self._nobody.set_words(headline, sentence)
        self.setCurrentIndex(0)

    def show_cover(self, care: CareView) -> None:
        """Nothing of the member, but that they are to be looked at with care."""
        self._shown = None
        self.cover.show_care(care)
        self.setCurrentIndex(2)

    def show_practice(self, practice: Practice) -> None:
        """What the member who is shown has brought."""
        is_mine = self._shown is not None and self._shown.is_me
        self.practice.show_practice(practice, is_mine=is_mine)

    def show_matches(self, matches: Matches) -> None:
        """On one's own profile who may help; on another's, what speaks for asking them."""
        member = self._shown
        own = member is not None and member.is_me
        said = self.tr("They mention: {0}")
        self.helpers.show_with(
            (match.member, said.format(", ".join(match.words))) for match in matches.helpers if own
        )
        spoken = [] if member is None else _words_of(member, matches.helpers)
        self.help_title.setText(self.tr("These members may help you with what you look for"))
        self.help_title.setVisible(own and bool(matches.helpers))
        words = self.tr("What they offer or know speaks of what you look for: {0}.")
        self.hint.setText(words.format(", ".join(spoken)))
        self._hint_strip.setVisible(bool(spoken) and not own)
        tab_as_laid_out(self._inside)

    def show_member(self, member: MemberView) -> None:
        """Shows a profile as it is now."""
        if member == self._shown:
            return  # what is selected or has the keyboard stays so
        if self._shown is None or self._shown.id != member.id:
            self.practice.show_practice(None)
            self.help_title.hide()
            self._hint_strip.hide()
            self.helpers.show_with(())
            self._scroll.verticalScrollBar().setValue(0)
        self._shown = member
        self.avatar.set_name(member.name)
        self.name.setText(member.name)
        stage = stage_name(member.career_stage or "")
        self.facts.setText(
            joined(member.position, member.school, region_name(member.region), stage)
        )
        self.facts.setVisible(bool(self.facts.text()))
        self.state.setText(self._state_words(member))
        self.state.setVisible(bool(self.state.text()))
        self.expertise.show_tags(member.expertise)
        self.expertise.setVisible(bool(member.expertise))
        texts = _texts_of(member)
        for key, text in texts.items():
            self.parts[key].show_text(text)
        self._show_unsaid(member, said=any(texts.values()) or bool(member.expertise))
        self._show_buttons(member)
        tab_as_laid_out(self._inside)
        self.setCurrentIndex(1)

    def _show_unsaid(self, member: MemberView, *, said: bool) -> None:
        missing = self._missing(member)
        self.unsaid.setText(self._unsaid_words(member, missing))
        shown = (bool(missing) and member.here) if member.is_me else not said
        self.unsaid.setVisible(shown or not member.here)
        self.invitation.setVisible(shown or not member.here)

    def _show_buttons(self, member: MemberView) -> None:
        self.change.setVisible(member.may_change)
        self.school.setVisible(member.may_change and not member.school)
        self._own_buttons.setVisible(member.may_change)
        self.versions.setVisible(member.two_versions)
        self.history.setVisible(member.here)
        most = self._theme.metrics.px(_SCHOOL_PX)
        words = self.there.fontMetrics()
        school = words.elidedText(member.school, Qt.TextElideMode.ElideRight, most)
        self.there.setText(self.tr("Who works at {0}").format(school.replace("&", "&&")))
        self.there.setToolTip(plain_tip(member.school))
        self.there.setVisible(member.school_id is not None)
        asked = member.care is not None
        care = self.tr("Care is n&ot needed") if asked else self.tr("Ask f&or care…")
        self.care.setText(care)
        self.care.setVisible(member.here and not member.is_me)

    def _state_words(self, member: MemberView) -> str:
        if member.state == "waiting":
            return self.tr("Saved on this computer; goes with the next connection.")
        if member.state == "refused":
            return self.tr("The server did not take the last change; it is kept here.")
        return ""

    def _missing(self, member: MemberView) -> list[str]:
        parts = (
            (member.position or member.school, self.tr("where you work")),
            (member.expertise, self.tr("what you know about")),
            (member.identity, self.tr("who you are as a leader")),
            (member.offers, self.tr("what you can offer")),
            (member.asks, self.tr("what you look for")),
        )
        return [words for said, words in parts if not said]

    def _unsaid_words(self, member: MemberView, missing: list[str]) -> str:
        if not member.here:
            return self.tr("This profile is on its way to this computer.")
        if member.is_me:
            words = self.tr("Others find you by your profile. Not said yet: {0}.")
            return words.format(", ".join(missing))
        return self.tr("{0} has not written anything here yet.").format(member.name)

    def _laid_out(self) -> QWidget:
        self._inside = QWidget()
        self._inside.setObjectName("pane")
        column = QVBoxLayout(self._inside)
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
        self._own_buttons, verbs = QWidget(), QWidget()
        row, more = FlowLayout(self._own_buttons), FlowLayout(verbs)
        pad(self._theme, row, 0, 8)
        pad(self._theme, more, 0, 4)
        for button in (self.change, self.school):
            row.addWidget(button)
        for button in (self.there, self.versions, self.history, self.care):
            more.addWidget(button)
        for part in (self.state, self.invitation, self._own_buttons, self.expertise):
            column.addWidget(part)
        for part in (self._hint_strip, *self.parts.values()):
            column.addWidget(part)
        for part in (self.help_title, self.helpers, self.practice, verbs):
            column.addWidget(part)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes through what is in it
        self._scroll.setWidget(self._inside)
        self._scroll.setAccessibleName(self.tr("Profile"))
        return self._scroll

    def _strip_with(self, words: QWidget) -> QFrame:
        strip = QFrame()
        strip.setObjectName("strip")
        inside = QVBoxLayout(strip)
        pad(self._theme, inside, (12, 10, 12, 10), 8)
        inside.addWidget(words)
        return strip

    def _want_school_page(self) -> None:
        if self._shown is not None and self._shown.school_id is not None:
            self.school_shown.emit(self._shown.school_id)

    def _want_change(self) -> None:
        self.change_wanted.emit()

    def _want_school(self) -> None:
        self.school_wanted.emit()

    def _want_history(self) -> None:
        self.history_wanted.emit()

    def _want_versions(self) -> None:
        self.versions_wanted.emit()


def _texts_of(member: MemberView) -> dict[str, str]:
    return {
        "identity": member.identity,
        "about": member.about,
        "offers": member.offers,
        "asks": member.asks,
    }


def _words_of(member: MemberView, matches: tuple[Match, ...]) -> list[str]:
    return [word for match in matches if match.member.id == member.id for word in match.words]


class _Part(QWidget):
    """A heading and what is said under it; gone while nothing is."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.text = MarkdownView(theme, title)
        column = QVBoxLayout(self)
        pad(theme, column, 0, 4)
        column.addWidget(label(title, "section"))
        column.addWidget(self.text)

    def show_text(self, text: str) -> None:
        if text != self.text.markdown():
            self.text.show_markdown(text)
        self.setVisible(bool(text))
