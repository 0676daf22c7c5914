"""Setting up: what is missing is named, what is there is left alone, old Pythons are told."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]
SETUP = ROOT / "packaging" / "setup"
APT = "#!/bin/sh\necho \"$@\" >> '{log}'\nexit {status}\n"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="what is prepared here is Linux")


def load(name: str) -> ModuleType:
    """A module of packaging/setup, which is a script's folder and not a package."""
    spec = importlib.util.spec_from_file_location(name, SETUP / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def libraries(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module on a Linux computer that lacks one library and the screen in memory."""
    module = load("system_libraries")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(module, "is_loadable", lambda name: name != "libxcb-cursor.so.0")
    monkeypatch.setattr(module, "missing_extras", lambda: ["xvfb"])
    return module


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder of programs on this computer."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}")
    return folder


def put_apt(path: Path, status: int = 0) -> Path:
    """An apt-get that only writes down what it was asked for; returns what it writes to."""
    log = path.parent / "asked"
    apt = path / "apt-get"
    apt.write_text(APT.format(log=log, status=status))
    apt.chmod(0o755)
    return log


def test_root_on_debian_gets_what_is_missing_installed(
    libraries: ModuleType, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    log = put_apt(path)
    libraries.ensure()
    last = log.read_text().splitlines()[-1]
    assert last.split()[-2:] == ["libxcb-cursor0", "xvfb"]


def test_an_apt_that_fails_is_quoted(
    libraries: ModuleType, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    put_apt(path, status=100)
    with pytest.raises(libraries.Missing, match="apt-get update did not work"):
        libraries.ensure()


def test_anybody_else_on_debian_is_told_the_command(
    libraries: ModuleType, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    put_apt(path)
    with pytest.raises(libraries.Missing, match=r"sudo apt-get install libxcb-cursor0 xvfb"):
        libraries.ensure()


def test_other_linux_systems_are_told_the_libraries(libraries: ModuleType, path: Path) -> None:
    with pytest.raises(libraries.Missing, match=r"libxcb-cursor\.so\.0"):
        libraries.ensure()


def test_a_missing_screen_in_memory_stops_nobody(
    libraries: ModuleType,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(libraries, "is_loadable", lambda name: True)
    libraries.ensure()
    assert "xvfb" in capsys.readouterr().err


def test_windows_and_macos_are_left_alone(
    libraries: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    libraries.ensure()


def test_an_environment_that_does_not_start_is_not_taken_for_one(tmp_path: Path) -> None:
    environment = load("environment")
    broken = tmp_path / "python"
    broken.write_text("#!/nowhere/python\n")
    broken.chmod(0o755)
    assert not environment.works(tmp_path / "absent")
    assert not environment.works(broken)
    assert environment.works(Path(sys.executable))


def test_no_pip_anywhere_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = load("environment")
    monkeypatch.setattr(environment, "succeeds", lambda command: False)
    with pytest.raises(environment.CannotSetUp, match="pip is missing"):
        environment.install(tmp_path / "requirements.txt")


def test_a_hash_that_does_not_fit_stops_the_set_up(tmp_path: Path) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text(f"wrong @ {wheel_in(tmp_path).as_uri()} --hash=sha256:{'0' * 64}\n")
    environment = load("environment")
    environment.PYTHON = Path(sys.executable)
    with pytest.raises(environment.CannotSetUp):
        environment.install(requirements)


def wheel_in(folder: Path) -> Path:
    """The smallest file that pip takes for a wheel before it looks at the hash."""
    wheel = folder / "wrong-1.0-py3-none-any.whl"
    wheel.write_bytes(b"not even a zip")
    return wheel


@pytest.mark.parametrize("name", ["run", "dev"])
def test_the_requirements_name_no_address_and_only_wheels(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert "--only-binary :all:" in text
    assert "://" not in text
    assert "--find-links" not in text


def test_to_develop_is_to_run_with_the_same_versions_and_more() -> None:
    run, dev = (pins(ROOT / "requirements" / f"{name}.txt") for name in ("run", "dev"))
    assert run < dev


def pins(requirements: Path) -> set[str]:
    """Its lines with a version, markers included."""
    return {line for line in requirements.read_text().splitlines() if "==" in line}


def test_the_set_up_explains_itself() -> None:
    done = subprocess.run(
        [sys.executable, str(SETUP), "--help"], capture_output=True, text=True, check=True
    )
    assert "run" in done.stdout
    assert "dev" in done.stdout
