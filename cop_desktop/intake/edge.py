"""The border to other people's parsers, which meet hostile files with all sorts of exceptions."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from cop_desktop.intake.errors import Damaged, TooLarge

_RAISED_BY_PARSERS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    RuntimeError,
    SyntaxError,  # lxml's own errors are among these
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
_TOO_MUCH_MEMORY = "Reading the file needs more memory than is allowed."
_LIBXML2_NO_MEMORY = 2
"""lxml raises it as a mistake in the file."""


@contextmanager
def parsing() -> Iterator[None]:
    """Turns what a parser raises on a broken file into Damaged, out of memory into TooLarge.

    OSError passes: it is the disk's, not the file's.
    """
    try:
        yield
    except MemoryError as error:
        raise TooLarge(_TOO_MUCH_MEMORY) from error
    except _RAISED_BY_PARSERS as error:
        if getattr(error, "code", None) == _LIBXML2_NO_MEMORY:
            raise TooLarge(_TOO_MUCH_MEMORY) from error
        raise Damaged from error
