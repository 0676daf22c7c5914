"""The one clock of a simulated world, and what everybody's own clock shows of it."""

from dataclasses import dataclass

BEGIN_MS = 1_790_000_000_000


@dataclass
class WorldTime:
    """Seconds since the world began; never goes back."""

    now_s: float = 0.0

    def pass_s(self, seconds: float) -> None:
        """Let time pass."""
        self.now_s += seconds


@dataclass
class OwnClock:
    """What one computer's clock shows. skew_ms: how far it is off."""

    world: WorldTime
    skew_ms: int = 0

    def wall_ms(self) -> int:
        """Milliseconds since 1970, right or wrong."""
        return BEGIN_MS + int(self.world.now_s * 1000) + self.skew_ms

    def monotonic_s(self) -> float:
        """Seconds of the world; nobody can set it."""
        return self.world.now_s
