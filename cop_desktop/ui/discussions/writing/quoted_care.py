"""Whether a text quotes something with which care is asked for. No widgets."""

from typing import Final

from cop_desktop.services.care import CareView
from cop_desktop.services.discussions.rows import Thread

_LEAST_CHARS: Final = 8
"""Shorter lines stand in many texts by chance."""


def care_quoted(text: str, thread: Thread) -> CareView | None:
    """What care is asked for with a reply that this text quotes; None for none.

    Of the topic itself none: care with it covers all that is in it.
    """
    lines = (line.lstrip("> ").strip() for line in text.splitlines() if line.startswith(">"))
    quoted = [line for line in lines if len(line) >= _LEAST_CHARS]
    asked = (post for post in thread.posts if post.care is not None)
    return next((p.care for p in asked if any(line in p.body for line in quoted)), None)
