"""Markdown as HTML, without the writer's own HTML, pictures from elsewhere, dangerous links."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # only who exports waits for it

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    # A picture would be fetched from wherever the writer says as soon as the page is opened.
    return parser.enable(["table", "strikethrough"]).disable("image")


def html_of(markdown: str) -> str:
    """The text as HTML, safe to stand in a page."""
    return str(_parser().render(markdown))
