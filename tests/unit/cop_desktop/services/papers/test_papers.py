"""Papers as HTML and as Word files: everything that people wrote stays text."""

from pathlib import Path

import pytest
from docx import Document

from cop_desktop.services.errors import CannotWrite
from cop_desktop.services.papers import (
    Item,
    Listing,
    Markdown,
    Paper,
    Section,
    Table,
    Words,
    safe_paper_name,
    write_docx,
    write_file,
)
from cop_desktop.services.papers.html import html_of_paper

HOSTILE = "<img src=file:///etc/passwd><script>x()</script>\x00\x0b\ud800 \u202eevil"
MARKDOWN = """# Heard
**Breakfast** works, see [the plan](https://example.org/plan).

1. first
2. second
   - inside

> quoted

| a | b |
|---|---|
| 1 | 2 |

![far away](https://example.org/x.png) <b>bold?</b>
"""


def paper(*blocks: object, title: str = "Forum") -> Paper:
    sections = (Section("Notes", blocks), Section("Left out", ()))  # type: ignore[arg-type]
    return Paper("Minutes", title, ("Wed 12 Aug",), sections, "Forum")


def test_nothing_that_people_wrote_becomes_markup() -> None:
    made = html_of_paper(
        paper(
            Words(HOSTILE),
            Markdown(HOSTILE),
            Listing((Item(HOSTILE, HOSTILE, done=True),)),
            Table((HOSTILE,), ((HOSTILE,),)),
            title=HOSTILE,
        )
    )
    assert "<img" not in made
    assert "<script" not in made
    assert "Left out" not in made
    assert "\u2611" in made


def test_a_word_file_holds_the_same_words_and_no_picture_of_others(tmp_path: Path) -> None:
    blocks = (
        Words(HOSTILE),
        Markdown(MARKDOWN),
        Markdown(HOSTILE),
        Listing((Item("Ring the depot", "Ben", done=False),), numbered=True),
        Table(("School", "Present"), (("Saltbush", "Anna"),), (1, 2)),
    )
    path = write_docx(paper(*blocks, title=HOSTILE), tmp_path / "minutes.docx")
    word = Document(str(path))
    said = [paragraph.text for paragraph in word.paragraphs]
    assert "Breakfast works, see the plan <https://example.org/plan>." in said
    assert [text for text in said if text.startswith(("1.", "2."))] == [
        *("1.\u00a0first", "2.\u00a0second", "1.\u00a0\u2610 Ring the depot\nBen"),
    ]
    styles = {p.text: p.style.name for p in word.paragraphs if p.style}
    assert (styles["Heard"], styles["inside"], styles["quoted"]) == (
        *("Heading 3", "List Bullet 2", "Quote"),
    )
    cells = [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]
    assert cells == [["a", "b"], ["1", "2"], ["School", "Present"], ["Saltbush", "Anna"]]
    assert not word.inline_shapes
    assert any("<b>bold?</b>" in text for text in said)
    assert "PAGE" in word.sections[0].footer.paragraphs[0]._p.xml


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_nothing_beside(
    tmp_path: Path,
) -> None:
    old = write_file(b"old", tmp_path / "a.pdf")
    folder = tmp_path / "b.pdf"
    folder.mkdir()
    (folder / "inside").touch()
    with pytest.raises(CannotWrite):
        write_file(b"new", folder)
    with pytest.raises(CannotWrite):
        write_file(b"new", tmp_path / "nowhere" / "a.pdf")
    assert old.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "b.pdf"]


def test_a_paper_is_called_by_a_name_that_every_system_takes() -> None:
    assert safe_paper_name(paper(title='Forum: "A/B" <x>'), ".pdf").endswith(".pdf")
    assert "/" not in safe_paper_name(paper(title="a/b"), ".pdf")
    assert "Minutes" in safe_paper_name(paper(title="a/b"), ".pdf")
