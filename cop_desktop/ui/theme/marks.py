"""The ticks, dots and arrows that a Qt style sheet can only take from files.

A style sheet cannot tint a picture, so each mark is written once per colour into a cache
folder and named by its colour.
"""

import logging
from pathlib import Path

log = logging.getLogger(__name__)

_SHAPES = {
    "tick": '<path d="M3.5 8.5l3 3 6-7" fill="none" stroke="{colour}" stroke-width="2"'
    ' stroke-linecap="round" stroke-linejoin="round"/>',
    "some": '<path d="M4 8h8" stroke="{colour}" stroke-width="2" stroke-linecap="round"/>',
    "dot": '<circle cx="8" cy="8" r="3.5" fill="{colour}"/>',
    "down": '<path d="M4 6l4 4 4-4" fill="none" stroke="{colour}" stroke-width="1.6"'
    ' stroke-linecap="round" stroke-linejoin="round"/>',
    "up": '<path d="M4 10l4-4 4 4" fill="none" stroke="{colour}" stroke-width="1.6"'
    ' stroke-linecap="round" stroke-linejoin="round"/>',
    "left": '<path d="M10 4l-4 4 4 4" fill="none" stroke="{colour}" stroke-width="1.6"'
    ' stroke-linecap="round" stroke-linejoin="round"/>',
    "right": '<path d="M6 4l4 4-4 4" fill="none" stroke="{colour}" stroke-width="1.6"'
    ' stroke-linecap="round" stroke-linejoin="round"/>',
}

_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{shape}</svg>\n'


def mark_file(folder: Path, shape: str, colour: str) -> str:
    """Path, with forward slashes, of the mark `shape` in `colour`; written when missing.

    When the disk refuses, the path is given all the same: the mark stays blank.
    """
    file = folder / f"{shape}-{colour.lstrip('#')}.svg"
    if not file.exists():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            picture = _PICTURE.format(shape=_SHAPES[shape].format(colour=colour))
            file.write_text(picture, encoding="utf-8")
        except OSError as error:
            log.warning("a mark could not be written: %s", error)
    return file.as_posix()
