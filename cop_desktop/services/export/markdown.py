"""Markdown as HTML, without the writer's own HTML, pictures from elsewhere, dangerous links."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # only who exports waits for it

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    # A picture would be fetched from wherever the writer says as soon as the page is opened.
    return parser.enable(["table", "strikethrough"]).disable("image")


def html_of(markdown: str) -> str:
    """The text as HTML, safe to stand in a page."""
    return str(_parser().render(markdown))


def tokens_of(markdown: str) -> "list[Token]":
    """The same as tokens, for what is not written as HTML."""
    return _parser().parse(markdown)
