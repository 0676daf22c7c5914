"""Keeps the list of one's own words right, in Settings and while somebody writes."""

from collections.abc import Callable
from functools import partial
from typing import Any

from cop_desktop.services.spelling import Spelling
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.settings.tools import SettingsTools
from cop_desktop.ui.settings.words_part import WordsPart
from cop_desktop.ui.widgets.notice_bar import Notice


class WordsPresenter(Presenting):
    """Nothing where spelling cannot be looked at."""

    def __init__(self, part: WordsPart, tools: SettingsTools) -> None:
        super().__init__(part, tools)
        self._part, self._tools = part, tools
        part.add_wanted.connect(self._add)
        part.forget_wanted.connect(self._forget)
        if tools.speller is not None:
            tools.speller.changed.connect(self.read)

    def read(self) -> None:
        """Look which words there are."""
        spelling = self._tools.spelling
        if spelling is not None:
            work = spelling.my_words
            self._tools.jobs.run(work, self._part.show_words, self._say_trouble, "settings.words")

    def _add(self, word: str) -> None:
        self._change((word,), partial(self._part.clear_added, word), adds=True)

    def _forget(self, words: tuple[str, ...]) -> None:
        self._change(words, partial(self._say_forgotten, words), adds=False)

    def _change(self, words: tuple[str, ...], then: Callable[[], None], *, adds: bool) -> None:
        spelling = self._tools.spelling
        if spelling is not None:
            verb = spelling.add_word if adds else spelling.forget_word
            work = partial(_each, spelling, verb, words)
            self._tools.jobs.run(work, partial(self._on_changed, then), self._say_trouble)

    def _on_changed(self, then: Callable[[], None], words: tuple[str, ...]) -> None:
        self._part.show_words(words)
        if self._tools.speller is not None:
            self._tools.speller.read_again()
        then()

    def _say_forgotten(self, words: tuple[str, ...]) -> None:
        said = self.tr("“{0}” is none of your words any more.").format(words[0])
        if len(words) > 1:
            said = self.tr("{0} words are none of yours any more.").format(len(words))
        back = partial(self._change, words, _nothing, adds=True)
        self._tools.show_notice(Notice(said, action=self.tr("&Undo"), acted=back))


def _each(
    spelling: Spelling, verb: Callable[[str], Any], words: tuple[str, ...]
) -> tuple[str, ...]:
    """On the store thread; the words there are then."""
    for word in words:
        verb(word)
    return spelling.my_words()


def _nothing() -> None:
    """Nothing more is to be said."""
