"""Errors in words for who runs a command: the window's are Qt's, and speak of its buttons."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from cop_desktop.commands.errors import CommandError
from sync.catalogue import CATALOGUE
from sync.core.ids import id_text

_SAFE: Final = "What was written on this computer is safe and is sent later."
_ASK: Final = "Ask the facilitator for a new invitation."
_WORDS: Final[Mapping[str, str]] = {
    "no_network": f"This computer has no connection, or there is no such server. {_SAFE}",
    "no_answer": f"Nothing came back from the server in time. {_SAFE}",
    "cut_off": f"The connection broke off in the middle. {_SAFE}",
    "proxy_down": f"The proxy in this computer's settings does not answer. {_SAFE}",
    "server_down": f"The server does not answer. {_SAFE}",
    "server_full": "The server's disk is full, so it takes nothing new. Tell who looks after it."
    f" {_SAFE}",
    "server_busy": f"The server is busy and asked to come back later. {_SAFE}",
    "network_in_the_way": f"Something in the network answers in place of the server. {_SAFE}",
    "sign_in_page": "The network wants somebody to sign in first, in a web browser."
    f" Or the address is not that of a server of this program. {_SAFE}",
    "proxy_password": f"The network asks for a password that this program does not have. {_SAFE}",
    "inspected_connection": f"The secure connection does not end at the server. {_SAFE}",
    "secure_line_broken": f"No secure connection could be made. {_SAFE}",
    "clock_wrong": "By the clock of this computer the server's certificate is not valid today."
    f" Set the clock, or tell who looks after the server. {_SAFE}",
    "not_admitted": f"The server does not let this computer in. {_ASK}",
    "unknown_replica": f"The server does not know this computer any more. {_ASK}",
    "other_server": "Another server answers at the address of the community's server, or it was put"
    f" back without its secrets. Tell who runs it. {_SAFE}",
    "revoked": "The access of this computer was ended. Ask the facilitator.",
    "invitation_refused": "The invitation code is mistyped, used already or has expired."
    f" Check it letter by letter. {_ASK}",
    "newer_version_needed": f"The server needs a newer version of this program. {_SAFE}",
    "older_server": "The server runs an older version of this program than this computer."
    f" Tell who looks after it. {_SAFE}",
    "too_big": f"The network or the server refuses something of this size. {_SAFE}",
    "not_here": "The server does not have this file yet.",
    "page_not_understood": f"An answer arrived damaged and was not used. {_SAFE}",
    "broken_answer": f"An answer arrived damaged and was not used. {_SAFE}",
    "ReplicaInUse": "The program is open on this folder, or another command is at work in it."
    " Close it and try again.",
    "NotEnrolled": "Nobody has enrolled here yet. Enrol first.",
    "UnsafeFolder": "The folder is on a drive that cannot be locked, so that two computers could"
    " write at once. Choose a folder on this computer by --data.",
    "DiskFull": "The disk is full. What was saved before is safe.",
    "LittleRoom": "The disk is nearly full, so nothing is received and no file is taken in."
    " What is written is still saved and sent.",
    "DiskTrouble": "The disk did not read or write. What was saved before is untouched."
    " Look whether it is connected, or whether it fails.",
    "ReadOnly": "The folder of the replica may not be written to. What was saved before is safe.",
    "NewerDatabase": "A newer version of this program was used here. Install that one.",
    "Busy": "The database was in use for too long. Try again.",
    "Damaged": "The database is damaged. Run “repair”: what can be saved is saved.",
    "Missing": "That is not here.",
    "Refused": "It was refused.",
    "NotFound": "There is no {noun} {id} here. It may still be on its way; sync first.",
    "NotAllowed.not a member": "Only members of this community may do that.",
    "NotAllowed.not yours": "Only who wrote it may change it.",
    "NotAllowed.facilitators only": "Only facilitators may do that.",
    "NotAllowed.locked": "The topic is locked, so it takes no more replies.",
    "NotAllowed.in trash": "It lies in the trash.",
    "NotAllowed.wrong status": "Its status does not allow that.",
    "NotHere": "The content of this file has not arrived on this computer yet.",
    "Empty": "The {field} must not be empty.",
    "TooLong": "The {field} is too long; at most {limit} fit.",
    "NotAChoice": "The {field} cannot be “{value}”.",
    "BadInput": "The {field} cannot be taken like that.",
    "RefusedFile.program": "“{name}” could run as a program, so it is not taken in.",
    "RefusedFile.too large": "“{name}” is too large.",
    "RefusedFile.empty": "“{name}” is empty.",
    "RefusedFile.unreadable": "“{name}” is not there or cannot be read.",
    "CannotWrite": "“{path}” cannot be written: {reason}.",
    "Malformed": "That is not an id of this program.",
}


def in_words(error: Exception) -> str:
    """What to tell about an error: one or a few sentences."""
    if isinstance(error, CommandError):
        return str(error)
    found = next((_WORDS[key] for key in _keys(error) if key in _WORDS), None)
    if found is None:
        return f"It did not work: {str(error) or type(error).__name__}."
    return found.format(**_details(error))


def code_of(error: Exception) -> str:
    """The error's own code, else the class's name as one: NotFound → not_found."""
    own = getattr(error, "cause", None) or getattr(error, "code", None)
    if isinstance(own, str):
        return own
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(error).__name__).lower()


def _keys(error: Exception) -> Iterator[str]:
    """What it may stand under, most exact first."""
    yield str(getattr(error, "cause", ""))
    for kind in type(error).__mro__:
        yield f"{kind.__name__}.{getattr(error, 'why', '')}"
        yield kind.__name__


def _details(error: Exception) -> dict[str, str]:
    details = {name: str(value) for name, value in vars(error).items()}
    kind, record = details.get("kind", ""), getattr(error, "record", None)
    details["noun"] = CATALOGUE.by_name[kind].noun if kind in CATALOGUE.by_name else kind
    details["id"] = id_text(record) if isinstance(record, bytes) else ""
    return details
