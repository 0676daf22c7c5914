"""Which topics the list shows, and in what order."""

from collections.abc import Collection

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from cop_desktop.services.discussions.rows import TopicFilter
from cop_desktop.ui.discussions.topics.model import Order, Wanted
from cop_desktop.ui.discussions.words import ACTIVITIES, translated
from cop_desktop.ui.records.choice_button import ChoiceButton, MenuChoice
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.search_box import SearchBox


class FilterBar(QWidget):
    """Words to look for, and buttons for the rest. `changed` carries a Wanted."""

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.search = SearchBox(theme, self.tr("Filter topics"), self.tr("Filter topics…"))
        self._unread = QToolButton()
        self._unread.setText(" " + self.tr("Unread"))
        self._unread.setAccessibleName(self.tr("Unread"))
        self._unread.setCheckable(True)
        self._unread.setToolTip(self.tr("Only topics with something you have not read"))
        self._unread.setIcon(theme.icon("unread", "text_soft", checked_tone="accent"))
        self._unread.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._unread.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._activity = ChoiceButton(theme, self.tr("Kind"), "filter", self.tr("All kinds"))
        self._tag = ChoiceButton(theme, self.tr("Tag"), "tag", self.tr("All tags"))
        self._order = ChoiceButton(theme, self.tr("Sort"), "sort")
        self._order.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._fill()
        self._lay_out()
        self._connect()

    def wanted(self) -> Wanted:
        """What is chosen now."""
        chosen = TopicFilter(
            unread_only=self._unread.isChecked(),
            activity=self._activity.value() or None,
            tag=self._tag.value() or None,
            text=self.search.text().strip(),
        )
        return Wanted(chosen, Order(self._order.value()))

    def show_tags(self, tags: Collection[str]) -> None:
        """The tags to choose from; the one in force stays."""
        known = sorted({*tags, *filter(None, (self._tag.value(),))}, key=str.casefold)
        self._tag.set_choices([MenuChoice(tag, tag) for tag in known])

    def choose_tag(self, tag: str) -> None:
        """Only topics with this tag, whatever was chosen before."""
        self._clear()
        self._tag.set_value(tag)
        self._tell()

    def show_everything(self) -> None:
        """No filter at all; the order stays."""
        self._clear()
        self._tell()

    def _clear(self) -> None:
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._unread.setChecked(False)
        self._activity.set_value("")
        self._tag.set_value("")

    def _fill(self) -> None:
        self._activity.set_choices(
            [MenuChoice(a.key, translated(a.name), translated(a.sentence)) for a in ACTIVITIES]
        )
        self._tag.set_choices(())
        orders = (
            (Order.ACTIVITY, self.tr("Latest reply first")),
            (Order.STARTED, self.tr("Newest topic first")),
            (Order.UNREAD, self.tr("Unread first")),
            (Order.REPLIES, self.tr("Most replies first")),
            (Order.TITLE, self.tr("By title")),
        )
        self._order.set_choices([MenuChoice(order, words) for order, words in orders])
        self._order.set_value(Order.ACTIVITY)

    def _lay_out(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(buttons)
        pad(self._theme, flow, 0, 4)
        for button in (self._unread, self._activity, self._tag):
            flow.addWidget(button)
        words = QHBoxLayout()
        pad(self._theme, words, 0, 4)
        words.addWidget(self.search, 1)
        words.addWidget(self._order)
        column = QVBoxLayout(self)
        pad(self._theme, column, 0, 4)
        column.addLayout(words)
        column.addWidget(buttons)
        self._resize_icon()
        self._theme.changed.connect(self._resize_icon)

    def _connect(self) -> None:
        self.search.search_changed.connect(self._tell)
        self._unread.clicked.connect(self._tell)
        for button in (self._activity, self._tag, self._order):
            button.chosen.connect(self._tell)

    def _tell(self) -> None:
        self.changed.emit(self.wanted())

    def _resize_icon(self) -> None:
        side = self._theme.metrics.px(16)
        self._unread.setIconSize(QSize(side, side))
