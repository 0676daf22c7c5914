"""The column type of ids, hashes and bytes."""

from typing import Any

from sqlalchemy.types import UserDefinedType


class Blob(UserDefinedType[bytes]):
    """BLOB, passed as `bytes` both ways.

    SQLAlchemy's own type wraps each value in a memoryview, which costs more than the rest of the
    binding.
    """

    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        """The name in DDL."""
        return "BLOB"
