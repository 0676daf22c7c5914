"""What every place and dialog of the window works with."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from cop_desktop.services.half_filled import HalfFilledForms
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.composer.spelling import Speller
from cop_desktop.ui.widgets.notice_bar import SHOWN_MS, Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowTools:
    """The tools of a place are these and what it needs besides.

    speller: for `Composer.check_with`; None where no spelling is looked at. half_filled: where
    forms keep what is entered until it is sent; None where they keep nothing.
    """

    theme: Theme
    jobs: Jobs
    hub: Hub
    messages: Messages
    when: When
    show_notice: Callable[[Notice], None]
    speller: Speller | None = None
    half_filled: HalfFilledForms | None = None

    def say_trouble(self, error: Exception, *, stays: bool = False) -> None:
        """Says what went wrong, that the work is safe, what to do. stays: until it is closed."""
        message = self.messages.for_error(error)
        shown_ms = 0 if stays else SHOWN_MS
        self.show_notice(Notice(message.sentence(), message.tone, shown_ms=shown_ms))

    def common(self) -> dict[str, Any]:
        """These alone, to make the tools of another place or dialog from: `Tools(**…, …)`."""
        return {field.name: getattr(self, field.name) for field in fields(WindowTools)}
