"""Documents are read whole, in order, with what they say about themselves."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cop_desktop.intake import limits
from cop_desktop.intake.documents import Document, read_document
from cop_desktop.intake.errors import CutOff, Empty, Unreadable
from tests.support.office_files import (
    core_properties,
    link_to,
    notes_part,
    numbered,
    paragraph,
    pdf_file,
    shape,
    slides_file,
    table,
    word_file,
)

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read_text(path: Path, text: str) -> Document:
    path.write_text(text, "utf-8")
    return read_document(path)


class TestWord:
    def test_paragraphs_lists_and_tables_come_in_order(self, tmp_path: Path) -> None:
        body = (
            paragraph("Bus roster", "H1")
            + paragraph("Who drives when.")
            + numbered("First run")
            + table([["Day", "Driver"], ["Monday", "Ned"]])
            + paragraph("The end.")
        )
        document = read_document(word_file(tmp_path / "a.docx", body))
        assert document.title == "Bus roster"
        assert document.text == (
            "Bus roster\n\nWho drives when.\nFirst run\nDay | Driver\nMonday | Ned\n\nThe end."
        )

    def test_words_that_hide_from_simple_readers_are_found(self, tmp_path: Path) -> None:
        body = (
            f"<w:sdt><w:sdtContent>{paragraph('controlled')}</w:sdtContent></w:sdt>"
            "<w:p><w:ins><w:r><w:t>inserted</w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
            "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p>"
            "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
            f"{paragraph('boxed')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
            f"{paragraph('boxed')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
            '<w:p><w:hyperlink r:id="none"><w:r><w:t>linked</w:t></w:r></w:hyperlink></w:p>'
            "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>"
        )
        notes = f"<w:footnotes {W}><w:footnote>{paragraph('footnoted')}</w:footnote></w:footnotes>"
        path = word_file(tmp_path / "a.docx", body, {"word/footnotes.xml": notes})
        assert read_document(path).text.split() == [
            *("controlled", "inserted", "boxed", "linked", "a", "b", "c", "footnoted")
        ]

    def test_properties_tell_author_and_time_and_nothing_is_made_up(self, tmp_path: Path) -> None:
        said = core_properties("Fees", "Jo Hale", "2024-03-05T04:10:00Z")
        told = read_document(word_file(tmp_path / "a.docx", paragraph("x"), said))
        assert (told.title, told.author) == ("Fees", "Jo Hale")
        assert told.when_utc == datetime(2024, 3, 5, 4, 10, tzinfo=UTC)
        silent = read_document(word_file(tmp_path / "school_fees.docx", paragraph("x")))
        assert (silent.title, silent.author, silent.when_utc) == ("School fees", "", None)

    def test_a_link_to_a_part_that_is_missing_does_not_spoil_the_document(
        self, tmp_path: Path
    ) -> None:
        broken = {"word/_rels/document.xml.rels": link_to("image", "NULL")}
        assert read_document(word_file(tmp_path / "a.docx", paragraph("x"), broken)).text == "x"


class TestSlides:
    def test_slides_come_in_order_with_tables_diagrams_and_notes(self, tmp_path: Path) -> None:
        grid = (
            "<a:tbl><a:tr><a:tc><a:p><a:r><a:t>Term</a:t></a:r></a:p></a:tc>"
            "<a:tc><a:p><a:r><a:t>Weeks</a:t></a:r></a:p></a:tc></a:tr></a:tbl>"
        )
        first = shape("Wet season", "ctrTitle") + f"<p:grpSp>{shape('grouped')}</p:grpSp>" + grid
        second = shape("Second\nline two") + shape("7", "sldNum")
        parts = {
            "ppt/slides/_rels/slide0.xml.rels": link_to("notesSlide", "../notes/n.xml"),
            "ppt/notes/n.xml": notes_part("Say this slowly"),
            "ppt/slides/_rels/slide1.xml.rels": link_to("diagramData", "../d.xml"),
            "ppt/d.xml": '<x xmlns:a="urn:a"><a:p><a:t>drawn</a:t></a:p></x>',
        }
        document = read_document(slides_file(tmp_path / "a.pptx", [first, second], parts))
        assert document.title == "Wet season"
        assert document.pages == 2
        assert document.text == (
            "Wet season\ngrouped\nTerm | Weeks\nNotes:\nSay this slowly\n\nSecond\nline two\ndrawn"
        )


class TestPdf:
    def test_pages_come_in_order_with_properties(self, tmp_path: Path) -> None:
        about = "/Title (School plan) /Author (Jo Hale) /ModDate (D:20240305134000+09'30')"
        path = pdf_file(tmp_path / "a.pdf", ["First page", "Second page"], about=about)
        document = read_document(path)
        assert document.text == "First page\n\nSecond page"
        assert (document.title, document.author, document.pages) == ("School plan", "Jo Hale", 2)
        assert document.when_utc == datetime(2024, 3, 5, 4, 10, tzinfo=UTC)

    def test_a_file_name_in_the_properties_gives_way_to_nothing_printed(
        self, tmp_path: Path
    ) -> None:
        path = pdf_file(tmp_path / "a.pdf", ["x"], about="/Title (Microsoft Word - my_plan.doc)")
        assert read_document(path).title == "My plan"

    def test_a_scan_says_that_its_words_cannot_be_searched(self, tmp_path: Path) -> None:
        document = read_document(pdf_file(tmp_path / "a.pdf", [""]))
        assert document.text == ""
        assert "pictures" in document.notes[0]

    def test_a_password_is_told_from_damage(self, tmp_path: Path) -> None:
        secret = "00" * 32
        lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -1 /O <{secret}> /U <{secret}> >>"
        lock += f" /ID [<{secret}> <{secret}>]"
        with pytest.raises(Unreadable) as locked:
            read_document(pdf_file(tmp_path / "a.pdf", ["x"], lock))
        assert locked.value.code == "protected"
        (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4\nnothing of it\n%%EOF\n")
        with pytest.raises(Unreadable) as damaged:
            read_document(tmp_path / "b.pdf")
        assert damaged.value.code == "damaged"

    def test_a_cut_one_is_refused_or_says_that_its_end_is_missing(self, tmp_path: Path) -> None:
        whole = pdf_file(tmp_path / "a.pdf", ["First page", "Second page"]).read_bytes()
        for part in range(20, len(whole) - 30, 40):
            (tmp_path / "cut.pdf").write_bytes(whole[:part])
            try:
                document = read_document(tmp_path / "cut.pdf")
            except CutOff:
                continue
            assert any("end of the file is missing" in note for note in document.notes)


class TestTexts:
    def test_markdown_gives_its_first_real_heading(self, tmp_path: Path) -> None:
        text = "```\n# not this\n```\n\nwords\n\n## The *real* [title](x)\n\nmore"
        document = read_text(tmp_path / "a.md", text)
        assert document.title == "The real title"
        assert document.text == text

    def test_front_matter_tells_title_author_and_date(self, tmp_path: Path) -> None:
        front = (
            '---\ntitle: "Hub: guide"\nauthor: Jo\ndate: 2024-03-05\ntags: [a]\n---\n\n# Other\n'
        )
        document = read_text(tmp_path / "a.md", front)
        assert (document.title, document.author) == ("Hub: guide", "Jo")
        assert document.when_utc == datetime(2024, 3, 5, tzinfo=UTC)
        assert document.text == "# Other"

    def test_an_underlined_heading_is_a_heading(self, tmp_path: Path) -> None:
        assert read_text(tmp_path / "a.md", "Bus roster\n==========\nx").title == "Bus roster"

    def test_a_text_is_titled_by_its_first_line_only_when_that_stands_alone(
        self, tmp_path: Path
    ) -> None:
        assert read_text(tmp_path / "a_b.txt", "Bus roster\n\nwords").title == "Bus roster"
        assert read_text(tmp_path / "a_b.txt", "It was late,\nand wet").title == "A b"

    def test_a_table_as_text_is_titled_by_its_name(self, tmp_path: Path) -> None:
        assert read_text(tmp_path / "bus_times.csv", "day\nMonday").title == "Bus times"

    def test_a_web_page_gives_what_a_reader_sees(self, tmp_path: Path) -> None:
        page = (
            "<html><head><title>Hub page</title><meta name=author content='Jo'>"
            "<meta name='dcterms.modified' content='2024-03-05'><style>p{}</style></head><body>"
            "<script>var x = 'no'</script><h1>Welcome</h1><p>One <b>bold</b>\nword</p><!-- no -->"
            "<table><tr><td>a</td><td>b</td></tr></table>tail<svg><text>no</text></svg></body>"
        )
        document = read_text(tmp_path / "a.html", page)
        assert document.text == "Welcome\n\nOne bold word\n\na | b\n\ntail"
        assert (document.title, document.author) == ("Hub page", "Jo")
        assert document.when_utc == datetime(2024, 3, 5, tzinfo=UTC)

    def test_a_page_is_decoded_as_it_says_or_as_its_bytes_say(self, tmp_path: Path) -> None:
        path = tmp_path / "a.html"
        path.write_bytes("<html><meta charset=windows-1251>Школа".encode("cp1251"))
        assert read_document(path).text == "Школа"
        path.write_bytes("<html><meta charset=nonsense>école".encode())
        assert read_document(path).text == "école"

    def test_a_long_text_is_cut_and_says_so(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "MAX_TEXT_CHARS", 100)
        document = read_text(tmp_path / "a.md", "word " * 100)
        assert len(document.text) <= 100
        assert document.notes == ("It is very long; only its beginning can be searched.",)

    def test_blank_text_behind_a_long_head_is_empty(self, tmp_path: Path) -> None:
        (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf" + b"\n" * 9000)
        with pytest.raises(Empty):
            read_document(tmp_path / "a.md")


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\0\x80\x08\2\0\0\0" + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\0\4ab\xff\xc0\0\x0b\x08\0\x80\1\0\3\1\1\1\xff\xda..\xff\xd9"
GIF = b"GIF89a\0\1\x80\0\0\0\0;"
WEBP = b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\0\0\x7f\0\0" + b"\0" * 4
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 256 128'><title>Map</title></svg>"


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.png", PNG), ("a.jpg", JPEG), ("a.gif", GIF), ("a.webp", WEBP), ("a.svg", SVG)],
)
def test_a_picture_tells_its_size_and_has_no_text(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    document = read_document(tmp_path / name)
    assert document.size_px == (256, 128)
    assert document.text == ""
    assert document.size_bytes == len(data)


@pytest.mark.parametrize("data", [PNG[:-4], JPEG[:-2], GIF[:-1], WEBP[:-9]])
def test_a_cut_picture_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.png").write_bytes(data)
    with pytest.raises(CutOff):
        read_document(tmp_path / "a.png")


def test_reading_depends_on_the_bytes_and_the_name_alone(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx", paragraph("x", "H1") + table([["a", "b"]]))
    assert read_document(path) == read_document(path)
