"""What a command can be wrong about by itself.

CommandError
├── UnknownCommunity    no community of that name on this replica
├── UnreadableInput     the file or standard input cannot be read as text
└── NoFile              the record has no file
"""


class CommandError(Exception):
    """Root. `code` is for programs."""

    code = "command"


class UnknownCommunity(CommandError):
    """No community of that name is on this replica."""

    code = "unknown_community"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        """known: the names that are here."""
        here = ", ".join(known) or "none yet; sync first"
        super().__init__(f"no community {name!r} here ({here})")


class UnreadableInput(CommandError):
    """The file or standard input cannot be read as text."""

    code = "unreadable_input"


class NoFile(CommandError):
    """The record has no file."""

    code = "no_file"
