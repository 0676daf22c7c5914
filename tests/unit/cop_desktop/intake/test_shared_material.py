"""The real documents and minutes beside this checkout: none crashes, most are told apart."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from cop_desktop.intake.documents import Document, read_document
from cop_desktop.intake.errors import Unreadable
from cop_desktop.intake.limits import MAX_TEXT_CHARS
from cop_desktop.intake.minutes import Minutes, read_minutes
from cop_desktop.intake.text import tidy
from cop_desktop.intake.walk import FoundFile, find_files
from cop_desktop.intake.zips import opened_zip

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_all(folder: Path) -> tuple[dict[str, Document], dict[str, str]]:
    documents, refused = {}, {}
    for found in find_files(folder):
        assert isinstance(found, FoundFile)
        try:
            documents[found.name] = read_document(found.path)
        except Unreadable as error:
            refused[found.name] = error.code
    return documents, refused


@pytest.fixture(scope="module")
def minutes(shared_data: Path) -> dict[str, tuple[Path, Minutes]]:
    found = (one for one in find_files(shared_data / "minutes") if isinstance(one, FoundFile))
    return {
        one.name: (one.path, read_minutes(one.path))
        for one in found
        if one.path.suffix in (".md", ".docx")
    }


def test_every_shared_document_is_read(shared_data: Path) -> None:
    documents, refused = read_all(shared_data / "documents")
    assert refused == {}
    assert len(documents) == 191
    for name, document in documents.items():
        assert document.title, name
        assert len(document.text) <= MAX_TEXT_CHARS
        assert unicodedata.is_normalized("NFC", document.text)
        is_picture = document.media_type.startswith("image/")
        assert is_picture != bool(document.text), name
        assert is_picture == (document.size_px is not None), name


def test_words_of_shared_documents_are_found_where_they_are(shared_data: Path) -> None:
    folder = shared_data / "documents"
    expected = {
        "worldbank-gepd/Jordan_2019_2Pager.pdf": "An innovative tool to measure drivers",
        "worldbank-gepd/Sampling_Notes_Peru.docx": "stratification",
        "worldbank-gepd/Sampling_Notes_Niger.html": "cluster sampling strategy",
        "debian-edu/ja__debian-edu-bullseye-manual.pdf": "動作確認済みのハードウェア",
        "c9-python-teaching/6 - Dates.pptx": "Make sure you add exception handling",
    }
    for name, words in expected.items():
        text = " ".join(read_document(folder / name).text.split())
        assert words.lower() in text.lower(), name


def test_awkward_files_are_read_or_refused_for_the_right_reason(shared_data: Path) -> None:
    documents, refused = read_all(shared_data / "awkward")
    assert refused == {
        "cut/interrupted-download.docx": "cut_off",
        "cut/interrupted-download.pdf": "cut_off",
        "names/ignore.md": "empty",
        "names/vide.pdf": "empty",
        "pdf/graph-encrypted.pdf": "protected",
        "pdf/r6-user-password.pdf": "protected",
    }
    assert documents["wrong-extension/report.docx"].media_type == "application/pdf"
    assert documents["wrong-extension/slides.docx"].notes
    assert documents["pdf/congress.pdf"].notes
    composed, decomposed = (
        documents[f"names/Indicateurs_école_{form}.md"] for form in ("composé", "décomposé")
    )
    assert composed.text == decomposed.text


def test_the_day_is_found_in_nearly_all_minutes(
    minutes: dict[str, tuple[Path, Minutes]],
) -> None:
    known = [one.held_on for _, one in minutes.values() if one.held_on is not None]
    assert len(minutes) == 300
    assert len(known) >= 0.95 * len(minutes)
    named = {
        name: date(*(int(part) for part in match.groups()))
        for name in minutes
        if (match := re.search(r"(\d{4})-?(\d\d)-?(\d\d)[^/]*$", name))
    }
    agreeing = sum(minutes[name][1].held_on == day for name, day in named.items())
    assert agreeing >= 0.95 * len(named)


def test_people_are_found_where_a_heading_says_who_was_there(
    minutes: dict[str, tuple[Path, Minutes]],
) -> None:
    texts = {name: one for name, (path, one) in minutes.items() if path.suffix == ".md"}
    headed = [
        one
        for one in texts.values()
        if re.search(
            r"^#+ *(present|attend|participants)", one.notes_markdown, re.IGNORECASE | re.MULTILINE
        )
    ]
    found = [one for one in headed if len(one.attendance) >= 3]
    assert len(headed) > 200
    assert len(found) >= 0.97 * len(headed)
    bulleted = r"^## Present\s*\n+((?: *[*-] .*\n+)+)"
    listed = taken = 0
    for one in headed:
        for part in re.findall(bulleted, one.notes_markdown, re.MULTILINE):
            listed += len(re.findall(r"^ *[*-] +\S", part, re.MULTILINE))
            taken += min(len(one.attendance), len(re.findall(r"^ *[*-] +\S", part, re.MULTILINE)))
    assert taken >= 0.95 * listed


def test_agendas_and_decisions_are_found_where_headings_announce_them(
    minutes: dict[str, tuple[Path, Minutes]],
) -> None:
    with_agenda = [
        one
        for _, one in minutes.values()
        if re.search("^#+ *agenda", one.notes_markdown, re.IGNORECASE | re.MULTILINE)
    ]
    assert sum(bool(one.agenda) for one in with_agenda) >= 0.95 * len(with_agenda)
    approved = [
        one
        for _, one in minutes.values()
        if re.search(r"\| .*Date Added to Standard \|\n\| --- .*\n\| \S+ ", one.notes_markdown)
    ]
    assert len(approved) > 20
    assert sum(bool(one.decisions) for one in approved) >= 0.95 * len(approved)


def test_labelled_actions_are_found(minutes: dict[str, tuple[Path, Minutes]]) -> None:
    labelled = re.compile(
        r"^\s*(?:[*-]\s+)?action(?: item)?:\s+(\w[^?\n]*\s[^?\n]*)$", re.IGNORECASE | re.MULTILINE
    )
    said = taken = 0
    for _, one in minutes.values():
        actions = " ".join(f"{action.owner} {action.text}" for action in one.actions)
        for text in labelled.findall(one.notes_markdown):
            said += 1
            taken += text.split()[-1].strip("*_") in actions
    assert said > 20
    assert taken >= 0.85 * said


def source_words(path: Path) -> Iterator[str]:
    if path.suffix == ".md":
        yield tidy(path.read_text("utf-8"))
        return
    with opened_zip(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
        for paragraph in root.iter(f"{W}p"):
            yield tidy("".join(text.text or "" for text in paragraph.iter(f"{W}t")))


def test_every_word_of_the_minutes_is_in_the_notes(
    minutes: dict[str, tuple[Path, Minutes]],
) -> None:
    for name, (path, one) in minutes.items():
        words = Counter(word for text in source_words(path) for word in re.findall(r"\w+", text))
        assert not words - Counter(re.findall(r"\w+", one.notes_markdown)), name
