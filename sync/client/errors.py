"""What can go wrong between a replica and its server, each cause by itself.

SyncError
├── NoAnswer               wait and try again
│   ├── Silence            the connection was there, but nothing came over it for too long
│   ├── NoNetwork          this computer has no connection, or the name does not resolve
│   ├── CutOff             the connection broke off in the middle
│   ├── ProxyDown          the proxy that this computer is set to use cannot be reached
│   ├── ServerDown         connection refused, or answered 5xx
│   ├── ServerFull         507 of our server: it takes nothing new, and gives what it has
│   └── ServerBusy         429; the server says when to come back
├── NetworkInTheWay        a person at the school can mend it
│   ├── SignInPage         something else than our server answered (a portal, a redirect)
│   ├── ProxyPassword      407
│   ├── InspectedConnection    the secure connection is not with our server
│   ├── SecureLineBroken   there is no secure connection at all: somebody speaks something else
│   └── ClockWrong         a certificate is not valid today: by our clock, or the server's fault
├── NotAdmitted            a person with rights on the server can mend it
│   ├── UnknownReplica     401
│   ├── OtherServer        401, too: what answers does not have the secrets of our server
│   ├── Revoked            403
│   └── InvitationRefused  the code is unknown, used or expired
├── NeedsNewerProgram      the server speaks a version that this program does not know
├── OlderServer            this program speaks a version that the server does not know
├── TooBig                 413
├── NotHere                404 for a chunk: the server does not have it (yet)
├── PageNotUnderstood      the server lacks what a page builds on: send it whole
└── BrokenAnswer           our server's answer does not hold together: a bug, or somebody in between

Nothing of this is ever taken as an answer about data.
"""


class SyncError(Exception):
    """Root. `cause` is the stable code under which `ui/messages` has the words."""

    cause = "unknown"


class NoAnswer(SyncError):
    """No answer this time; trying again by itself makes sense."""

    cause = "no_answer"

    def __init__(self, message: str = "", retry_after_s: float | None = None) -> None:
        """retry_after_s: what the server asked for, None if it did not."""
        super().__init__(message)
        self.retry_after_s = retry_after_s


class NoNetwork(NoAnswer):
    """The computer has no connection."""

    cause = "no_network"


class Silence(NoAnswer):
    """Nothing was taken up or came down for too long, or so little that it would never end.

    came: what there was of the answer's body.
    """

    came = b""


class CutOff(NoAnswer):
    """The connection was there and broke off before the answer was whole.

    came: what there was of the answer's body.
    """

    cause = "cut_off"
    came = b""


class ProxyDown(NoAnswer):
    """The proxy in this computer's settings cannot be reached, or cannot be used as it is set."""

    cause = "proxy_down"


class ServerDown(NoAnswer):
    """The network is there, the server is not."""

    cause = "server_down"


class ServerFull(NoAnswer):
    """The server's disk is full: it takes nothing new, but what is there can be had."""

    cause = "server_full"


class ServerBusy(NoAnswer):
    """The server asked to come back later."""

    cause = "server_busy"


class NetworkInTheWay(SyncError):
    """Something between this computer and the server answers in its place."""

    cause = "network_in_the_way"


class SignInPage(NetworkInTheWay):
    """A page of the network came back: it wants somebody to sign in first."""

    cause = "sign_in_page"


class ProxyPassword(NetworkInTheWay):
    """The network's proxy wants a password."""

    cause = "proxy_password"


class InspectedConnection(NetworkInTheWay):
    """The secure connection does not end at our server."""

    cause = "inspected_connection"


class SecureLineBroken(NetworkInTheWay):
    """What answers speaks no secure language that this computer knows."""

    cause = "secure_line_broken"


class ClockWrong(NetworkInTheWay):
    """The server's certificate is not valid on the date that this computer believes it is."""

    cause = "clock_wrong"


class NotAdmitted(SyncError):
    """The server knows why it does not let this replica in."""

    cause = "not_admitted"


class UnknownReplica(NotAdmitted):
    """The server does not know this replica."""

    cause = "unknown_replica"


class OtherServer(NotAdmitted):
    """A server of this program answers, but not with the secrets of the one we enrolled at."""

    cause = "other_server"


class Revoked(NotAdmitted):
    """The replica's access was taken back."""

    cause = "revoked"


class InvitationRefused(NotAdmitted):
    """The invitation code is unknown, used or expired."""

    cause = "invitation_refused"


class NeedsNewerProgram(SyncError):
    """The server speaks a version that this program does not know."""

    cause = "newer_version_needed"


class OlderServer(SyncError):
    """The server does not know yet the version that this program speaks."""

    cause = "older_server"


class TooBig(SyncError):
    """The server, or something in between, refuses messages of this size."""

    cause = "too_big"


class NotHere(SyncError):
    """The server does not have this chunk (yet)."""

    cause = "not_here"


class PageNotUnderstood(SyncError):
    """The server lacks the groups that the page builds on; packed whole, it can be taken."""

    cause = "page_not_understood"


class BrokenAnswer(SyncError):
    """An answer in our form that does not hold together."""

    cause = "broken_answer"
