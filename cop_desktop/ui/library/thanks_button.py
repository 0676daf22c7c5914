"""The button that says thanks, and how many did."""

from cop_desktop.services.discussions import ReactionCount
from cop_desktop.ui.discussions.thread.footer import FooterButton, Saying
from cop_desktop.ui.discussions.words import names_in_words
from cop_desktop.ui.theme.theme import Theme


class ThanksButton(FooterButton):
    """Checked while one's own thanks are given; who gave theirs is its tooltip."""

    def __init__(self, theme: Theme, about: str) -> None:
        """about: what the thanks are for, for who does not see it."""
        super().__init__(theme, "thanks", "")
        self._about = about
        self.setCheckable(True)
        self.show_thanks(None)

    def show_thanks(self, given: ReactionCount | None) -> None:
        """None: nobody has thanked."""
        thanks, name = self.tr("Thanks"), self.tr("Thanks for {0}").format(self._about)
        names = names_in_words(given.names) if given else ""
        self.say(Saying(thanks, count=given.count if given else 0, names=names))
        self.setAccessibleName(f"{name}, {given.count}" if given else name)
        self.setChecked(given is not None and given.mine)
