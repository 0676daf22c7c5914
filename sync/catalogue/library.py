"""The library: items, the versions of their files, and the text found inside those."""

from typing import Final

from sync.catalogue.declare import (
    DOCUMENT,
    HASH,
    PARAGRAPHS,
    Field,
    Kind,
    Searched,
    SpaceKind,
    Type,
    Who,
    WriteRule,
)
from sync.core.limits import (
    CHUNK_BYTES,
    CHUNK_NAME_BYTES,
    MAX_ATTACHMENT_BYTES,
    MAX_PATCHED_BYTES,
)
from sync.core.merge import Merge

ITEM_TYPES: Final = ("guide", "template", "lesson", "research", "policy", "story", "other")
STATUSES: Final = ("draft", "submitted", "in review", "published", "retired")
EVIDENCE: Final = ("experience", "research", "both")
_LAST_YEAR: Final = 3999

LIBRARY_ITEM: Final = Kind(
    number=20,
    name="library_item",
    noun="library item",
    space=SpaceKind.COMMUNITY,
    write=WriteRule(change=Who.ANYONE),
    title="title",
    fields=(
        Field(1, "title", Type.TEXT, Merge.HUMAN, searched=Searched.TITLE, required=True),
        Field(2, "summary", Type.TEXT, Merge.TEXT, limit=PARAGRAPHS, searched=Searched.BODY),
        Field(3, "type", Type.CHOICE, choices=ITEM_TYPES),
        Field(4, "tags", Type.TEXT, Merge.SET),
        Field(5, "strategies", Type.TEXT, Merge.SET),
        Field(6, "evidence", Type.CHOICE, choices=EVIDENCE),
        Field(7, "reading_minutes", Type.NUMBER, limit=100_000),
        Field(8, "status", Type.CHOICE, choices=STATUSES),
        Field(9, "reviewer", Type.REFERENCE, refers_to=("member",)),
        Field(10, "review_by", Type.DAY),
        Field(11, "credit", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS),
        Field(12, "adapted_from", Type.REFERENCE, Merge.ONCE, refers_to=("library_item",)),
        Field(13, "source", Type.TEXT, Merge.ONCE),
        Field(14, "review_note", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS),
        Field(15, "answer_by", Type.DAY),
        Field(16, "authors", Type.TEXT, Merge.HUMAN, searched=Searched.BODY),
        Field(17, "year", Type.NUMBER, limit=_LAST_YEAR),
    ),
)
"""answer_by: when the reviewer is to have answered; review_note: what they answered. review_by:
when what is published is to be looked at again. authors, year: of the work, for citing it."""

FILE_VERSION: Final = Kind(
    number=21,
    name="file_version",
    noun="file",
    space=SpaceKind.COMMUNITY,
    title="name",
    parent="target",
    fields=(
        Field(
            1,
            "target",
            Type.REFERENCE,
            Merge.ONCE,
            refers_to=("library_item", "topic", "post", "meeting"),
            required=True,
        ),
        Field(2, "name", Type.TEXT, Merge.ONCE, searched=Searched.TITLE, required=True),
        Field(3, "media_type", Type.TEXT, Merge.ONCE, required=True),
        Field(4, "size_bytes", Type.NUMBER, Merge.ONCE, limit=MAX_ATTACHMENT_BYTES, required=True),
        Field(5, "content_hash", Type.BYTES, Merge.ONCE, limit=HASH, required=True),
        Field(
            6,
            "chunks",
            Type.BYTES,
            Merge.ONCE,
            limit=CHUNK_NAME_BYTES * (MAX_ATTACHMENT_BYTES // CHUNK_BYTES),
            required=True,
        ),
        Field(7, "note", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS),
        Field(8, "patch_of", Type.REFERENCE, Merge.ONCE, refers_to=("file_version",)),
        Field(
            9,
            "patch",
            Type.BYTES,
            Merge.ONCE,
            limit=CHUNK_NAME_BYTES * (MAX_PATCHED_BYTES // CHUNK_BYTES),
        ),
        Field(10, "patch_bytes", Type.NUMBER, Merge.ONCE, limit=MAX_PATCHED_BYTES),
    ),
)
"""An attachment reference. `chunks`: the names of its chunks joined (`sync.core.chunks`).

patch_of, patch, patch_bytes: a version from whose content, by a patch (`sync.core.patching`) with
these chunks and of this size, this one can be made; all three or none.
"""

EXTRACTED_TEXT: Final = Kind(
    number=22,
    name="extracted_text",
    noun="text of a file",
    space=SpaceKind.TEXTS,
    key=("file",),
    parent="file",
    fields=(
        Field(1, "file", Type.REFERENCE, Merge.ONCE, refers_to=("file_version",), required=True),
        Field(
            2,
            "text",
            Type.TEXT,
            Merge.ONCE,
            limit=DOCUMENT,
            searched=Searched.EXTRACTED,
            required=True,
        ),
    ),
)

USE_REPORT: Final = Kind(
    number=23,
    name="use_report",
    noun="report of use",
    space=SpaceKind.COMMUNITY,
    write=WriteRule(create=Who.OWNER, change=Who.OWNER),
    owner="member",
    parent="item",
    fields=(
        Field(1, "item", Type.REFERENCE, Merge.ONCE, refers_to=("library_item",), required=True),
        Field(2, "member", Type.REFERENCE, Merge.ONCE, refers_to=("member",), required=True),
        Field(3, "school", Type.REFERENCE, Merge.ONCE, refers_to=("school",)),
        Field(4, "used_on", Type.DAY),
        Field(5, "text", Type.TEXT, Merge.HUMAN, limit=PARAGRAPHS, searched=Searched.BODY),
    ),
)
"""Somebody used an item in their school. `school`: where they worked then; `text`: how it went."""

KINDS: Final = (LIBRARY_ITEM, FILE_VERSION, EXTRACTED_TEXT, USE_REPORT)
