"""The virtual environment `.venv`: made once, filled from the pinned and hashed requirements."""

import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# What make looks at. The requirements to develop contain those to run, at the same versions.
STAMPS = {"run": [".run-ready"], "dev": [".run-ready", ".dev-ready"]}


class CannotSetUp(Exception):
    """The environment could not be made; the text says what to do."""


def ensure(purpose: str) -> None:
    """Makes the environment if there is none that works, installs, and leaves a stamp for make."""
    if not works(PYTHON):
        create()
    print(
        f"Installing what the program needs ({purpose}); the first time takes a few minutes",
        flush=True,
    )
    install(ROOT / "requirements" / f"{purpose}.txt")
    for done in STAMPS[purpose]:
        (ENVIRONMENT / done).touch()


def works(python: Path) -> bool:
    """Whether this interpreter starts and is new enough: one that moved or was removed does not."""
    question = [str(python), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    return succeeds(question)


def create() -> None:
    """Makes an empty environment, without pip where Debian leaves that to a package of its own."""
    if ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    venv.create(ENVIRONMENT, with_pip=importlib.util.find_spec("ensurepip") is not None)


def install(requirements: Path) -> None:
    """Installs exactly these versions, each file checked against its hash."""
    pip = [str(PYTHON), "-m", "pip"]
    if not succeeds([*pip, "--version"]):
        # The pip outside can fill the environment.
        pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
        if not succeeds([*pip, "--version"]):
            raise CannotSetUp("pip is missing: install python3-venv, or python3-pip, and try again")
    options = ["-qq", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    command = [*pip, "install", *options, "--requirement", str(requirements)]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise CannotSetUp("pip could not install the requirements; its reason stands above")


def succeeds(command: list[str]) -> bool:
    """Whether the command starts and ends well; what it prints is dropped."""
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False
