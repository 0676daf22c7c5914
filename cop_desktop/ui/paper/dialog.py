"""The dialog that shows a paper as it will be, and prints or saves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QDialog,
    QFrame,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.services.papers import Paper
from cop_desktop.ui.paper.document import PaperDocument
from cop_desktop.ui.paper.pages_view import PagesView
from cop_desktop.ui.paper.printing import ask_and_print
from cop_desktop.ui.paper.saving import PaperSaving
from cop_desktop.ui.paper.tools import PaperTools
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.tips import plain_tip

_NARROW_PX = 620


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """One paper to choose. detail: what is on it."""

    name: str
    paper: Paper
    detail: str = ""


def show_papers(
    window: QWidget, tools: PaperTools, choices: Sequence[PaperChoice], first: int = 0
) -> "PaperDialog":
    """Opens the dialog on one of the papers."""
    dialog = PaperDialog(window, tools, choices)
    dialog.choose(first)
    dialog.open()
    dialog.focus_choice()
    return dialog


class PaperDialog(QDialog):
    """Which paper at the left, its pages at the right; one over the other where it is narrow."""

    def __init__(self, window: QWidget, tools: PaperTools, choices: Sequence[PaperChoice]) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Print or save"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tools = tools
        self._choices = tuple(choices)
        self._place = 0
        self._document: PaperDocument | None = None
        self.saving = PaperSaving(window, tools)
        self.pages = PagesView(tools.theme)
        self._count = label("", "soft")
        self._group = QButtonGroup(self)
        self._lay_out()
        room = window.size() - QSize(60, 60)
        self.resize(room.boundedTo(QSize(*map(tools.theme.metrics.px, (980, 720)))))

    @property
    def paper(self) -> Paper:
        """The one that is chosen."""
        return self._choices[self._place].paper

    def choose(self, place: int) -> None:
        """Shows another of the papers."""
        self._place = place
        self._group.button(place).setChecked(True)
        self._document = PaperDocument(self.paper)
        self.pages.show_document(self._document)
        count = self._document.pageCount()
        words = self.tr("1 page") if count == 1 else self.tr("{0} pages").format(count)
        self._count.setText(words)

    def focus_choice(self) -> None:
        """The keyboard goes to the paper that is chosen."""
        self._group.button(self._place).setFocus(Qt.FocusReason.TabFocusReason)

    def page_words(self) -> str:
        """How many pages it has."""
        return self._count.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self._tools.theme.metrics.px(_NARROW_PX)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._body.setDirection(way)

    def _print(self) -> None:
        ask_and_print(self, self._tools, self.paper)

    def _save_pdf(self) -> None:
        self.saving.save_pdf(self.paper)

    def _save_docx(self) -> None:
        self.saving.save_docx(self.paper)

    def _lay_out(self) -> None:
        theme = self._tools.theme
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        pad(theme, column, 16, 8)
        for place, choice in enumerate(self._choices):
            button = QRadioButton(choice.name)
            button.setAccessibleDescription(choice.detail)
            button.setToolTip(plain_tip(choice.detail))
            button.clicked.connect(partial(self._on_choice, place))
            self._group.addButton(button, place)
            column.addWidget(button)
        column.addWidget(self._count)
        column.addSpacing(theme.metrics.room)
        for words, kind, icon, slot in (
            (self.tr("&Print…"), "primary", "print", self._print),
            (self.tr("Save as P&DF…"), "", "file-pdf", self._save_pdf),
            (self.tr("Save for &Word…"), "", "file-doc", self._save_docx),
            (self.tr("&Close"), "quiet", "", self.reject),
        ):
            wish = push_button(theme, words, kind, icon)
            wish.clicked.connect(slot)
            column.addWidget(wish)
        column.addStretch(1)
        side = QScrollArea()
        side.setWidget(inner)
        side.setWidgetResizable(True)
        side.setFrameShape(QFrame.Shape.NoFrame)
        side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side.setMinimumWidth(theme.metrics.px(250))
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        pad(theme, self._body, 0, 0)
        self._body.addWidget(side, 1)
        self._body.addWidget(self.pages, 3)

    def _on_choice(self, place: int, _checked: bool) -> None:
        self.choose(place)
