"""Which topics the list shows, and in what order."""

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from cop_desktop.services.discussions.rows import TopicFilter
from cop_desktop.services.following import Level
from cop_desktop.ui.discussions.activities import ACTIVITIES, translated
from cop_desktop.ui.discussions.topics.model import Order, Wanted
from cop_desktop.ui.records.choice_button import ChoiceButton, MenuChoice
from cop_desktop.ui.records.tag_filter import TagFilter
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.search_box import SearchBox

OPEN, ENDED, FOLLOWED, MUTED = "open", "ended", "followed", "muted"
_ENDED = {OPEN: False, ENDED: True}
_LEVELS = {FOLLOWED: Level.FOLLOW, MUTED: Level.MUTE}


class FilterBar(TagFilter):
    """Words to look for, and buttons for the rest. `changed` carries a Wanted."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, SearchBox(theme, _tr("Filter topics"), _tr("Filter topics…")))
        self._theme = theme
        self._unread = QToolButton()
        self._unread.setText(" " + self.tr("Unread"))
        self._unread.setAccessibleName(self.tr("Unread"))
        self._unread.setCheckable(True)
        self._unread.setToolTip(self.tr("Only topics with something you have not read"))
        self._unread.setIcon(theme.icon("unread", "text_soft", checked_tone="accent"))
        self._unread.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._unread.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.standing = ChoiceButton(theme, self.tr("Show"), "resolve", self.tr("All topics"))
        self._activity = ChoiceButton(theme, self.tr("Kind"), "filter", self.tr("All kinds"))
        self._order = ChoiceButton(theme, self.tr("Sort"), "sort")
        for button in (self._order, self.tag):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._fill()
        self._lay_out()
        self._connect()

    def wanted(self) -> Wanted:
        """What is chosen now."""
        chosen = TopicFilter(
            unread_only=self._unread.isChecked(),
            activity=self._activity.value() or None,
            tag=self.tag.value() or None,
            text=self.search.text().strip(),
            ended=_ENDED.get(self.standing.value()),
            level=_LEVELS.get(self.standing.value()),
        )
        return Wanted(chosen, Order(self._order.value()))

    def tell(self) -> None:
        # Four buttons with words do not stand beside each other in a list of usual width.
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        alone = Qt.ToolButtonStyle.ToolButtonIconOnly
        self.tag.setToolButtonStyle(beside if self.tag.value() else alone)
        super().tell()

    def clear_rest(self) -> None:
        """The order stays."""
        self._unread.setChecked(False)
        self.standing.set_value("")
        self._activity.set_value("")

    def _fill(self) -> None:
        self.standing.set_choices(
            [
                MenuChoice(OPEN, self.tr("Open topics"), self.tr("Not ended yet")),
                MenuChoice(ENDED, self.tr("Ended topics"), self.tr("With what came of them")),
                MenuChoice(FOLLOWED, self.tr("Followed by me")),
                MenuChoice(MUTED, self.tr("Muted by me")),
            ]
        )
        self._activity.set_choices(
            [MenuChoice(a.key, translated(a.name), translated(a.sentence)) for a in ACTIVITIES]
        )
        self.show_tags(())
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
        for button in (self._unread, self.standing, self._activity, self.tag):
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
        self._unread.clicked.connect(self.tell)
        for button in (self.standing, self._activity, self._order):
            button.chosen.connect(self.tell)

    def _resize_icon(self) -> None:
        side = self._theme.metrics.px(16)
        self._unread.setIconSize(QSize(side, side))


def _tr(words: str) -> str:
    return QCoreApplication.translate("TopicFilter", words)
