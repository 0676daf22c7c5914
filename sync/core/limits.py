"""Upper bounds of everything that can arrive from outside, in one place."""

from typing import Final

KIB: Final = 1024
MIB: Final = 1024 * KIB

ID_BYTES: Final = 16
HASH_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64

MAX_COUNT: Final = (1 << 62) - 1
"""Of sequence numbers and positions: fits every database, with room to count on."""
MAX_GROUP_BYTES: Final = 4 * MIB
MAX_GROUP_VALUES: Final = 250_000
"""Counted as `sync.core.value_counts` does; so that the columns of any one group fit a page."""
MAX_OPS_PER_GROUP: Final = 500
MAX_FIELDS_PER_OP: Final = 64
MAX_ELEMENTS_PER_OP: Final = 500
MAX_BASES_PER_FIELD: Final = 64
MAX_TEXT_UPDATE_BYTES: Final = 1 * MIB
MAX_TEXT_STATE_BYTES: Final = 16 * MIB

MAX_PAGE_GROUPS: Final = 20_000
MAX_PAGE_BYTES: Final = 8 * MIB
MAX_UNPACKED_BYTES: Final = 64 * MIB
"""Of a page's columns, and of all groups in it together."""
MAX_PUSHED_BYTES: Final = 8 * MIB
"""Of a page's columns on the way up, where it holds some small groups or a single large one."""
MAX_PAGE_VALUES: Final = 2_000_000
"""Of a page's columns, and of all groups in it together: what they cost in memory."""
MAX_SPACES: Final = 2_000
"""Named in one request."""
MAX_NONCE_BYTES: Final = 64
MAX_WAIT_S: Final = 300
"""For which an answer may be held back."""
MAX_ENROL_BYTES: Final = 4 * KIB
"""Of a frame that enrols, renames or returns."""
MAX_COMPUTER_NAME: Final = 200

CHUNK_BYTES: Final = 128 * KIB
CHUNK_NAME_BYTES: Final = 16
MAX_CHUNKS_ASKED: Final = 5_000
MAX_ATTACHMENT_BYTES: Final = 512 * MIB
MAX_PATCHED_BYTES: Final = 128 * MIB
"""Of both contents that a patch joins. They lie on the disk; what only the new one has is held in
memory, which may be most of it, on computers of 4 GB."""
