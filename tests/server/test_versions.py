"""Requests of programs of other versions: told who is the older one, and nothing else happens."""

import msgspec
import pytest

from sync.core import exchange, frames
from sync.core.errors import Malformed, NeedsNewer
from sync.core.frames import Direction
from sync.server.errors import Problem, Rejected
from tests.server.conftest import Town
from tests.support.replica_model import ModelReplica
from tests.support.second import messages


def asked(town: Town, ann: ModelReplica, message: list[object]) -> Problem | type[Exception]:
    """What becomes of a request in whatever form; its tag holds."""
    frame = messages.frame(ann.id, message, ann.joined.frame_key, "cop.request")
    try:
        town.site.exchanging.asked(frame)
    except Rejected as error:
        return error.problem
    except (Malformed, NeedsNewer) as error:
        return type(error)
    raise AssertionError("it was taken")


def test_a_request_in_a_form_of_later_protocols_is_told_that_the_server_is_older(
    town: Town,
) -> None:
    ann = town.join("Ann")
    same = list(msgspec.to_builtins(ann.request(), builtin_types=(bytes,)))
    assert asked(town, ann, [2, *same[1:]]) is Problem.OLDER_SERVER
    assert asked(town, ann, [2, {"quite": "another form"}]) is NeedsNewer
    assert asked(town, ann, [0, *same[1:]]) is Problem.NEEDS_NEWER
    assert asked(town, ann, [1, {"quite": "another form"}]) is Malformed
    assert asked(town, ann, ["2"]) is Malformed
    assert asked(town, ann, []) is Malformed


@pytest.mark.parametrize("direction", Direction)
def test_a_frame_of_a_later_version_is_told_apart_from_what_is_none(direction: Direction) -> None:
    frame = frames.closed(bytes(16), exchange.Result(exchange.Outcome.GAP), b"k", direction)
    later = frame.replace(b"CoP\x01", b"CoP\x02")
    with pytest.raises(NeedsNewer):
        frames.opened(later, exchange.Result, b"k", direction)
    with pytest.raises(Malformed):
        frames.opened(b"Cop" + later[3:], exchange.Result, b"k", direction)
