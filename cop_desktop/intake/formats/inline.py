"""Markdown inside a line, reduced to its words."""

import html
import re

from cop_desktop.intake.text import one_line

_IMAGE = re.compile(r"!\[([^\[\]]{0,500})\]\([^()\n]{0,2000}\)")
_LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]{0,100}\]){0,500})\](?:\([^()\n]{0,2000}\)|\[[^\[\]]{0,100}\])"
)
_AUTO_LINK = re.compile(r"<((?:https?|mailto):[^<>\s]{1,2000})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,1000}>|<!--.{0,300}?-->", re.DOTALL)
_ATTRIBUTES = re.compile(r"\s*\{[#.:][^{}]{0,200}\}\s*$")
_EMPHASIS = re.compile(
    r"(?<!\\)(?:\*{2,}|~~|`+|(?<!\w)(?:\*|_{1,3})(?=\S)|(?<=\S)(?:\*|_{1,3})(?!\w))"
)
"""Marks beside words, paired or not: looking for pairs would take time that grows with the square
of the line."""

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MAX_CHARS = 20_000


def without_marks(text: str) -> str:
    """The words of one line or cell of Markdown: no links' addresses, emphasis, tags, escapes."""
    text = _IMAGE.sub(r"\1", text[:_MAX_CHARS])
    text = _LINK.sub(r"\1", text)
    text = _AUTO_LINK.sub(r"\1", text)
    text = _TAG.sub(" ", text)
    text = _ATTRIBUTES.sub("", text)
    text = _EMPHASIS.sub("", text)
    return one_line(html.unescape(_ESCAPE.sub(r"\1", text)))
