"""Which program is the older one, where two do not understand each other."""

from sync.core.exchange import PROTOCOL
from sync.server.errors import Problem, Rejected


def check_protocol(asked: int) -> None:
    """Return if this server speaks the protocol of a request.

    Raises Rejected, with the problem that says who has to be updated.
    """
    if asked != PROTOCOL:
        raise Rejected(Problem.NEEDS_NEWER if asked < PROTOCOL else Problem.OLDER_SERVER)
