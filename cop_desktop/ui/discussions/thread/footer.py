"""What stands under a text: reactions with how many gave them, Reply, Quote, More."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from cop_desktop.services.discussions.rows import ReactionCount
from cop_desktop.ui.discussions.thread.wishes import Offer, Wish
from cop_desktop.ui.discussions.words import names_in_words
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.tips import plain_tip

THANKS, USEFUL = "thanks", "useful"


@dataclass(frozen=True, slots=True)
class Saying:
    """What a button says. count: how many did it, 0 for none. names: who, for its tooltip."""

    words: str
    keys: str = ""
    count: int = 0
    names: str = ""

    @property
    def count_words(self) -> str:
        return str(self.count) if self.count else ""

    @property
    def whole(self) -> str:
        return f"{self.words}  {self.count}" if self.count else self.words


class FooterButton(QToolButton):
    """An icon with words, quiet until it is needed."""

    def __init__(self, theme: Theme, icon: str, words: str, keys: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._saying = Saying("")
        self.setIcon(theme.icon(icon, "text_soft", checked_tone="accent"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setProperty("kind", "footer")
        self.say(Saying(words, keys))
        self._resize_icon()
        theme.changed.connect(self._resize_icon)

    def say(self, saying: Saying) -> None:
        """Other words."""
        self._saying = saying
        self.setAccessibleName(saying.whole)
        self.setAccessibleDescription(saying.names)
        self.show_words()

    def show_words(self, *, alone: bool = True) -> None:
        """The words beside the icon, or alone=False the number alone: they are the tooltip then."""
        said = self._saying
        self._show(said.whole if alone else said.count_words)
        named = f"{said.words} ({said.keys})" if said.keys else said.words
        if said.names:
            self.setToolTip(plain_tip(said.names if alone else f"{named}: {said.names}"))
        else:
            self.setToolTip(named if said.keys or not alone else "")

    def shorten_to(self, width: int) -> None:
        """What does not fit ends in "…"; the whole is the tooltip."""
        self.show_words()
        whole, beyond = self._saying.whole, self.sizeHint().width() - width
        if beyond > 0:
            metrics = self.fontMetrics()
            room = max(metrics.horizontalAdvance(whole) - beyond, 0)
            self._show(metrics.elidedText(whole, Qt.TextElideMode.ElideRight, room))
            self.setToolTip(plain_tip(whole))

    def _show(self, words: str) -> None:
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.setToolButtonStyle(beside if words else Qt.ToolButtonStyle.ToolButtonIconOnly)
        # The blank keeps the words off the icon: Qt leaves next to nothing between them.
        self.setText(" " + words.replace("&", "&&"))

    def _resize_icon(self) -> None:
        side = self._theme.metrics.px(16)
        self.setIconSize(QSize(side, side))


class Footer(QWidget):
    """Tells which reaction is given or taken back, and what else is wished."""

    reacted = Signal(str, bool)
    wished = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._offers: Callable[[], tuple[Offer, ...]] = tuple
        self._theme = theme
        self._thanks = FooterButton(theme, "thanks", self.tr("Thanks"), "T")
        self._useful = FooterButton(theme, "useful", self.tr("I used this"))
        self._reply = FooterButton(theme, "reply", self.tr("Reply"), "R")
        self._quote = FooterButton(theme, "quote", self.tr("Quote"), "Q")
        self._more = FooterButton(theme, "more", self.tr("More"))
        row = self._row = QHBoxLayout(self)
        pad(theme, row, 0, 2)
        for button in self.buttons():
            row.addWidget(button)
        row.addStretch(1)
        for button in (self._thanks, self._useful):
            button.setCheckable(True)
            button.clicked.connect(self._on_reaction)
        self._reply.clicked.connect(self._on_reply)
        self._quote.clicked.connect(self._on_quote)
        self._more.clicked.connect(self.open_menu)

    def buttons(self) -> list[FooterButton]:
        """All of them, in order."""
        return [self._thanks, self._useful, self._reply, self._quote, self._more]

    def show_reactions(self, counts: tuple[ReactionCount, ...]) -> None:
        given = {count.sort: count for count in counts}
        self._show_count(self._thanks, self.tr("Thanks"), given.get(THANKS), "T")
        self._show_count(self._useful, self.tr("I used this"), given.get(USEFUL))

    def show_offers(self, offers: Callable[[], tuple[Offer, ...]], *, can_reply: bool) -> None:
        """What "More" holds, asked when it opens; whether replies are taken."""
        self._offers = offers
        self._reply.setVisible(can_reply)
        self._quote.setVisible(can_reply)

    def fit_into(self, width: int) -> None:
        """Leaves words away until all buttons find room, those that miss them least first."""
        for button in self.buttons():
            button.show_words()
        for button in (self._more, self._quote, self._reply, self._useful, self._thanks):
            if self._wanted_width() <= width:
                return
            button.show_words(alone=False)

    def _wanted_width(self) -> int:
        widths = [b.sizeHint().width() for b in self.buttons() if not b.isHidden()]
        return sum(widths) + max(len(widths) - 1, 0) * self._row.spacing()

    def react(self, sort: str) -> None:
        """What a click on a reaction does."""
        button = self._thanks if sort == THANKS else self._useful
        button.click()

    def open_menu(self) -> None:
        """Opens "More" under its button."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for offer in self._offers():
            if offer.apart and menu.actions():
                menu.addSeparator()
            menu.addAction(self._action(offer, menu))
        menu.triggered.connect(self._on_menu)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _action(self, offer: Offer, menu: QObject) -> QAction:
        # The keys belong to the window's own actions; here they are only told.
        words = f"{offer.words}\t{offer.keys}" if offer.keys else offer.words
        action = QAction(words, menu)
        action.setData(offer.wish.value)
        if offer.icon:
            action.setIcon(self._theme.icon(offer.icon, "text_soft"))
        return action

    def _show_count(
        self, button: FooterButton, words: str, given: ReactionCount | None, keys: str = ""
    ) -> None:
        count, by = (given.count, given.names) if given else (0, ())
        button.say(Saying(words, keys, count, names_in_words(by)))
        button.setChecked(given is not None and given.mine)

    def _on_reaction(self, given: bool) -> None:
        self.reacted.emit(THANKS if self.sender() is self._thanks else USEFUL, given)

    def _on_reply(self) -> None:
        self.wished.emit(Wish.REPLY)

    def _on_quote(self) -> None:
        self.wished.emit(Wish.QUOTE)

    def _on_menu(self, action: QAction) -> None:
        self.wished.emit(str(action.data()))
