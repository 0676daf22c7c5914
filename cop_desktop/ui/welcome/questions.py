"""The two questions of the first start that have a few answers to choose from."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.welcome.answers import Shared
from cop_desktop.ui.welcome.steps import Step
from cop_desktop.ui.widgets.labels import label
from sync.core.budget import Internet


def _tr(words: str) -> str:
    return QCoreApplication.translate("Welcome", words)


class ChoiceStep(Step):
    """One of several answers, each with a sentence that explains it."""

    def __init__(
        self, theme: Theme, title: str, sentence: str, choices: Mapping[str, tuple[str, str]]
    ) -> None:
        super().__init__(theme, title, sentence)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        for key, (words, detail) in choices.items():
            button = QRadioButton(words)
            button.setAccessibleDescription(detail)
            self._group.addButton(button)
            self._buttons[key] = button
            explained = label(detail, "soft")
            explained.setIndent(theme.metrics.px(26))
            pair = QVBoxLayout()
            pad(theme, pair, 0, 2)
            pair.addWidget(button)
            pair.addWidget(explained)
            self.column.addLayout(pair)
        self.column.addStretch(1)

    def begin(self) -> None:
        checked = self._group.checkedButton()
        if checked is not None:
            checked.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, key: str) -> None:
        """Marks an answer; an unknown one marks the first."""
        first = next(iter(self._buttons.values()))
        self._buttons.get(key, first).setChecked(True)

    def chosen(self) -> str:
        """The key of the answer."""
        return next(key for key, button in self._buttons.items() if button.isChecked())


def shared_step(theme: Theme) -> ChoiceStep:
    """Asks who else uses this computer."""
    return ChoiceStep(
        theme,
        _tr("Who else uses this computer?"),
        _tr("What you receive and write is kept on it."),
        {
            Shared.ALONE: (_tr("Only &me"), _tr("At home, or a laptop of your own.")),
            Shared.OWN_SIGN_IN: (
                _tr("Others, each with a &sign-in of their own"),
                _tr("Each keeps a community of their own here; yours is not shown to them."),
            ),
            Shared.SAME_SIGN_IN: (
                _tr("Others, with the same si&gn-in"),
                _tr("They can open this program too, and would read and write as you."),
            ),
        },
    )


def internet_step(theme: Theme) -> ChoiceStep:
    """Asks what the internet is like."""
    return ChoiceStep(
        theme,
        _tr("What is your internet like?"),
        _tr(
            "Everything works without it. When there is a connection, words come and go by"
            " themselves; files come when you ask for them. How much data that may use, and in"
            " which hours, can be set on the Sync page at any time."
        ),
        {
            Internet.GOOD: (_tr("&Good most of the time"), _tr("Cable, fibre, the school's line.")),
            Internet.METERED: (
                _tr("&Satellite, or paid by the megabyte"),
                _tr(
                    "A dish, a phone, an allowance for the month. Large things wait for your word."
                ),
            ),
            Internet.SOMETIMES: (
                _tr("&Only sometimes"),
                _tr("It goes away for hours or days, as in the wet season."),
            ),
            Internet.STICK: (
                _tr("&Hardly ever"),
                _tr("You take the computer elsewhere to be connected."),
            ),
        },
    )
