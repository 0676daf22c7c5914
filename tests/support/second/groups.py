"""Groups: the section of that name."""

from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tests.support.second.names import name_of
from tests.support.second.packed import elements, packed, unpacked

_LENGTHS = {1: 5, 2: 5, 3: 4, 4: 3, 5: 6}
_GROUP = b"cop group 1\0"
_CERTIFICATE = b"cop certificate 1\0"


@dataclass(frozen=True)
class Group:
    """One group. operations: as arrays; those of a newer program among them. raw: its bytes."""

    space: bytes
    replica: bytes
    seq: int
    prev: bytes
    author: bytes
    clock: int
    written_ms: int
    seen: int
    operations: list[Any]

    @property
    def raw(self) -> bytes:
        """Its bytes."""
        head = [1, self.space, self.replica, self.seq, self.prev, self.author]
        return packed([*head, self.clock, self.written_ms, self.seen, self.operations])

    @property
    def name(self) -> bytes:
        """What others call it by."""
        return name_of(self.raw)

    @property
    def stamp(self) -> list[Any]:
        """What its writes are told apart by."""
        return [self.clock, self.replica]


def read_group(raw: bytes) -> Group:
    """The group in these bytes. Raises ValueError for another version, or where it is no group."""
    version, *rest = unpacked(raw)
    if version != 1:
        raise ValueError(f"a group of version {version}")
    group = Group(*rest[:9])
    if len(group.prev) != 32 or (group.seq == 1) != (group.prev == bytes(32)):
        raise ValueError("the first of a chain, and only that, has no group before it")
    for operation in group.operations:
        number, kind, record = operation[:3]
        if type(number) is not int or type(kind) is not int or len(record) != 16:
            raise ValueError("an operation without number, kind and record")
    return group


def is_known(operation: list[Any]) -> bool:
    """Whether this program knows what the operation does; if not, it is kept as it is."""
    return _LENGTHS.get(operation[0]) == len(operation)


def operations_of(raw: bytes) -> list[bytes]:
    """The bytes of each operation of a group."""
    return elements(elements(raw)[9])


def signature_of(name: bytes, key: Ed25519PrivateKey) -> bytes:
    """What vouches for a chain up to the group of this name."""
    return key.sign(_GROUP + name)


def check_signature(name: bytes, signature: bytes, public_key: bytes) -> None:
    """Return if the signature holds; raises InvalidSignature."""
    Ed25519PublicKey.from_public_bytes(public_key).verify(signature, _GROUP + name)


def check_certificate(certificate: list[Any], signature: bytes, server_key: bytes) -> None:
    """Return if the server signed the certificate; raises InvalidSignature."""
    message = _CERTIFICATE + packed(certificate)
    Ed25519PublicKey.from_public_bytes(server_key).verify(signature, message)
