"""Names of files: types, programs, and names that are safe outside."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_desktop.services.file_names import (
    MAX_NAME_BYTES,
    UNNAMED,
    ending,
    is_program,
    media_type,
    safe_name,
)


@pytest.mark.parametrize(
    "name",
    [
        "setup.exe",
        "SETUP.EXE",
        "report.pdf.exe",
        "report.exe. . ",
        "letter.docm",
        "run.ps1",
        "link.lnk",
        "site.url",
        "folder/run.sh",
        "C:\\tools\\run.cmd",
        "photo\u202egpj.exe",
        "photo.e\u200bxe",
    ],
)
def test_what_could_run_when_opened_is_told_by_its_name(name: str) -> None:
    assert is_program(name)


@pytest.mark.parametrize(
    "name",
    ["report.pdf", "exe", "plan.docx", "notes.md", "no ending", "Überblick.html", "a.exe.pdf"],
)
def test_documents_are_no_programs(name: str) -> None:
    assert not is_program(name)


def test_a_program_under_the_name_of_a_document_is_told_by_its_beginning() -> None:
    assert is_program("report.pdf", start=b"MZ\x90\x00\x03")
    assert is_program("report.pdf", start=b"\x7fELF\x02")
    assert is_program("tidy-up", start=b"#!/bin/sh\n")


def test_a_text_that_happens_to_begin_like_a_program_is_a_text() -> None:
    assert not is_program("notes.txt", start=b"MZ is the code of Mozambique")
    assert not is_program("notes.md", start=b"#! not a heading")


def test_a_program_is_told_by_the_type_that_another_computer_claims() -> None:
    assert is_program("report.pdf", "application/x-msdownload")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("a/b\\c.pdf", "c.pdf"),
        ("../../etc/passwd", "passwd"),
        ("why: because?.docx", "why_ because_.docx"),
        ("CON.txt", "_CON.txt"),
        ("lpt1.tar.gz", "_lpt1.tar.gz"),
        ("two\nlines.txt", "two lines.txt"),
        ("  wide   spaces  .txt", "wide spaces.txt"),
        ("ends in dots...", "ends in dots"),
        ("E\u0301cole.md", "École.md"),
        ("الأردن.pdf", "الأردن.pdf"),
        (".hidden", ".hidden"),
        ("", UNNAMED),
        ("..", UNNAMED),
        ("???", "___"),
    ],
)
def test_names_become_safe_and_stay_readable(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=400))
def test_every_name_becomes_one_that_any_system_takes(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert safe == safe_name(safe)
    assert len(safe.encode()) <= MAX_NAME_BYTES
    assert not set(safe) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(c) in ("Cc", "Cf") for c in safe)
    assert safe[-1] not in ". "


@given(st.text(max_size=300), st.sampled_from(["pdf", "docx", "exe"]))
def test_a_long_name_keeps_its_ending(stem: str, tail: str) -> None:
    assert ending(f"{stem}x.{tail}") == tail


def test_types_are_the_same_on_every_computer() -> None:
    assert media_type("a.PDF") == "application/pdf"
    assert media_type("a.unheard-of") == "application/octet-stream"
    assert media_type("no ending") == "application/octet-stream"
