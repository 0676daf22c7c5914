"""Sizes: spacing, roundness and type, all grown together by the text size people choose."""

from dataclasses import dataclass

SMALLEST_SCALE = 1.0
LARGEST_SCALE = 2.0
SCALE_STEPS = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)

READABLE_POINTS = 10.5
"""Body text is never smaller, whatever the system's own size: people read here for long."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """Lengths in device-independent pixels and type in points, at one text size."""

    scale: float
    body_pt: float

    @classmethod
    def at(cls, scale: float, system_pt: float) -> "Metrics":
        """Sizes for `scale` (kept within 1.0-2.0) over the system's own font size."""
        kept = min(max(scale, SMALLEST_SCALE), LARGEST_SCALE)
        return cls(kept, max(system_pt, READABLE_POINTS) * kept)

    def px(self, length: float) -> int:
        """A length that belongs to the text: grows fully with it."""
        return round(length * self.scale)

    def space(self, length: float) -> int:
        """A gap: grows half as fast as the text, so that large text keeps its room."""
        return round(length * (1 + (self.scale - 1) / 2))

    @property
    def small_pt(self) -> float:
        return self.body_pt * 0.9

    @property
    def subtitle_pt(self) -> float:
        return self.body_pt * 1.15

    @property
    def title_pt(self) -> float:
        return self.body_pt * 1.45

    @property
    def icon(self) -> int:
        return self.px(18)

    @property
    def control(self) -> int:
        """Height of a button or a field, inside its border. Targets stay above 24 px."""
        return self.px(32)

    @property
    def radius(self) -> int:
        return 8

    @property
    def radius_small(self) -> int:
        return 5

    @property
    def tight(self) -> int:
        return self.space(4)

    @property
    def gap(self) -> int:
        return self.space(8)

    @property
    def room(self) -> int:
        return self.space(12)

    @property
    def margin(self) -> int:
        return self.space(16)

    @property
    def wide(self) -> int:
        return self.space(24)


def next_scale(scale: float, steps: int) -> float:
    """The text size `steps` (+1, -1) away from `scale` on the ladder; the ends stay put."""
    nearest = min(range(len(SCALE_STEPS)), key=lambda i: abs(SCALE_STEPS[i] - scale))
    return SCALE_STEPS[min(max(nearest + steps, 0), len(SCALE_STEPS) - 1)]
