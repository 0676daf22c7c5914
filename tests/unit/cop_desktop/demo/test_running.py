"""`cop-desktop demo` as a command."""

from argparse import Namespace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cop_desktop.demo.running import STALE_AFTER, is_stale, run_demo
from cop_desktop.demo.seeding import MADE_AT
from cop_desktop.demo.stage import Stage
from cop_desktop.wiring.screen import has_screen
from tests.support.small_sample import small_sample


def no_window(_folder: Path, _guest: object = None) -> int:
    pytest.fail("no window may open")


@pytest.mark.skipif("sys.platform != 'linux'")
def test_without_a_screen_and_without_xvfb_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run_demo(Namespace(data=tmp_path / "demo", shots=None), no_window) == 1
    said = capsys.readouterr()
    assert "no screen" in said.out
    assert "install Xvfb" in said.err
    assert not (tmp_path / "demo" / "community").exists()


@pytest.mark.skipif("sys.platform != 'linux'")
@pytest.mark.parametrize("name", [":4711", "unix:4711.0", ""])
def test_a_display_that_nobody_answers_at_is_no_screen(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DISPLAY", name)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert not has_screen()


def test_the_sample_grows_old_when_its_coming_meetings_are_past(tmp_path: Path) -> None:
    sample = small_sample(tmp_path / "sample")
    with Stage(tmp_path / "demo", sample) as stage:
        assert not is_stale(stage)
        community = tmp_path / "demo" / "community"
        community.mkdir()
        for age, stale in ((timedelta(days=1), False), (STALE_AFTER + timedelta(days=1), True)):
            made = datetime.now(UTC) - age
            (community / MADE_AT).write_text(made.isoformat(), encoding="ascii")
            assert is_stale(stage) is stale
