"""Files made to do harm cost no more than their own refusal."""

import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cop_desktop.intake import limits
from cop_desktop.intake.documents import read_document
from cop_desktop.intake.errors import Unreadable
from cop_desktop.intake.minutes import read_minutes
from tests.support.office_files import (
    link_to,
    paragraph,
    pdf_file,
    shape,
    slides_file,
    table,
    word_file,
)

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ENTITIES = (
    "<!DOCTYPE x [<!ENTITY a 'lol'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1 or str()};' * 10}'>" for n in range(1, 12))
    + "]>"
)


def refused(path: Path) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_document(path)
    return caught.value


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx", paragraph("x"), {"word/media/a.bin": "\0" * 40_000_000})
    assert refused(path).code == "too_large"


def test_an_enormous_tree_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PART_BYTES", 10_000)
    assert refused(word_file(tmp_path / "a.docx", paragraph("word " * 5_000))).code == "too_large"


def test_a_sum_of_parts_past_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 10_000)
    noise = random.Random(1).randbytes(9_000).hex()
    path = word_file(tmp_path / "a.docx", paragraph("x"), {"a.bin": noise})
    assert refused(path).code == "too_large"


def test_too_many_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ARCHIVE_FILES", 5)
    parts = {f"{n}.bin": "" for n in range(9)}
    assert refused(word_file(tmp_path / "a.docx", paragraph("x"), parts)).code == "too_large"


def test_a_part_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx", paragraph("word " * 9_000))
    with zipfile.ZipFile(path) as archive:
        honest = archive.getinfo("word/document.xml").file_size
    lie = path.read_bytes().replace(honest.to_bytes(4, "little"), (200).to_bytes(4, "little"))
    path.write_bytes(lie)
    assert refused(path).code == "damaged"


def test_other_ways_of_packing_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", "x" * 10_000)
    assert refused(path).code == "damaged"


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>"
    path = word_file(tmp_path / "a.docx", "", {"word/document.xml": ENTITIES + body})
    with suppress(Unreadable):
        assert "lol" not in read_document(path).text
    (tmp_path / "a.svg").write_text(f"{ENTITIES}<svg><title>&a11;</title></svg>", "utf-8")
    with suppress(Unreadable):
        assert "lol" not in read_document(tmp_path / "a.svg").title


def test_a_file_named_in_an_entity_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secretword", "utf-8")
    outside = f"<!DOCTYPE x [<!ENTITY a SYSTEM '{(tmp_path / 'secret.txt').as_uri()}'>]>"
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
    path = word_file(tmp_path / "a.docx", "", {"word/document.xml": outside + body})
    with suppress(Unreadable):
        assert "secretword" not in read_document(path).text


def test_deep_nesting_is_damage_not_a_crash(tmp_path: Path) -> None:
    deep = "<w:sdt><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000
    assert refused(word_file(tmp_path / "a.docx", deep)).code == "damaged"
    (tmp_path / "a.html").write_text("<html>" + "<div>" * 50_000 + "words", "utf-8")
    with suppress(Unreadable):
        read_document(tmp_path / "a.html")


def test_a_link_out_of_the_package_leads_nowhere(tmp_path: Path) -> None:
    away = {"_rels/.rels": link_to("officeDocument", "../../../../etc/passwd")}
    assert refused(word_file(tmp_path / "a.docx", paragraph("x"), away)).code == "damaged"


def test_a_pdf_that_claims_a_billion_pages_is_read_up_to_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_PAGES", 20)
    path = pdf_file(tmp_path / "a.pdf", ["x"])
    path.write_bytes(path.read_bytes().replace(b"/Count 1 ", b"/Count 1000000000 "))
    with suppress(Unreadable):
        assert read_document(path).text == "x"


def test_a_picture_of_a_trillion_pixels_is_not_unpacked(tmp_path: Path) -> None:
    huge = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x10\0\0\0\x10\0\0\x08\2\0\0\0IEND\xaeB`\x82"
    (tmp_path / "a.png").write_bytes(huge)
    assert read_document(tmp_path / "a.png").size_px == (1_048_576, 1_048_576)


@pytest.mark.parametrize(
    "text",
    [
        "*a " * 60_000,
        "[" * 150_000,
        "<!--" * 40_000,
        "| a " * 40_000,
        "**" * 80_000,
        "<table>" * 20_000,
        "Present: " + "a, " * 50_000,
        "1. " * 50_000,
        " " * 150_000 + "x",
        "meeting minutes " * 9_000 + "!",
        "\n".join(["# " + "[a](" * 400] * 90),
        "\n".join(["ACTION: " + "- (a) " * 300] * 90),
        "Date: " + "1 January 20" * 10_000,
    ],
)
def test_texts_made_to_keep_patterns_busy_are_read_soon(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_text(text, "utf-8")
    read_document(tmp_path / "a.md")
    read_minutes(tmp_path / "a.md")


def whole_files(folder: Path) -> list[bytes]:
    body = paragraph("Roster", "H1") + table([["a", "b"]]) + paragraph("words")
    return [
        word_file(folder / "w.docx", body).read_bytes(),
        slides_file(folder / "s.pptx", [shape("Title", "title")]).read_bytes(),
        pdf_file(folder / "p.pdf", ["First", "Second"]).read_bytes(),
        b"<html><table><tr><td>a<!-- b --><script>c</script></html>",
        b"# Minutes\n\n**Present:** Jo Hale\n\n| a | b |\n|---|---|\n| 1 | 2 |\n- [ ] Jo to act\n",
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data(), which=st.integers(0, 4))
def test_a_file_with_any_bytes_changed_is_read_or_refused(
    tmp_path: Path, data: st.DataObject, which: int
) -> None:
    content = bytearray(whole_files(tmp_path)[which])
    for _ in range(data.draw(st.integers(1, 12))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    path = tmp_path / "changed"
    path.write_bytes(bytes(content[:cut]) if data.draw(st.booleans()) else bytes(content))
    for read in (read_document, read_minutes):
        with suppress(Unreadable):
            read(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300), ending=st.sampled_from(["md", "txt", "html", "csv", "svg"]))
def test_any_text_is_read_or_refused(tmp_path: Path, text: str, ending: str) -> None:
    path = tmp_path / f"any.{ending}"
    path.write_bytes(text.encode("utf-8", errors="surrogatepass"))
    for read in (read_document, read_minutes):
        with suppress(Unreadable):
            read(path)


MARKS = (
    "# ;- ;* [x] ;|;\n;**;Present:;ACTION: ;Jo Hale;1. ;---\n;<table>;</table>;2024-03-05;9.00 am;"
    "<!--;-->;```\n;Agenda\n; by ;@;: ;  ;Decision: ;Apologies;(;)"
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from(MARKS.split(";")), max_size=60))
def test_any_heap_of_marks_is_read_as_minutes(tmp_path: Path, parts: list[str]) -> None:
    path = tmp_path / "any.md"
    path.write_text("x" + "".join(parts), "utf-8")
    assert read_minutes(path).notes_markdown
