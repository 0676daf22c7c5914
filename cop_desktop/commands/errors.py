"""What a command can be wrong about by itself.

CommandError
├── Usage               the command line cannot be understood, or asks for nothing
├── UnknownCommunity    no community of that name on this replica
├── AmbiguousCommunity  several communities that the name could mean
├── NoReplica           nobody has enrolled in the folder of `--data`
├── UnusableFolder      the folder of `--data` cannot be opened or made
├── UnreadableInput     the file or standard input cannot be read as text
└── NoFile              the record has no file
"""

from pathlib import Path

from sync.core.ids import Id, id_text


class CommandError(Exception):
    """Root. `code` is for programs; the text is a sentence for people."""

    code = "command"


class Usage(CommandError):
    """The command line cannot be understood, or asks for nothing."""

    code = "usage"


class UnknownCommunity(CommandError):
    """No community of that name is on this replica."""

    code = "unknown_community"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        """known: the names that are here."""
        here = f"Here are: {', '.join(known)}." if known else "None has arrived yet; sync first."
        super().__init__(f"No community here is called “{name}”. {here}")


class AmbiguousCommunity(CommandError):
    """Several communities could be meant."""

    code = "ambiguous_community"

    def __init__(self, name: str, meant: tuple[str, ...]) -> None:
        """meant: the names of those."""
        super().__init__(
            f"“{name}” could mean several communities: {', '.join(meant)}. Write the name exactly."
        )


class NoReplica(CommandError):
    """Nobody has enrolled in that folder yet."""

    code = "not_enrolled"

    def __init__(self, folder: Path) -> None:
        super().__init__(f"Nobody has enrolled in {folder} yet. Enrol first, or choose by --data.")


class UnusableFolder(CommandError):
    """The folder of the replica cannot be opened or made."""

    code = "unusable_folder"

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(f"The folder {folder} cannot be used: {error.strerror or error}.")


class UnreadableInput(CommandError):
    """The file or standard input cannot be read as text."""

    code = "unreadable_input"


class NoFile(CommandError):
    """The record has no file."""

    code = "no_file"

    def __init__(self, record: Id) -> None:
        super().__init__(f"Nothing is attached to {id_text(record)}.")
