"""The place of sync: what waits, what was refused and why, how much is here."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from cop_desktop.services.sync_status import Deed, SpaceStanding, Standing, WaitingItem
from cop_desktop.services.versions import ContestedRow
from cop_desktop.ui.records.fields import noun_words
from cop_desktop.ui.records.when import When
from cop_desktop.ui.shell.page import Page
from cop_desktop.ui.syncing.budget_view import BudgetPart, BudgetTold
from cop_desktop.ui.syncing.contested_part import ContestedPart
from cop_desktop.ui.syncing.reasons import reason_words
from cop_desktop.ui.syncing.sentence import Facts
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import label, set_property
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.section_header import SectionHeader
from cop_desktop.ui.widgets.sizes import size_words
from sync.core.budget import Lane

_SHOWN_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Told:
    """All that the page shows.

    sentence: how things stand, in one. trouble: what is in the way and what to do, empty if
    nothing. budget: None before it was read. contested: what there are two versions of, for me.
    is_bad: the trouble does not end by itself.
    """

    facts: Facts
    sentence: str
    waiting: tuple[WaitingItem, ...]
    refused: tuple[WaitingItem, ...]
    trouble: str
    budget: BudgetTold | None = None
    contested: tuple[ContestedRow, ...] = ()
    is_bad: bool = False


class SyncPage(Page):
    """Read only but for two wishes: exchange now, and send again what was refused."""

    sync_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, theme: Theme, when: When) -> None:
        super().__init__(theme, self.tr("Sync"))
        self.presenter: QObject | None = None  # kept here, as nothing else keeps it
        self._when = when
        self.header = SectionHeader(theme, self.tr("Sync"), role="title")
        self.now = push_button(theme, self.tr("Sync &now"), "primary", "sync")
        self.now.clicked.connect(self._want_sync)
        self.header.add_button(self.now)
        self.sentence = label("", "subtitle", wraps=True)
        self.trouble = label("", wraps=True)
        self.again = push_button(theme, self.tr("Send &again"), "", "send")
        self.again.clicked.connect(self._want_again)
        self.budget = BudgetPart(theme, when)
        self.contested = ContestedPart(theme, when)
        self._sections = {key: _Section(theme, title) for key, title in self._titles().items()}
        self.set_single(self._laid_out())

    def _titles(self) -> dict[str, str]:
        return {
            "refused": self.tr("Not accepted by the server"),
            "waiting": self.tr("Waiting to go"),
            "spaces": self.tr("What is on this computer"),
            "moved": self.tr("Since the program was opened"),
        }

    def show_told(self, told: Told) -> None:
        """Shows how things stand."""
        self.sentence.setText(told.sentence)
        self.trouble.setText(told.trouble)
        self.trouble.setVisible(bool(told.trouble))
        set_property(self.trouble, "role", "problem" if told.is_bad else "")
        self.again.setVisible(bool(told.refused))
        self.contested.show_rows(told.contested)
        self.budget.setVisible(told.budget is not None)
        if told.budget is not None:
            self.budget.show_told(told.budget)
        sections = self._sections
        sections["refused"].setVisible(bool(told.refused))
        sections["refused"].show_lines([self._refused_line(item) for item in told.refused])
        waiting = [self._waiting_line(item) for item in told.waiting[:_SHOWN_AT_MOST]]
        left = told.facts.standing.waiting - len(waiting)
        if left > 0:
            waiting.append((self.tr("and {0} more").format(f"{left:,}"), ""))
        waiting += self._file_lines(told.facts.standing)
        sections["waiting"].show_lines(waiting or [(self._nothing_waits(told), "")])
        budget = told.facts.budget
        older_waits = budget is not None and budget.holds(Lane.HISTORY) is not None
        spaces = [self._space_line(each, older_waits=older_waits) for each in told.facts.spaces]
        kept = self._kept_lines(told.facts.standing)
        nothing = (self.tr("Nothing yet: it comes once you have joined a community."), "")
        sections["spaces"].show_lines([*spaces, *kept] or [nothing])
        sections["moved"].show_lines(self._moved_lines(told.facts))

    def lines(self, section: str) -> list[str]:
        """The words of a section, for tests and for reading aloud."""
        return self._sections[section].words()

    def _nothing_waits(self, told: Told) -> str:
        if told.refused:
            return self.tr("Nothing but what was not accepted.")
        return self.tr("Nothing: all that you wrote has been sent.")

    def _waiting_line(self, item: WaitingItem) -> tuple[str, str]:
        what = item.label or item.within or noun_words(item.noun)
        details = {
            Deed.WRITTEN: self.tr("{0} · {1} · written {2}"),
            Deed.CHANGED: self.tr("{0} · {1} · changed {2}"),
            Deed.TRASHED: self.tr("{0} · {1} · moved to the trash {2}"),
            Deed.PUT_BACK: self.tr("{0} · {1} · put back {2}"),
        }
        return what, details[item.deed].format(
            noun_words(item.noun), size_words(item.size_bytes), self._when.spoken(item.since)
        )

    def _file_lines(self, standing: Standing) -> list[tuple[str, str]]:
        """What is inside files goes and comes after everything that was written."""
        lines = []
        if standing.up_bytes:
            words = self.tr("{0} still to go")
            lines.append((self.tr("Files"), words.format(size_words(standing.up_bytes))))
        if standing.down_bytes:
            words = self.tr("{0} still to come")
            lines.append(
                (self.tr("Files asked for"), words.format(size_words(standing.down_bytes)))
            )
        return lines

    def _refused_line(self, item: WaitingItem) -> tuple[str, str]:
        kept = self.tr("{0} It is kept on this computer.").format(reason_words(item.reason))
        return item.label or item.within or noun_words(item.noun), kept

    def _space_line(self, space: SpaceStanding, *, older_waits: bool) -> tuple[str, str]:
        own = {"directory": self.tr("Directory"), "personal": self.tr("My own")}
        name = own.get(space.kind, space.name)
        if space.kind == "texts":
            name = self.tr("{0}: words inside files").format(name)
        if space.lost:
            return name, self.tr("you no longer belong to it; what is here can be read")
        if not (space.agreed or space.total):
            return name, self.tr("nothing has come yet")
        if space.complete and space.agreed:
            return name, self.tr("everything up to the last contact is here")
        if space.complete:
            return name, self.tr("here; to be compared with the server at the next contact")
        held = self.tr("{0} of {1}; an older part is on its way")
        if older_waits:
            held = self.tr("{0} of {1}; the older part waits, see “Data this month”")
        return name, held.format(f"{space.held:,}", f"{space.total:,}")

    def _kept_lines(self, standing: Standing) -> list[tuple[str, str]]:
        """What is here and cannot be shown, or cannot go back to the server."""
        lines = []
        if standing.newer:
            words = self.tr("Shown only by a newer version of this program: {0}")
            kept = self.tr("kept and passed on; install the new version to see it")
            lines.append((words.format(f"{standing.newer:,}"), kept))
        if standing.stranded:
            words = self.tr("Written by others and lost by the server: {0}")
            kept = self.tr("kept; the server takes it back once whoever wrote it has been in touch")
            lines.append((words.format(f"{standing.stranded:,}"), kept))
        return lines

    def _moved_lines(self, facts: Facts) -> list[tuple[str, str]]:
        report, contact = facts.report, facts.standing.last_contact
        lines = []
        if report is not None:
            words = self.tr("{0} sent, {1} received")
            sizes = size_words(report.up_bytes), size_words(report.down_bytes)
            lines.append((words.format(*sizes), ""))
        never = self.tr("never")
        heard = never if contact is None else self._when.spoken(contact)
        return [*lines, (self.tr("Last contact with the server: {0}").format(heard), "")]

    def _laid_out(self) -> QWidget:
        inside = QWidget()
        inside.setObjectName("pane")
        column = QVBoxLayout(inside)
        pad(self._theme, column, (24, 16, 24, 24), 12)
        for part in (self.header, self.sentence, self.trouble):
            column.addWidget(part)
        for key, section in self._sections.items():
            column.addWidget(section)
            if key == "waiting":
                column.addWidget(self.budget)
            if key == "refused":
                column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
                column.addWidget(self.contested)
        column.addStretch(1)
        scroll = QScrollArea()
        # Else Shift+Tab would come to it, and from there land on the button that it came from.
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setAccessibleName(self.tr("Sync"))
        land_at(scroll, self.now)
        return scroll

    def _want_sync(self) -> None:
        self.sync_wanted.emit()

    def _want_again(self) -> None:
        self.again_wanted.emit()


class _Section(QWidget):
    """A title and lines under it."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self._theme = theme
        self._column = QVBoxLayout(self)
        pad(theme, self._column, 0, 4)
        self._column.addWidget(label(title, "section"))
        self._lines: list[QWidget] = []
        self._words: list[str] = []

    def show_lines(self, lines: list[tuple[str, str]]) -> None:
        """Shows these (words, soft words) instead of what was there."""
        words = [" · ".join(part for part in line if part) for line in lines]
        if words == self._words:
            return
        for old in self._lines:
            self._column.removeWidget(old)
            old.deleteLater()
        self._lines = [self._line(*line) for line in lines]
        self._words = words

    def words(self) -> list[str]:
        """What stands there."""
        return list(self._words)

    def _line(self, strong: str, soft: str) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        pad(self._theme, column, (0, 2, 0, 6), 0)
        column.addWidget(label(strong, "", wraps=True))
        if soft:
            column.addWidget(label(soft, "soft", wraps=True))
        self._column.addWidget(holder)
        return holder
