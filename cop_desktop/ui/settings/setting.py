"""What a setting is: its words, its kind, and what it depends on. No widgets."""

from dataclasses import dataclass
from typing import Any

from cop_desktop.ui.widgets.form.fields import Choice, FormField, Kind


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the page.

    usual: as it is until somebody chooses otherwise. words: further words by which it is found.
    needs: key of another setting, and the values of that one with which this makes sense.
    """

    key: str
    title: str
    help: str
    kind: Kind
    usual: Any
    choices: tuple[Choice, ...] = ()
    words: str = ""
    needs: tuple[str, tuple[Any, ...]] = ("", ())

    @property
    def field(self) -> FormField:
        """As the forms know it. A flag carries its title beside its box."""
        return FormField(
            self.key, self.title, self.kind, required=True, help=self.help, choices=self.choices
        )

    def finds(self, section: str) -> str:
        """All words by which it is found, folded."""
        labels = " ".join(choice.label for choice in self.choices)
        return f"{section} {self.title} {self.help} {labels} {self.words}".casefold()


@dataclass(frozen=True, slots=True)
class Section:
    """Settings that belong together. part: key of a larger part that stands under them."""

    key: str
    title: str
    settings: tuple[Setting, ...] = ()
    part: str = ""
    words: str = ""


def matches(typed: str, found_by: str) -> bool:
    """Whether every word typed begins a word of the setting's."""
    known = found_by.replace("-", " ").split()
    return all(
        any(word.strip("“”(),.:;").startswith(part) for word in known)
        for part in typed.casefold().split()
    )
