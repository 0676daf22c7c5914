"""Text as a Word file can hold it."""

import re
from typing import Final

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def storable(text: str) -> str:
    """The text without the characters that XML 1.0 has no place for."""
    return _NOT_XML.sub("", text)
