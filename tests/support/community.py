"""A small community for end-to-end tests."""

from tests.support.desktop import Desktop
from tests.support.server import RunningServer

COMMUNITY = "Top End Leaders"


def make_community(server: RunningServer) -> None:
    """The community that the other functions mean."""
    server.run("community", "create", "--name", COMMUNITY)


def invitation(server: RunningServer, name: str, role: str = "member") -> str:
    """A code for a new member."""
    answer = server.run(
        "invite", "--name", name, "--community", COMMUNITY, "--role", role, "--json"
    )
    return str(answer["code"])


def new_topic(laptop: Desktop, title: str, body: str) -> str:
    """The id of a topic started there."""
    answer = laptop.run(
        *("topic", "new", "--community", COMMUNITY, "--title", title, "--body-file", "-"), text=body
    )
    return str(answer["topic"])


def new_meeting(laptop: Desktop, title: str) -> str:
    """The id of a meeting added there."""
    answer = laptop.run(
        *("meeting", "new", "--community", COMMUNITY),
        *("--title", title, "--starts", "2026-08-12T17:00"),
    )
    return str(answer["meeting"])


def new_item(laptop: Desktop, title: str) -> str:
    """The id of a library item added there."""
    answer = laptop.run("item", "new", "--community", COMMUNITY, "--title", title)
    return str(answer["item"])
