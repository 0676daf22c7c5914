"""Whose a tagged frame is: the one place where the server finds that out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sync.core import frames
from sync.core.errors import NotAuthentic
from sync.core.ids import Id
from sync.server.errors import Problem, Rejected
from sync.server.identity import Identity

MessageT = TypeVar("MessageT")


@dataclass(frozen=True, slots=True)
class Proven(Generic[MessageT]):
    """What a replica that has the secret of this id says. frame_key: that secret."""

    replica: Id
    frame_key: bytes
    message: MessageT


def proven(
    identity: Identity, frame: bytes, decode: Callable[[bytes, bytes], MessageT]
) -> Proven[MessageT]:
    """The message in a frame, and who sent it. decode: reads a frame with a key.

    Whether the server knows the replica is for the caller to ask. Raises Rejected, Malformed,
    TooLarge.
    """
    replica = frames.sender_of(frame)
    key = identity.frame_key(replica)
    try:
        return Proven(replica, key, decode(frame, key))
    except NotAuthentic as error:
        raise Rejected(Problem.NOT_AUTHENTIC) from error
