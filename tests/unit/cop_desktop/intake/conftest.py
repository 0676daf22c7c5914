"""Files are read unmeasured."""

from tests.support.measuring import unmeasured

__all__ = ["unmeasured"]
