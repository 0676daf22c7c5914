"""Who used an item in their school, and how it went."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cop_desktop.services.library import ItemView, UseView
from cop_desktop.ui.library.thanks_button import ThanksButton
from cop_desktop.ui.library.words import day_words, use_words
from cop_desktop.ui.records.badge_label import BadgeLabel
from cop_desktop.ui.records.states import state_badge
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.layout_parts import parts_of, take_all
from cop_desktop.ui.widgets.markdown_view import MarkdownView
from sync.core.ids import Id

_FIRST_SHOWN = 4


class UsesPart(QWidget):
    """Wishes carry the report that they are about."""

    report_wanted = Signal()
    change_wanted = Signal(object)
    trash_wanted = Signal(object)
    versions_wanted = Signal(object)
    link_activated = Signal(str)
    thanked = Signal(object, bool)

    def __init__(self, theme: Theme, when: When) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Used in our schools"))
        self._theme, self._when = theme, when
        self._uses: tuple[UseView, ...] | None = None
        self.title = label("", "section")
        self.invitation = label("", "soft")
        self.report = push_button(theme, self.tr("I &used this in my school…"), "", "school")
        self.report.clicked.connect(self.report_wanted)
        self.thanks = ThanksButton(theme, self.tr("this item"))
        self.thanks.clicked.connect(self._on_thanked)
        self._item: Id | None = None
        self._all = push_button(theme, "", "quiet")
        self._all.clicked.connect(self._show_rest)
        self._column = QVBoxLayout()
        pad(theme, self._column, 0, 10)
        column = QVBoxLayout(self)
        pad(theme, column, 0, 6)
        for part in (self.title, self.invitation):
            column.addWidget(part)
        column.addLayout(self._column)
        buttons = QHBoxLayout()
        pad(theme, buttons, 0, 8)
        buttons.addWidget(self.report)
        buttons.addWidget(self.thanks)
        buttons.addWidget(self._all)
        buttons.addStretch(1)
        column.addLayout(buttons)

    def show_item(self, item: ItemView) -> None:
        """Shows what was said of it; on a draft of which nothing was, nothing."""
        self.setVisible(bool(item.uses) or item.status in ("published", "retired"))
        self._item = item.id
        self.thanks.show_thanks(item.thanks)
        said = use_words(item.use_count)
        self.title.setText(said or self.tr("Used in our schools"))
        self.invitation.setText(
            self.tr(
                "Nobody has said so yet. Two sentences on how it went help the next one decide."
            )
        )
        self.invitation.setVisible(not item.uses)
        if item.uses != self._uses:
            self._uses = item.uses
            self._show(item.uses[:_FIRST_SHOWN])
            rest = len(item.uses) - _FIRST_SHOWN
            self._all.setText(self.tr("Show {0} more").format(rest))
            self._all.setVisible(rest > 0)

    def rows(self) -> list["UseRow"]:
        """The reports that are shown."""
        return parts_of(self._column, UseRow)

    def _on_thanked(self, given: bool) -> None:
        self.thanked.emit(self._item, given)

    def _show_rest(self) -> None:
        self._show(self._uses or ())
        self._all.hide()
        self.rows()[_FIRST_SHOWN].text.setFocus()

    def _show(self, uses: tuple[UseView, ...]) -> None:
        here = self.window().focusWidget()
        had_keyboard = [row.use for row in self.rows() if row.isAncestorOf(here)]
        take_all(self._column)
        for use in uses:
            row = UseRow(self._theme, use, self._when)
            row.change_wanted.connect(self.change_wanted)
            row.trash_wanted.connect(self.trash_wanted)
            row.versions_wanted.connect(self.versions_wanted)
            row.text.link_activated.connect(self.link_activated)
            row.thanked.connect(self.thanked)
            self._column.addWidget(row)
        if had_keyboard:
            again = [row.thanks for row in self.rows() if row.use in had_keyboard]
            (again[0] if again else self.report).setFocus()


class UseRow(QWidget):
    """One report."""

    thanked = Signal(object, bool)
    change_wanted = Signal(object)
    trash_wanted = Signal(object)
    versions_wanted = Signal(object)

    def __init__(self, theme: Theme, use: UseView, when: When) -> None:
        super().__init__()
        self.use = use.id
        who = self.tr("{0}, {1}").format(use.member, use.school) if use.school else use.member
        self.setAccessibleName(self.tr("Report of {0}").format(who))
        used = when.short(use.written) if use.used_on is None else day_words(use.used_on)
        head = QHBoxLayout()
        pad(theme, head, 0, 8)
        words = label(self.tr("{0} · {1}").format(who, used), "strong")
        head.addWidget(words, 1)
        for badge in state_badge(use.state):
            head.addWidget(BadgeLabel(theme, badge))
        self.change = IconButton(theme, "edit", self.tr("Change my report"))
        self.trash = IconButton(theme, "trash", self.tr("Move the report to the trash"))
        self.versions = IconButton(theme, "versions", self.tr("Two versions of the report"))
        self.thanks = ThanksButton(theme, self.tr("the report of {0}").format(use.member))
        self.thanks.show_thanks(use.thanks)
        self.thanks.clicked.connect(self._on_thanked)
        head.addWidget(self.thanks)
        self.versions.clicked.connect(partial(self.versions_wanted.emit, use))
        self.change.clicked.connect(partial(self.change_wanted.emit, use))
        self.trash.clicked.connect(partial(self.trash_wanted.emit, use))
        for button, offered in (
            (self.versions, use.two_versions),
            (self.change, use.may_change),
            (self.trash, use.may_remove),
        ):
            head.addWidget(button)
            if not offered:  # shown here, where it stands nowhere yet, it would be a window
                button.hide()
        self.text = MarkdownView(theme, self.tr("How it went"))
        self.text.show_markdown(use.text)
        column = QVBoxLayout(self)
        pad(theme, column, 0, 2)
        column.addLayout(head)
        column.addWidget(self.text)

    def _on_thanked(self, given: bool) -> None:
        self.thanked.emit(self.use, given)
