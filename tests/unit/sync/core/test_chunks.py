"""Attachments in pieces."""

import io

import pytest

from sync.core import chunks
from sync.core.errors import Malformed
from sync.core.limits import CHUNK_BYTES


def test_a_file_is_cut_and_named() -> None:
    content = bytes(range(256)) * 1200
    pieces = list(chunks.cut(io.BytesIO(content)))
    assert b"".join(pieces) == content
    assert [len(piece) for piece in pieces[:-1]] == [CHUNK_BYTES] * (len(pieces) - 1)
    recipe = chunks.recipe_of(pieces)
    assert recipe.size_bytes == len(content)
    assert recipe.chunks == tuple(chunks.chunk_hash(piece) for piece in pieces)
    assert chunks.split(chunks.joined(recipe.chunks)) == recipe.chunks


def test_equal_content_has_equal_names_and_other_content_others() -> None:
    one, two = chunks.recipe_of([b"a", b"b"]), chunks.recipe_of([b"a", b"c"])
    assert one == chunks.recipe_of([b"a", b"b"])
    assert one.content_hash != two.content_hash
    assert chunks.recipe_of([]).chunks == ()


def test_a_chunk_list_of_wrong_length_is_refused() -> None:
    with pytest.raises(Malformed):
        chunks.split(b"x" * 33)
