"""The simulator runs unmeasured, and among no more objects than its own."""

from tests.support.measuring import left_alone, unmeasured

__all__ = ["left_alone", "unmeasured"]
