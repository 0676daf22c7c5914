"""One item: what it says, where it is on its way, its files, who used it, what can be done."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from cop_desktop.services.library import ItemView
from cop_desktop.ui.library.facts import Facts
from cop_desktop.ui.library.files_part import FilesPart
from cop_desktop.ui.library.relations import Relations
from cop_desktop.ui.library.review_band import ReviewBand
from cop_desktop.ui.library.uses_part import UsesPart
from cop_desktop.ui.records.badge_label import BadgeLabel
from cop_desktop.ui.records.care_cover import CareCover
from cop_desktop.ui.records.states import state_badge
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.markdown_view import MarkdownView
from cop_desktop.ui.widgets.pasting import local_files
from cop_desktop.ui.widgets.tab_chain import tab_as_laid_out
from cop_desktop.ui.widgets.tag_row import TagRow


class DetailView(QStackedWidget):
    """Wishes carry what they are about; `files_dropped` carries paths as text.

    The parts have wishes of their own: `review`, `uses`, `files`, `relations`.
    """

    change_wanted = Signal()
    adapt_wanted = Signal()
    cite_wanted = Signal()
    care_wanted = Signal()
    show_wanted = Signal()
    trash_wanted = Signal()
    restore_wanted = Signal()
    history_wanted = Signal()
    versions_wanted = Signal()
    add_file_wanted = Signal()
    files_dropped = Signal(object)
    files_pasted = Signal(object)

    def __init__(self, theme: Theme, when: When) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Item"))
        self.setAcceptDrops(True)
        self._theme = theme
        self._words = Facts(when, self)
        self.title = label("", "title", wraps=True)
        self.facts = label("", "soft", wraps=True)
        self.more_facts = label("", "soft", wraps=True)
        self.tags = TagRow(theme)
        self.summary = MarkdownView(theme, self.tr("Summary"))
        self.review = ReviewBand(theme)
        self.relations = Relations(theme)
        self.uses = UsesPart(theme, when)
        self.files = FilesPart(theme, when)
        self._marks = QWidget()
        self._mark_row = FlowLayout(self._marks)
        self._shown: ItemView | None = None
        self.buttons = {
            key: push_button(theme, words, "tag" if key == "versions" else "quiet", icon)
            for key, words, icon in self._verbs()
        }
        self._nothing = EmptyState(theme, "library", "", "")
        self._cover = CareCover(theme)
        self._item, self._inside = QScrollArea(), QWidget()
        self._inside.setObjectName("pane")
        for page in (self._nothing, self._item, self._cover):
            self.addWidget(page)
        self._is_laid_out = False
        self._connect()
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self._shown = None
        self._nothing.set_words(
            self.tr("Choose an item to read it"), self.tr("Or add something of your own.")
        )
        self._nothing.set_action("")
        self.setCurrentWidget(self._nothing)

    def show_trashed(self, item: ItemView) -> None:
        """What was read here is in the trash, by oneself or by somebody else."""
        self._shown = None
        words = self.tr("“{0}” is in the trash.").format(item.title)
        self._nothing.set_words(words, self.tr("It can be put back from there at any time."))
        self._nothing.set_action(self.tr("Put back") if item.may_remove else "")
        self.setCurrentWidget(self._nothing)

    def show_cover(self, item: ItemView) -> None:
        """Nothing of the item, but that it is to be looked at with care."""
        self._shown = None
        if item.care is not None:
            self._cover.show_care(item.care)
        self.setCurrentWidget(self._cover)

    def show_item(self, item: ItemView) -> None:
        """Shows an item as it is now; what stays the same keeps the keyboard."""
        before, self._shown = self._shown, item
        if item == before:
            return
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
        self.relations.show_item(item)
        self.uses.show_item(item)
        self._show_verbs(item)
        if self.review.show_item(item, before) is not None:
            self.buttons["history"].setFocus()
        if self.files.show_files(item.versions):
            self.buttons["file"].setFocus()
        tab_as_laid_out(self._inside)
        if before is None or before.id != item.id:
            self._item.verticalScrollBar().setValue(0)
        self.setCurrentWidget(self._item)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.currentWidget() is self._item and local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.files_dropped.emit(local_files(event.mimeData()))
        event.acceptProposedAction()

    def paste_files(self, pasted: QMimeData) -> bool:
        """Files or a picture, for the item that is shown."""
        takes = local_files(pasted) or pasted.hasImage()
        if self.currentWidget() is not self._item or not takes:
            return False
        self.files_pasted.emit(pasted)
        return True

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

    def _show_verbs(self, item: ItemView) -> None:
        self.buttons["change"].setVisible(item.may_change)
        self.buttons["trash"].setVisible(item.may_remove)
        asked = item.care is not None
        care = self.tr("Care is n&ot needed") if asked else self.tr("Ask f&or care…")
        self.buttons["care"].setText(care)

    def _verbs(self) -> tuple[tuple[str, str, str], ...]:
        return (
            ("versions", self.tr("T&wo versions…"), "versions"),
            ("change", self.tr("&Change…"), "edit"),
            ("file", self.tr("Add a fi&le…"), "attach"),
            ("adapt", self.tr("A&dapt a copy"), "copy"),
            ("cite", self.tr("C&ite…"), "quote"),
            ("care", "", "care"),
            ("history", self.tr("Histor&y…"), "history"),
            ("trash", self.tr("Move to trash"), "trash"),
        )

    def _lay_out(self) -> None:
        """Done for the first item only, so that going to the place does not wait for it.

        From the outside in: what is put into another widget is styled again with all in it.
        """
        if self._is_laid_out:
            return
        self._is_laid_out = True
        self._item.setWidgetResizable(True)
        self._item.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes through what is in it
        self._item.setAccessibleName(self.tr("Item"))
        verbs = QWidget()
        column = QVBoxLayout(self._inside)
        pad(self._theme, column, (24, 16, 24, 24), 12)
        self._item.setWidget(self._inside)
        for part in (self.title, self.facts, self._marks, self.tags, self.review, self.summary):
            column.addWidget(part)
        for part in (self.more_facts, self.files, self.relations, self.uses, verbs):
            column.addWidget(part)
        column.addStretch(1)
        pad(self._theme, self._mark_row, 0, 6)
        row = FlowLayout(verbs)
        pad(self._theme, row, 0, 4)
        for key, button in self.buttons.items():
            if key != "versions":
                row.addWidget(button)

    def _connect(self) -> None:
        wishes = {
            "versions": self.versions_wanted,
            "change": self.change_wanted,
            "file": self.add_file_wanted,
            "adapt": self.adapt_wanted,
            "cite": self.cite_wanted,
            "care": self.care_wanted,
            "history": self.history_wanted,
            "trash": self.trash_wanted,
        }
        for key, wish in wishes.items():
            self.buttons[key].clicked.connect(wish)
        self._nothing.action_wanted.connect(self.restore_wanted)
        self._cover.show_wanted.connect(self.show_wanted)
