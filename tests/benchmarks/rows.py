"""What a row of the budget table says: measured, compared with what, and whether that is enough."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """One line of the table. value and limit in `unit`; detail: what else was measured."""

    name: str
    what: str
    unit: str
    value: float
    limit: float
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the budget is kept."""
        return self.value <= self.limit

    def as_json(self) -> dict[str, Any]:
        """For printing."""
        return {
            "name": self.name,
            "what": self.what,
            "value": round(self.value, 3),
            "limit": round(self.limit, 3),
            "unit": self.unit,
            "ratio": round(self.value / self.limit, 3),
            "ok": self.ok,
            **self.detail,
        }


def markdown(rows: list[dict[str, Any]]) -> str:
    """The table as the README has it."""
    lines = ["| what | measured | must reach | |", "|---|---|---|---|"]
    for row in rows:
        value, limit, unit = row["value"], row["limit"], row["unit"]
        kept = "kept" if row["ok"] else "**missed**"
        lines.append(f"| {row['what']} | {value:,g} {unit} | {limit:,g} {unit} | {kept} |")
    return "\n".join(lines)
