"""One item: what it says, its files, and what can be done with it now."""

from functools import partial

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from cop_desktop.services.library import ItemView, Step
from cop_desktop.ui.library.file_row import FileRow
from cop_desktop.ui.library.words import choice_name, step_name
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
        self.title = label("", "title", wraps=True)
        self.facts = label("", "soft", wraps=True)
        self.more_facts = label("", "soft", wraps=True)
        self.tags = TagRow(theme)
        self.summary = MarkdownView(theme, self.tr("Summary"))
        self.file_title = label(self.tr("Files"), "section")
        self._steps, self._files = QWidget(), QWidget()
        self._step_row = FlowLayout(self._steps)
        self._file_column = QVBoxLayout(self._files)
        pad(theme, self._file_column, 0, 6)
        self.buttons = {
            key: push_button(theme, words, "quiet", icon)
            for key, words, icon in (
                ("versions", self.tr("T&wo versions…"), "versions"),
                ("change", self.tr("&Change…"), "edit"),
                ("file", self.tr("Add a &file…"), "attach"),
                ("adapt", self.tr("A&dapt a copy"), "copy"),
                ("history", self.tr("&History…"), "history"),
                ("trash", self.tr("Move to trash"), "trash"),
            )
        }
        self._nothing = EmptyState(
            theme, "library", self.tr("Choose an item to read it"), self.tr("Or add a new one.")
        )
        self.addWidget(self._nothing)
        self.addWidget(self._laid_out())
        self._connect()

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.setCurrentIndex(0)

    def show_item(self, item: ItemView) -> None:
        """Shows an item as it is now."""
        self.title.setText(item.title)
        self.facts.setText(self._facts(item))
        self.more_facts.setText(self._more_facts(item))
        self.more_facts.setVisible(bool(self.more_facts.text()))
        self.tags.show_tags(item.tags)
        self.summary.show_markdown(item.summary.text or self.tr("*Nobody has described it yet.*"))
        self._show_steps(item.steps)
        self._show_files(item)
        self.buttons["versions"].setVisible(item.two_versions)
        self.buttons["change"].setVisible(item.may_change)
        self.buttons["trash"].setVisible(item.may_remove)
        self.setCurrentIndex(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.currentIndex() and _paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.files_dropped.emit(_paths(event.mimeData()))
        event.acceptProposedAction()

    def _facts(self, item: ItemView) -> str:
        who = self.tr("{0}, {1}").format(item.author, self._when.full(item.added))
        minutes = self.tr("{0} min to read").format(item.reading_minutes)
        parts = (
            choice_name(item.status),
            choice_name(item.type),
            choice_name(item.evidence),
            minutes if item.reading_minutes else "",
            who,
        )
        return " · ".join(part for part in parts if part)

    def _more_facts(self, item: ItemView) -> str:
        lines = []
        if item.strategies:
            lines.append(self.tr("Serves: {0}").format(", ".join(item.strategies)))
        if item.reviewer:
            lines.append(self.tr("With {0} for review").format(item.reviewer))
        if item.review_by is not None:
            due = self.tr("To be reviewed again by {0}")
            lines.append(due.format(f"{item.review_by:%d %b %Y}".lstrip("0")))
        if item.adapted_from is not None and item.adapted_from.title:
            lines.append(self.tr("Adapted from “{0}”").format(item.adapted_from.title))
        if item.credit:
            lines.append(self.tr("Credit: {0}").format(item.credit))
        return "\n".join(lines)

    def _show_steps(self, steps: tuple[Step, ...]) -> None:
        _clear(self._step_row)
        for number, step in enumerate(steps):
            button = push_button(self._theme, step_name(step), "" if number else "primary")
            button.clicked.connect(partial(self.step_wanted.emit, step))
            self._step_row.addWidget(button)
        self._steps.setVisible(bool(steps))

    def _show_files(self, item: ItemView) -> None:
        _clear(self._file_column)
        for number, file in enumerate(item.versions):
            row = FileRow(self._theme, file, self._when, is_newest=number == 0)
            row.wished.connect(self.file_wish)
            self._file_column.addWidget(row)
        self.file_title.setVisible(bool(item.versions))

    def _laid_out(self) -> QWidget:
        inside = QWidget()
        inside.setObjectName("pane")
        column = QVBoxLayout(inside)
        pad(self._theme, column, (24, 16, 24, 24), 10)
        verbs = QHBoxLayout()
        for button in self.buttons.values():
            verbs.addWidget(button)
        verbs.addStretch(1)
        for part in (self.title, self.facts, self.tags, self._steps, self.summary):
            column.addWidget(part)
        for part in (self.more_facts, self.file_title, self._files):
            column.addWidget(part)
        column.addLayout(verbs)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setAccessibleName(self.tr("Item"))
        return scroll

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


def _clear(layout: FlowLayout | QVBoxLayout) -> None:
    while (taken := layout.takeAt(0)) is not None:
        widget = taken.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _paths(dragged: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in dragged.urls() if url.isLocalFile()]
