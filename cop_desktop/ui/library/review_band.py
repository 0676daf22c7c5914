"""Who has an item for review and until when, what they answered, and the steps to take now."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from cop_desktop.services.library import ItemView, Step
from cop_desktop.ui.library.facts import answer_words, holder_words
from cop_desktop.ui.library.words import step_name
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.layout_parts import parts_of
from cop_desktop.ui.widgets.markdown_view import MarkdownView

_URGENT = frozenset({Step.SUBMIT, Step.START_REVIEW, Step.PUBLISH})
_QUIET = frozenset({Step.WITHDRAW, Step.RETIRE})


class ReviewBand(QFrame):
    """Gone while there is nothing to say and nothing to do. `step_wanted` carries a Step."""

    step_wanted = Signal(object)
    link_activated = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("strip")
        self.setAccessibleName(self.tr("Review"))
        self.holder = label("", "strong")
        self.answer = label("", "soft")
        self.note = MarkdownView(theme, self.tr("What the reviewer said"))
        self.note.link_activated.connect(self.link_activated)
        self._steps = QWidget()
        self._row = FlowLayout(self._steps)
        pad(theme, self._row, 0, 8)
        column = QVBoxLayout(self)
        pad(theme, column, (12, 10, 12, 10), 6)
        for part in (self.holder, self.answer, self.note, self._steps):
            column.addWidget(part)

    def show_item(self, item: ItemView, before: ItemView | None) -> QWidget | None:
        """Shows where it is on its way. Where the keyboard goes whose button is gone, if it is."""
        self.holder.setText(holder_words(item))
        self.holder.setVisible(bool(self.holder.text()))
        self.answer.setText(answer_words(item))
        for part in (self.answer, self.note):
            part.setVisible(bool(item.review_note))
        if before is None or item.review_note != before.review_note:
            self.note.show_markdown(item.review_note)
        lost = None
        if before is None or (item.steps, item.status) != (before.steps, before.status):
            lost = self._show_steps(item)
        self.setVisible(bool(item.steps or item.review_note or self.holder.text()))
        return lost

    def buttons(self) -> list[QPushButton]:
        """Those of the steps, first to last."""
        return parts_of(self._row, QPushButton)

    def _show_steps(self, item: ItemView) -> QWidget | None:
        had_keyboard = self._steps.isAncestorOf(self.window().focusWidget())
        self._row.clear()
        for number, step in enumerate(item.steps):
            urgent = step in _URGENT or (step is Step.RENEW and item.review_is_due)
            usual = "quiet" if step in _QUIET else ""
            kind = "primary" if number == self._first(item) and urgent else usual
            button = push_button(self._theme, step_name(step, item.status), kind)
            button.clicked.connect(partial(self.step_wanted.emit, step))
            self._row.addWidget(button)
        self._steps.setVisible(bool(item.steps))
        if not had_keyboard:
            return None
        made = self.buttons()
        if made:
            made[0].setFocus()
        return None if made else self

    def _first(self, item: ItemView) -> int:
        """Which of the steps is the usual next one."""
        wanted = {
            "in review": Step.PUBLISH,
            "submitted": Step.START_REVIEW,
            "published": Step.RENEW,
        }.get(item.status)
        return item.steps.index(wanted) if wanted in item.steps else 0
