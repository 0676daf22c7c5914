"""What people write waits for the disk: only what is thrown away again may do without."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CALL = ".wait_for_no_disk("
MAKING_THE_SAMPLE = "cop_desktop/demo/"


def test_only_the_making_of_the_sample_does_not_wait_for_the_disk() -> None:
    sources = [path for name in ("cop_desktop", "sync") for path in (ROOT / name).rglob("*.py")]
    calling = [path for path in sources if CALL in path.read_text("utf-8")]
    assert calling
    names = [path.relative_to(ROOT).as_posix() for path in calling]
    assert [name for name in names if not name.startswith(MAKING_THE_SAMPLE)] == []
