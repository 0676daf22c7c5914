"""What a file is, is told by what is in it."""

import os
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cop_desktop.intake import limits
from cop_desktop.intake.detect import detect
from cop_desktop.intake.errors import Unreadable
from cop_desktop.intake.file_types import Kind
from tests.support.office_files import paragraph, pdf_file, shape, slides_file, word_file

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def made(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def refused(path: Path) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        detect(path)
    return caught.value


def test_each_type_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "no ending"
    assert detect(pdf_file(path, ["a"])).media_type == "application/pdf"
    assert detect(word_file(path, paragraph("a"))).kind is Kind.WORD
    assert detect(slides_file(path, [shape("a")])).kind is Kind.SLIDES
    assert detect(made(path, b"<!DOCTYPE html><p>a")).kind is Kind.WEB
    assert detect(made(path, b"\x89PNG\r\n\x1a\n")).media_type == "image/png"
    assert detect(made(path, b"\xff\xd8\xff\xe0")).media_type == "image/jpeg"
    assert detect(made(path, b"GIF89a")).media_type == "image/gif"
    assert detect(made(path, b"RIFF\x10\0\0\0WEBP")).media_type == "image/webp"
    assert detect(made(path, b"<svg xmlns='x'/>")).media_type == "image/svg+xml"
    assert detect(made(path, b"plain words")).media_type == "text/plain"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.md", "text/markdown"),
        ("a.MARKDOWN", "text/markdown"),
        ("a.csv", "text/csv"),
        ("a.tsv", "text/tab-separated-values"),
        ("a.htm", "text/html"),
        ("a.txt", "text/plain"),
        ("a.json", "text/plain"),
    ],
)
def test_the_name_decides_between_kinds_of_text(tmp_path: Path, name: str, media_type: str) -> None:
    file_type = detect(made(tmp_path / name, b"words"))
    assert file_type.media_type == media_type
    assert file_type.note == ""


def test_a_wrong_ending_is_noted_and_the_file_read_as_what_it_is(tmp_path: Path) -> None:
    file_type = detect(pdf_file(tmp_path / "report.docx", ["a"]))
    assert file_type.kind is Kind.PDF
    assert file_type.note == "The name says .docx, but the file is a PDF and was read as one."


def test_a_sign_in_page_saved_as_a_pdf_is_a_web_page(tmp_path: Path) -> None:
    file_type = detect(made(tmp_path / "plan.pdf", b"<html><body>Please sign in"))
    assert file_type.kind is Kind.WEB
    assert "web page" in file_type.note


def test_a_text_that_speaks_of_pdf_stays_a_text(tmp_path: Path) -> None:
    assert detect(made(tmp_path / "a.md", b"Files begin with %PDF-1.4")).kind is Kind.MARKDOWN


def test_a_pdf_with_a_scanners_bytes_before_it_is_a_pdf(tmp_path: Path) -> None:
    assert detect(made(tmp_path / "a.pdf", b"\x00\x01\x02%PDF-1.4")).kind is Kind.PDF


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("a.md", b"", "empty", "The file is empty."),
        ("a.md", b" \r\n\t ", "empty", "blank space"),
        ("a.pdf", b"\x00" * 5000, "cut_off", "not copied completely"),
        ("a.doc", OLD_OFFICE + "WordDocument".encode("utf-16-le"), "not_supported", ".docx"),
        (
            "a.docx",
            OLD_OFFICE + "WordDocument".encode("utf-16-le"),
            "wrong_type",
            "The name says .docx, but it is an old Word document",
        ),
        (
            "a.docx",
            OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"),
            "protected",
            "protected with a password",
        ),
        ("a.rtf", b"{\\rtf1 words}", "not_supported", "rich text"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic\x00\x00", "not_supported", "iPhone"),
        ("a.mp4", b"\x00\x00\x00\x18ftypmp42\x00\x00", "not_supported", "video"),
        ("a.bin", b"\x01\x02\x03\x04" * 50, "not_supported", "cannot be read"),
        ("a.pdf", b"\x01\x02\x03\x04" * 50, "wrong_type", "something else"),
        ("a.docx", b"PK\x03\x04" + b"x" * 400, "cut_off", "cut off"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(
    tmp_path: Path, name: str, data: bytes, code: str, words: str
) -> None:
    error = refused(made(tmp_path / name, data))
    assert error.code == code
    assert words in error.reason
    assert error.reason.endswith(".")


def test_other_archives_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    assert "OpenDocument" in refused(path).reason
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.jpg", "x")
    assert "packed folder" in refused(path).reason


def test_documents_with_macros_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docm"
    with zipfile.ZipFile(path, "w") as archive:
        said = "application/vnd.ms-word.document.macroEnabled.main+xml"
        archive.writestr("[Content_Types].xml", said)
    assert "macros" in refused(path).reason


def test_a_file_past_the_limit_is_not_even_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 10)
    assert refused(made(tmp_path / "a.md", b"more than ten")).code == "too_large"


def test_a_folder_a_missing_file_and_a_pipe_are_no_access(tmp_path: Path) -> None:
    assert refused(tmp_path).code == "no_access"
    assert refused(tmp_path / "gone.md").code == "no_access"
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.md")
        assert refused(tmp_path / "pipe.md").code == "no_access"


BEGINNINGS = st.sampled_from(
    [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"PK\x05\x06", OLD_OFFICE[:8], b"<html>", b"\xff\xfe"]
)
ENDINGS = st.sampled_from(["pdf", "docx", "pptx", "md", "txt", "html", "png", "svg", "xyz"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(beginning=BEGINNINGS, rest=st.binary(max_size=400), ending=ENDINGS)
def test_any_bytes_are_some_type_or_refused(
    tmp_path: Path, beginning: bytes, rest: bytes, ending: str
) -> None:
    path = made(tmp_path / f"any.{ending}", beginning + rest)
    with suppress(Unreadable):
        assert detect(path).media_type
