"""One item: what it says, its files, and what can be done with it now."""

from functools import partial

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from cop_desktop.services.attachments import FileView
from cop_desktop.services.library import ItemView, Step
from cop_desktop.ui.library.facts import Facts
from cop_desktop.ui.library.file_row import FileRow
from cop_desktop.ui.library.words import step_name
from cop_desktop.ui.records.badge_label import BadgeLabel
from cop_desktop.ui.records.states import state_badge
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.markdown_view import MarkdownView
from cop_desktop.ui.widgets.tag_row import TagRow


class DetailView(QStackedWidget):
    """Wishes carry what they are about; `files_dropped` carries paths as text."""

    step_wanted = Signal(object)
    change_wanted = Signal()
    adapt_wanted = Signal()
    trash_wanted = Signal()
    restore_wanted = Signal()
    history_wanted = Signal()
    versions_wanted = Signal()
    add_file_wanted = Signal()
    files_dropped = Signal(object)
    file_wish = Signal(str, object)

    def __init__(self, theme: Theme, when: When) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Item"))
        self.setAcceptDrops(True)
        self._theme = theme
        self._when = when
        self._words = Facts(when, self)
        self.title = label("", "title", wraps=True)
        self.facts = label("", "soft", wraps=True)
        self.more_facts = label("", "soft", wraps=True)
        self.tags = TagRow(theme)
        self.summary = MarkdownView(theme, self.tr("Summary"))
        self.file_title = label(self.tr("Files"), "section")
        self.coming = label("", "soft")
        self._marks, self._steps, self._verbs = QWidget(), QWidget(), QWidget()
        self._mark_row, self._step_row = FlowLayout(self._marks), FlowLayout(self._steps)
        self._files = QWidget()
        self._file_column = QVBoxLayout(self._files)
        pad(theme, self._file_column, 0, 6)
        self._shown: ItemView | None = None
        self.buttons = {
            key: push_button(theme, words, "tag" if key == "versions" else "quiet", icon)
            for key, words, icon in (
                ("versions", self.tr("T&wo versions…"), "versions"),
                ("change", self.tr("&Change…"), "edit"),
                ("file", self.tr("Add a &file…"), "attach"),
                ("adapt", self.tr("A&dapt a copy"), "copy"),
                ("history", self.tr("&History…"), "history"),
                ("trash", self.tr("Move to trash"), "trash"),
            )
        }
        self._nothing = EmptyState(theme, "library", "", "")
        self.addWidget(self._nothing)
        self._connect()
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self._shown = None
        self._nothing.set_words(
            self.tr("Choose an item to read it"), self.tr("Or add something of your own.")
        )
        self._nothing.set_action("")
        self.setCurrentIndex(0)

    def show_trashed(self, item: ItemView) -> None:
        """What was read here is in the trash, by oneself or by somebody else."""
        self._shown = None
        words = self.tr("“{0}” is in the trash.").format(item.title)
        self._nothing.set_words(words, self.tr("It can be put back from there at any time."))
        self._nothing.set_action(self.tr("Put back") if item.may_remove else "")
        self.setCurrentIndex(0)

    def show_item(self, item: ItemView) -> None:
        """Shows an item as it is now; what stays the same keeps the keyboard."""
        before, self._shown = self._shown, item
        if item == before:
            return
        if self.count() == 1:
            self._lay_out()
        self.title.setText(item.title)
        self.facts.setText(self._words.first(item))
        self.more_facts.setText(self._words.more(item))
        self.more_facts.setVisible(bool(self.more_facts.text()))
        if before is None or item.tags != before.tags:
            self.tags.show_tags(item.tags)
        if before is None or item.summary != before.summary:
            nothing = self.tr("*Nobody has described it yet.*")
            self.summary.show_markdown(item.summary.text or nothing)
        self._show_marks(item)
        if before is None or item.steps != before.steps:
            self._show_steps(item.steps)
        if before is None or item.versions != before.versions:
            self._show_files(item.versions)
        self.buttons["change"].setVisible(item.may_change)
        self.buttons["trash"].setVisible(item.may_remove)
        self.setCurrentIndex(1)

    def show_coming(self, names: list[str]) -> None:
        """The files that are being read just now, to be added to the item."""
        words = self.tr("Adding {0}…").format(", ".join(names))
        self.coming.setText(words if names else "")
        self.coming.setVisible(bool(names))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.currentIndex() and _paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.files_dropped.emit(_paths(event.mimeData()))
        event.acceptProposedAction()

    def _show_marks(self, item: ItemView) -> None:
        button = self.buttons["versions"]
        self._mark_row.removeWidget(button)
        self._mark_row.clear()
        badges = [*self._words.marks(item), *state_badge(item.state)]
        for badge in badges:
            self._mark_row.addWidget(BadgeLabel(self._theme, badge))
        self._mark_row.addWidget(button)
        button.setVisible(item.two_versions)
        self._marks.setVisible(bool(badges) or item.two_versions)

    def _show_steps(self, steps: tuple[Step, ...]) -> None:
        had_keyboard = self._steps.isAncestorOf(self.window().focusWidget())
        _clear(self._step_row)
        made = []
        for number, step in enumerate(steps):
            button = push_button(self._theme, step_name(step), "" if number else "primary")
            button.clicked.connect(partial(self.step_wanted.emit, step))
            self._step_row.addWidget(button)
            made.append(button)
        self._steps.setVisible(bool(steps))
        if had_keyboard:
            (made[0] if made else self.buttons["history"]).setFocus()

    def _show_files(self, versions: tuple[FileView, ...]) -> None:
        had_keyboard = self._files.isAncestorOf(self.window().focusWidget())
        _clear(self._file_column)
        rows = []
        for number, file in enumerate(versions):
            row = FileRow(self._theme, file, self._when, is_newest=number == 0)
            row.wished.connect(self.file_wish)
            self._file_column.addWidget(row)
            rows.append(row)
        self.file_title.setVisible(bool(versions))
        if had_keyboard:
            (rows[0] if rows else self.buttons["file"]).setFocus()

    def _lay_out(self) -> None:
        """Done for the first item only, so that going to the place does not wait for it.

        From the outside in: what is put into another widget is styled again with all in it.
        """
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(self.tr("Item"))
        self.addWidget(scroll)
        inside = QWidget()
        inside.setObjectName("pane")
        column = QVBoxLayout(inside)
        pad(self._theme, column, (24, 16, 24, 24), 10)
        scroll.setWidget(inside)
        self.coming.hide()
        for part in (self.title, self.facts, self._marks, self.tags, self._steps, self.summary):
            column.addWidget(part)
        for part in (self.more_facts, self.file_title, self._files, self.coming, self._verbs):
            column.addWidget(part)
        column.addStretch(1)
        pad(self._theme, self._mark_row, 0, 6)
        pad(self._theme, self._step_row, 0, 8)
        verbs = FlowLayout(self._verbs)
        pad(self._theme, verbs, 0, 4)
        for key, button in self.buttons.items():
            if key != "versions":
                verbs.addWidget(button)

    def _connect(self) -> None:
        wishes = {
            "versions": self.versions_wanted,
            "change": self.change_wanted,
            "file": self.add_file_wanted,
            "adapt": self.adapt_wanted,
            "history": self.history_wanted,
            "trash": self.trash_wanted,
        }
        for key, wish in wishes.items():
            self.buttons[key].clicked.connect(wish)
        self._nothing.action_wanted.connect(self.restore_wanted)


def _clear(layout: QLayout) -> None:
    while (taken := layout.takeAt(0)) is not None:
        widget = taken.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _paths(dragged: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in dragged.urls() if url.isLocalFile()]
