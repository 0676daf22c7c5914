"""The command line: what can be asked, and in which words."""

import argparse
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, TypeAlias

from cop_desktop import paths
from cop_desktop.commands.answer import Exit, tell, trouble
from cop_desktop.commands.errors import Usage
from sync import __version__
from sync.catalogue.discussions import ACTIVITIES

Choices: TypeAlias = "_SubParsersAction[ArgumentParser]"

_MOST_HITS = 10_000
INTAKE_KINDS = ("documents", "minutes", "threads")


def parsed(arguments: Sequence[str]) -> Namespace:
    """What was asked. `command` is its name, None for the window.

    Ends the program with exit code 2 for what cannot be understood.
    """
    as_json = "--json" in arguments
    parser = _parser()
    try:
        asked = parser.parse_args(arguments)
        if asked.json and asked.command is None:
            parser.error("the following arguments are required: COMMAND")
    except Usage as error:
        words = f"cop-desktop: {error}. For help: cop-desktop --help"
        raise SystemExit(tell(trouble(words, error.code, Exit.USAGE), as_json=as_json)) from None
    return asked


class _Parser(ArgumentParser):
    """Says what is wrong to who called, who may want it as JSON."""

    def error(self, message: str) -> NoReturn:
        raise Usage(message)


def _parser() -> ArgumentParser:
    parser: ArgumentParser = _Parser(
        prog="cop-desktop",
        description="Keep a community of practice going, with or without a connection."
        " Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"CoP Desktop {__version__}")
    parser.set_defaults(command=None)
    parser.add_argument(
        "--in-background",
        action="store_true",
        help="keep the window out of sight; so it starts when its person signs in",
    )
    _common(parser, top=True)
    commands = parser.add_subparsers(title="commands for support and scripts", metavar="COMMAND")
    for add in (_account, _discussions, _library, _meetings, _records, _demo):
        add(commands)
    return parser


def _common(parser: ArgumentParser, *, top: bool = False) -> None:
    """`--data` and `--json` may stand before or after the command."""
    default = paths.default_data_dir() if top else argparse.SUPPRESS
    parser.add_argument(
        "--data", type=Path, metavar="DIR", default=default, help="folder of the replica"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=False if top else argparse.SUPPRESS,
        help="print one JSON object",
    )


def _add(commands: Choices, name: str, words: str, parent: str = "") -> ArgumentParser:
    """One command. Its full name, as `running` knows it, is `parent name`."""
    command = commands.add_parser(name, help=words, description=words)
    _common(command)
    command.set_defaults(command=f"{parent} {name}".strip())
    return command


def _family(commands: Choices, name: str, words: str) -> Choices:
    family = commands.add_parser(name, help=words, description=words)
    return family.add_subparsers(required=True, metavar="COMMAND")


def _account(commands: Choices) -> None:
    enrol = _add(commands, "enrol", "make this replica a member's, by an invitation code")
    enrol.add_argument("--server", required=True, metavar="URL", help="address of the server")
    enrol.add_argument("--code", required=True, help="the invitation code")
    sync = _add(commands, "sync", "exchange with the server until nothing is left to do")
    sync.add_argument(
        "--no-files", action="store_true", help="leave the content of files for later"
    )
    _add(commands, "status", "who this replica is, what it holds and what waits")


def _discussions(commands: Choices) -> None:
    topics = _family(commands, "topic", "start and list topics")
    new = _add(topics, "new", "start a topic", "topic")
    new.add_argument("--community", required=True, metavar="NAME")
    new.add_argument("--title", required=True)
    _body(new)
    new.add_argument("--activity", choices=ACTIVITIES, help="what the topic is for")
    new.add_argument("--tag", action="append", default=[], help="may be given several times")
    listed = _add(topics, "list", "topics, latest activity first", "topic")
    listed.add_argument("--community", metavar="NAME", help="only this one")
    reply = _add(commands, "reply", "reply to a topic")
    reply.add_argument("--topic", required=True, metavar="ID")
    reply.add_argument("--to", metavar="ID", help="the reply in the topic that this one answers")
    _body(reply)


def _library(commands: Choices) -> None:
    items = _family(commands, "item", "add, change and list library items")
    new = _add(items, "new", "add a library item", "item")
    new.add_argument("--community", required=True, metavar="NAME")
    new.add_argument("--title", required=True)
    _body(new)
    changed = _add(items, "set", "change a field of a library item", "item")
    changed.add_argument("--item", required=True, metavar="ID")
    changed.add_argument("--title")
    changed.add_argument("--tag", action="append", help="all tags that it should have")
    _body(changed)
    listed = _add(items, "list", "library items", "item")
    listed.add_argument("--community", metavar="NAME", help="only this one")
    attach = _add(commands, "attach", "attach a file to an item, topic, reply or meeting")
    attach.add_argument("--item", required=True, metavar="ID")
    attach.add_argument("file", type=Path, metavar="FILE")
    fetch = _add(commands, "fetch", "write the newest file of an item into a folder")
    fetch.add_argument("--item", required=True, metavar="ID")
    fetch.add_argument("--to", required=True, type=Path, metavar="DIR")


def _meetings(commands: Choices) -> None:
    meetings = _family(commands, "meeting", "add and list meetings")
    new = _add(meetings, "new", "add a meeting", "meeting")
    new.add_argument("--community", required=True, metavar="NAME")
    new.add_argument("--title", required=True)
    new.add_argument("--starts", required=True, metavar="WHEN", help="such as 2026-08-12T17:00")
    listed = _add(meetings, "list", "meetings", "meeting")
    listed.add_argument("--community", metavar="NAME", help="only this one")
    notes = _family(commands, "notes", "read and write the shared notes of a meeting")
    read = _add(notes, "get", "print the notes", "notes")
    write = _add(notes, "set", "make the notes read like this; others' edits merge", "notes")
    for command in (read, write):
        command.add_argument("--meeting", required=True, metavar="ID")
    _body(write)


def _records(commands: Choices) -> None:
    search = _add(commands, "search", "search everything on this replica")
    search.add_argument("query", metavar="QUERY")
    search.add_argument("--limit", type=_limit, default=50, metavar="N", help="at most 10000")
    intake = _add(commands, "intake", "bring in existing material")
    intake.add_argument("kind", choices=INTAKE_KINDS)
    intake.add_argument("path", type=Path, metavar="PATH")
    intake.add_argument("--community", required=True, metavar="NAME")
    show = _add(commands, "show", "everything known of a record")
    show.add_argument("record", metavar="RECORD")
    export = _add(commands, "export", "write everything into a readable folder")
    export.add_argument("to", type=Path, metavar="DIR")
    _add(commands, "repair", "check the replica and fill its tables again from the log")


def _limit(typed: str) -> int:
    known = typed.isascii() and typed.isdigit() and len(typed) <= len(str(_MOST_HITS))
    if not known or not 1 <= int(typed) <= _MOST_HITS:
        raise argparse.ArgumentTypeError(f"“{typed}” is not a number from 1 to {_MOST_HITS}")
    return int(typed)


def _demo(commands: Choices) -> None:
    demo = _add(commands, "demo", "the sample community, with a central server of its own")
    demo.add_argument("--shots", type=Path, metavar="DIR", help="where the tour leaves pictures")


def _body(command: ArgumentParser) -> None:
    command.add_argument(
        "--body-file", metavar="F", help="file with the text; - reads standard input"
    )
