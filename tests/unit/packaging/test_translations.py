"""Taking texts out for translation: what is found, in which context, and what is refused."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.support.far_language import ROOT, spoken

SCRIPTS = ROOT / "packaging" / "translations"
MODULE = """
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from program.words import counted as said

NAMES = {"title": QT_TRANSLATE_NOOP("Fields", "Title")}

class Pane:
    def lay_out(self):
        tr = self.tr
        self.title = tr("Of the pane")
        self.count = self.tr("%n unread", "", self.unread)
        return said("1 topic"), said(NAMES["title"])

def place():
    tr = QCoreApplication.translate
    return tr("Place", "A " "long name")
"""
WORDS = '''
def counted(words):
    """In one context."""
    return QCoreApplication.translate("Counts", words)
'''


def found_in(folder: Path, **modules: str) -> set[tuple[str, str]]:
    """Context and text of all that is found in a program of these modules."""
    package = folder / "program"
    package.mkdir()
    for name, text in modules.items():
        (package / f"{name}.py").write_text(text)
    return {(each.context, each.text) for each in spoken().spoken_in(folder, "program")}


def test_a_text_is_found_with_the_context_that_it_is_looked_up_in(tmp_path: Path) -> None:
    assert found_in(tmp_path, pane=MODULE, words=WORDS) == {
        ("Fields", "Title"),
        ("Pane", "Of the pane"),
        ("Pane", "%n unread"),
        ("Counts", "1 topic"),
        ("Place", "A long name"),
    }


def test_what_services_say_without_qt_is_found_too(tmp_path: Path) -> None:
    module = "from services.saying import Say\ndef day(say: Say):\n    return say('Monday')\n"
    assert found_in(tmp_path, days=module) == {("Services", "Monday")}


@pytest.mark.parametrize(
    "line", ["self.tr(f'{count} topics')", "self.tr('a' if one else 'b')", "self.tr('a' + more)"]
)
def test_a_text_that_is_put_together_first_is_refused(tmp_path: Path, line: str) -> None:
    module = f"class Pane:\n    def show(self):\n        return {line}\n"
    with pytest.raises(spoken().NotUnderstood, match=r"program/pane\.py:3"):
        found_in(tmp_path, pane=module)


def test_a_translation_that_is_there_stays_and_what_is_new_waits_for_one(tmp_path: Path) -> None:
    catalogue = tmp_path / "cop_desktop_de.ts"
    bring_up(catalogue, "('Pane', 'Old', 'a.py'), ('Pane', 'Gone', 'a.py')")
    catalogue.write_text(
        catalogue.read_text("utf-8").replace(
            "<source>Old</source>\n        <extracomment>a.py</extracomment>\n"
            '        <translation type="unfinished"></translation>',
            "<source>Old</source>\n        <translation>Alt</translation>",
        ),
        "utf-8",
    )
    bring_up(catalogue, "('Pane', 'Old', 'b.py'), ('Pane', 'New \"one\"', 'b.py')")
    messages = {
        each.findtext("source"): each.findtext("translation")
        for each in ET.parse(catalogue).iter("message")
    }
    assert messages == {"Old": "Alt", 'New "one"': ""}


def bring_up(catalogue: Path, texts: str) -> None:
    """As `make translations` does, in a process of its own: its modules are a script's."""
    code = (
        f"import sys; sys.path.insert(0, {str(SCRIPTS)!r})\n"
        "import pathlib, runpy\n"
        "from spoken import Spoken\n"
        f"names = runpy.run_path({str(SCRIPTS / '__main__.py')!r})\n"
        f"names['bring_up'](pathlib.Path({str(catalogue)!r}), "
        f"[Spoken(*each) for each in ({texts})])\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
