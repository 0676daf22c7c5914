"""The sample community is made unmeasured."""

from tests.support.measuring import unmeasured

__all__ = ["unmeasured"]
