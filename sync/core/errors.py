"""What can be wrong with bytes and values that come from outside.

CoreError
├── Malformed        the bytes do not have the form they claim
│   └── TooLarge     a bound of `sync.core.limits` is passed
├── NotAuthentic     a signature, a keyed hash or a certificate does not hold
└── NeedsNewer       well formed, but of a version that this program does not know
"""


class CoreError(Exception):
    """Root of the errors raised by `sync.core`."""


class Malformed(CoreError):
    """The bytes or values do not have the form they claim; nothing was taken from them."""


class TooLarge(Malformed):
    """A bound of `sync.core.limits` is passed; nothing was taken."""


class NotAuthentic(CoreError):
    """A signature, keyed hash or certificate does not hold."""


class NeedsNewer(CoreError):
    """The form is of a version that this program does not know."""
