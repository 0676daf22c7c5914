"""Keeps None, True and False alive under Python 3.11, which Qt's binding lets go of.

PySide6 6.12 counts on values that cannot die (PEP 683, Python 3.12): each call that returns None
takes one reference from it and gives none back. Under 3.11 the last one is gone after some ten
thousand calls, and the interpreter ends with "deallocating None". Measured: about 300 a second of
scrolling. To be taken out when 3.12 is the oldest Python we support.
"""

import ctypes
import sys
from typing import Final

_LASTING: Final = (None, True, False)
_ENOUGH: Final = 1 << 40
_FIRST_IMMORTAL: Final = (3, 12)


def make_singletons_last() -> None:
    """Gives each of them references for longer than any window is open; may be repeated."""
    if sys.version_info >= _FIRST_IMMORTAL or sys.implementation.name != "cpython":
        return
    for value in _LASTING:
        count = ctypes.c_ssize_t.from_address(id(value))
        # Only where the number stands where it should: a debugging build has other things there.
        if abs(count.value - sys.getrefcount(value)) < 10 and count.value < _ENOUGH:
            count.value += _ENOUGH
