"""Signatures and certificates hold for what they were made for, and for nothing else."""

import pytest

from sync.core.errors import NotAuthentic
from sync.core.signing import (
    Certificate,
    SigningKey,
    check_certificate,
    check_group_signature,
    replica_frame_key,
)

KEY = SigningKey(b"\x01" * 32)
OTHER = SigningKey(b"\x02" * 32)
CERTIFICATE = Certificate(b"r" * 16, b"m" * 16, KEY.public, 1_700_000_000_000)


def test_a_group_signature_holds_for_its_group_and_key() -> None:
    signature = KEY.sign_group(b"h" * 32)
    check_group_signature(KEY.public, b"h" * 32, signature)
    for key, name, mark in (
        (OTHER.public, b"h" * 32, signature),
        (KEY.public, b"x" * 32, signature),
        (KEY.public, b"h" * 32, bytes(64)),
        (KEY.public, b"h" * 32, b""),
        (b"short", b"h" * 32, signature),
    ):
        with pytest.raises(NotAuthentic):
            check_group_signature(key, name, mark)


def test_a_certificate_holds_only_as_the_server_gave_it() -> None:
    signature = OTHER.certify(CERTIFICATE)
    check_certificate(OTHER.public, CERTIFICATE, signature)
    forged = Certificate(b"r" * 16, b"x" * 16, KEY.public, CERTIFICATE.issued_ms)
    with pytest.raises(NotAuthentic):
        check_certificate(OTHER.public, forged, signature)
    with pytest.raises(NotAuthentic):
        check_certificate(KEY.public, CERTIFICATE, signature)


def test_a_certificate_is_no_group_signature() -> None:
    with pytest.raises(NotAuthentic):
        check_group_signature(KEY.public, CERTIFICATE.encoded()[:32], KEY.certify(CERTIFICATE))


def test_frame_keys_differ_by_replica_and_server() -> None:
    keys = {replica_frame_key(m, r) for m in (b"1" * 32, b"2" * 32) for r in (b"a" * 16, b"b" * 16)}
    assert len(keys) == 4
