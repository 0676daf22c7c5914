"""Writes requirements/*.txt from pyproject.toml: versions pinned, wheels hashed.

.venv/bin/python packaging/setup/lock.py             keep the pins that still fit
.venv/bin/python packaging/setup/lock.py --upgrade   take the newest that fit
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OLDEST_PYTHON = "3.11"
EXTRAS = {"run": ["server"], "dev": ["server", "dev"]}
HEADER = """\
# Made by `make lock` from pyproject.toml; do not edit by hand.
# One file for Linux, Windows and macOS; exact versions; only wheels, each known by its hash.
"""


def main(options: list[str]) -> None:
    """Locks the requirements to run, then those to develop, which keep the same versions."""
    for name, extras in EXTRAS.items():
        target = ROOT / "requirements" / f"{name}.txt"
        target.parent.mkdir(exist_ok=True)
        compile_requirements(target, extras, options)
        target.write_text(HEADER + target.read_text(encoding="utf-8"), encoding="utf-8")


def compile_requirements(target: Path, extras: list[str], options: list[str]) -> None:
    """Resolves for every platform at once into `target`, which also says what to keep."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-config"]
    command += ["--universal", "--python-version", OLDEST_PYTHON]
    command += [
        "--generate-hashes",
        "--only-binary",
        ":all:",
        "--emit-build-options",
        "--no-header",
    ]
    for extra in extras:
        command += ["--extra", extra]
    if target.stem != "run":
        command += ["--constraint", "requirements/run.txt", "--no-annotate"]
    command += [*options, "pyproject.toml", "--output-file", str(target.relative_to(ROOT))]
    # Only the public index counts here: what a mirror of this computer rebuilt has other hashes.
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "UV_"))}
    subprocess.run(command, cwd=ROOT, env=clean, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
