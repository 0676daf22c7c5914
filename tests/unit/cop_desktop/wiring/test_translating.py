"""Which language the program speaks."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from cop_desktop.wiring import translating
from cop_desktop.wiring.translating import best_language, speak_language_of_computer

TS = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE TS><TS version="2.1" language="de">
<context><name>Pane</name><message><source>Saved</source><translation>Gesichert</translation>
</message></context></TS>"""


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [
        (["de-AT", "de", "en"], "de"),
        (["id-ID"], "id_ID"),
        (["en-AU", "de"], None),
        (["fr", "en-AU", "de"], None),
        (["fr", "de"], "de"),
        ([], None),
    ],
)
def test_the_first_language_that_is_wanted_and_there_is_spoken_and_none_after_english(
    tmp_path: Path, wanted: list[str], spoken: str | None
) -> None:
    for name in ("cop_desktop_de.qm", "cop_desktop_id_ID.qm"):
        (tmp_path / name).touch()
    assert best_language(tmp_path, wanted) == spoken


def test_texts_are_in_the_language_of_the_computer_when_it_is_translated(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = tmp_path / "cop_desktop_de.ts"
    catalogue.write_text(TS, "utf-8")
    release = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([release, "-silent", catalogue], check=True, timeout=60)
    monkeypatch.setattr(translating.QLocale, "uiLanguages", lambda _locale: ["de-AT", "en"])
    assert speak_language_of_computer(qapp, tmp_path) == "de"
    try:
        assert QCoreApplication.translate("Pane", "Saved") == "Gesichert"
    finally:
        for each in qapp.findChildren(QTranslator):
            qapp.removeTranslator(each)
            each.deleteLater()


def test_without_a_translation_or_with_one_that_cannot_be_read_it_stays_english(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translating.QLocale, "uiLanguages", lambda _locale: ["de"])
    assert speak_language_of_computer(qapp, tmp_path) is None
    (tmp_path / "cop_desktop_de.qm").write_text("not a catalogue")
    assert speak_language_of_computer(qapp, tmp_path) is None
    assert QCoreApplication.translate("Pane", "Saved") == "Saved"
