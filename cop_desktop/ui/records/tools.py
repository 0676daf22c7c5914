"""What the dialogs about a record need."""

from dataclasses import dataclass
from typing import Self

from cop_desktop.services.records import Records
from cop_desktop.ui.records.window_tools import WindowTools

Id = bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTools(WindowTools):
    """records: any service of records; every one can do this for all kinds."""

    records: Records

    @classmethod
    def of(cls, tools: WindowTools, records: Records) -> Self:
        """From the tools of a place."""
        return cls(**tools.common(), records=records)
