"""What stands under a text: reactions with how many gave them, Reply, Quote, More."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from cop_desktop.services.discussions.rows import ReactionCount
from cop_desktop.ui.discussions.thread.wishes import Offer, Wish
from cop_desktop.ui.discussions.words import names_in_words
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme

THANKS, USEFUL = "thanks", "useful"


class FooterButton(QToolButton):
    """An icon with words, quiet until it is needed."""

    def __init__(self, theme: Theme, icon: str, words: str, keys: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.setIcon(theme.icon(icon, "text_soft", checked_tone="accent"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setProperty("kind", "footer")
        self.say(words, keys)
        self._resize_icon()
        theme.changed.connect(self._resize_icon)

    def say(self, words: str, keys: str = "") -> None:
        # The blank keeps the words off the icon: Qt leaves next to nothing between them.
        self.setText(" " + words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.setToolTip(f"{words} ({keys})" if keys else "")

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
        row = QHBoxLayout(self)
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

    def set_compact(self, compact: bool) -> None:
        """Only icons and numbers, where it is narrow; the words become tooltips."""
        look = Qt.ToolButtonStyle.ToolButtonIconOnly
        if not compact:
            look = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in (self._quote, self._more):
            button.setToolButtonStyle(look)

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
        button.say(f"{words}  {given.count}" if given else words, keys)
        button.setChecked(given is not None and given.mine)
        if given:
            names = names_in_words(given.names)
            button.setToolTip(names)
            button.setAccessibleDescription(names)
        else:
            button.setAccessibleDescription("")

    def _on_reaction(self, given: bool) -> None:
        self.reacted.emit(THANKS if self.sender() is self._thanks else USEFUL, given)

    def _on_reply(self) -> None:
        self.wished.emit(Wish.REPLY)

    def _on_quote(self) -> None:
        self.wished.emit(Wish.QUOTE)

    def _on_menu(self, action: QAction) -> None:
        self.wished.emit(str(action.data()))
