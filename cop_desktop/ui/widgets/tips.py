"""Tooltips that say what people wrote, and nothing else."""

import html

from PySide6.QtGui import Qt


def plain_tip(words: str) -> str:
    """The words as a tooltip shows them as they are.

    Qt takes what looks like HTML for HTML, and would open the pictures that a name of somebody
    else's asks for; on Windows from any computer that it names.
    """
    if not Qt.mightBeRichText(words):
        return words
    return f"<span>{html.escape(words)}</span>".replace("\n", "<br>")
