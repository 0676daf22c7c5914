"""Ed25519 keys of replicas, the certificates that tie them to members, keyed frame hashes.

A signature is made over a group's hash. Because every group names the hash of its predecessor,
one signature vouches for that replica's whole chain in the space up to the signed group.
"""

from hashlib import blake2b
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.core.errors import NotAuthentic
from sync.core.ids import Hash, Id

PUBLIC_KEY_BYTES: Final = 32
FRAME_KEY_BYTES: Final = 32
_GROUP_CONTEXT: Final = b"cop group 1\0"
_CERTIFICATE_CONTEXT: Final = b"cop certificate 1\0"


class SigningKey:
    """A replica's private key. Never leaves the computer it was made on."""

    def __init__(self, seed: bytes) -> None:
        """seed: 32 random bytes, the form in which the key is kept."""
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._private.public_key().public_bytes_raw()

    def sign_group(self, group_hash: Hash) -> bytes:
        """64 bytes that vouch for the group and all its predecessors."""
        return self._private.sign(_GROUP_CONTEXT + group_hash)

    def certify(self, certificate: "Certificate") -> bytes:
        """The server's signature over a certificate."""
        return self._private.sign(_CERTIFICATE_CONTEXT + certificate.encoded())


class Certificate(msgspec.Struct, frozen=True, array_like=True):
    """The server's word that a replica's key belongs to a member.

    renamed_from: the id that the replica had before, empty if none: who has the certificate cannot
    keep quiet about it.
    """

    replica: Id
    member: Id
    public_key: bytes
    issued_ms: int
    renamed_from: Id = b""

    def encoded(self) -> bytes:
        """The bytes that are signed."""
        return msgspec.msgpack.encode(self)


def _check(public_key: bytes, signature: bytes, message: bytes, what: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError) as error:
        raise NotAuthentic(what) from error


def check_group_signature(public_key: bytes, group_hash: Hash, signature: bytes) -> None:
    """Return if the replica with this key signed the group.

    Raises NotAuthentic otherwise.
    """
    _check(public_key, signature, _GROUP_CONTEXT + group_hash, "group signature does not hold")


def check_certificate(server_key: bytes, certificate: Certificate, signature: bytes) -> None:
    """Return if the server signed the certificate.

    Raises NotAuthentic otherwise.
    """
    _check(
        server_key,
        signature,
        _CERTIFICATE_CONTEXT + certificate.encoded(),
        "certificate is not from this server",
    )


def replica_frame_key(master: bytes, replica: Id) -> bytes:
    """The 32-byte secret shared by the server and one replica.

    Derived from the server's master secret, so that a server restored from a backup still
    recognises replicas that enrolled after the backup was made.
    """
    return blake2b(
        replica, key=master, digest_size=FRAME_KEY_BYTES, person=b"cop.frame.key"
    ).digest()
