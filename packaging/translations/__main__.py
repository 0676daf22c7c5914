"""Brings the catalogues of translations up to date with what the program says.

    python packaging/translations              build/translations, and every language there is
    python packaging/translations --start de   begins the catalogue of a language

A language is `resources/translations/cop_desktop_LANGUAGE.ts`, which Qt Linguist opens; beside it
is put the .qm that the program reads. `build/translations/cop_desktop.ts` holds all texts, without
a translation. English is what stands in the code and needs none.
"""

import argparse
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterable
from pathlib import Path

from spoken import NotUnderstood, Spoken, spoken_in

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ROOT / "resources" / "translations"
TEMPLATE = ROOT / "build" / "translations" / "cop_desktop.ts"
SOURCE_LANGUAGE = "en_AU"


def main() -> None:
    """Writes what is told above; exits with one sentence if a text cannot be understood."""
    parser = argparse.ArgumentParser(prog="packaging/translations")
    parser.add_argument("--start", metavar="LANGUAGE", help="as in de, or id_ID")
    wanted = parser.parse_args().start
    try:
        spoken = spoken_in(ROOT, "cop_desktop")
    except NotUnderstood as error:
        sys.exit(f"this text cannot be taken out for translation: {error}")
    languages = set(LANGUAGES.glob("cop_desktop_*.ts"))
    if wanted:
        languages.add(LANGUAGES / f"cop_desktop_{wanted}.ts")
    for catalogue in (TEMPLATE, *sorted(languages)):
        bring_up(catalogue, spoken)
    for catalogue in sorted(languages):
        _run("pyside6-lrelease", "-silent", catalogue, "-qm", catalogue.with_suffix(".qm"))
    print(f"{len({(each.context, each.text) for each in spoken})} texts in {TEMPLATE}")


def bring_up(catalogue: Path, spoken: Iterable[Spoken]) -> None:
    """Add what is new to a catalogue and drop what is said no longer; translations stay."""
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "spoken.py"
        plain.write_text("".join(map(_plain, spoken)), "utf-8")
        language = catalogue.stem.removeprefix("cop_desktop").lstrip("_")
        target = ("-target-language", language) if language else ()
        source = ("-source-language", SOURCE_LANGUAGE)
        # Where a text stands is told in a comment: lupdate would name the file made here.
        kept = ("-silent", "-no-obsolete", "-locations", "none")
        _run("pyside6-lupdate", *kept, *source, *target, plain, "-ts", catalogue)


def _plain(spoken: Spoken) -> str:
    """One text as lupdate understands it."""
    number = ", None, 0" if spoken.numbered else ""
    words = f"{_quoted(spoken.context)}, {_quoted(spoken.text)}{number}"
    return f"#: {spoken.path}\nQCoreApplication.translate({words})\n"


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _run(tool: str, *args: str | Path) -> None:
    """A tool of the library that draws the windows, beside this Python or on the path."""
    program = shutil.which(tool, path=sysconfig.get_path("scripts")) or shutil.which(tool)
    if program is None:
        sys.exit(f"{tool} is not here; it comes with PySide6")
    subprocess.run([program, *map(str, args)], check=True)


if __name__ == "__main__":
    main()
