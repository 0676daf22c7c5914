"""A first look at files: made once, kept, and only of what is here and harmless."""

from pathlib import Path

import pytest

from cop_desktop.services.library import Library, NewItem, Previews
from sync.core.ids import Id
from tests.support.replicas import COMMUNITY
from tests.support.village import Village


class Looked:
    """Draws nothing, and counts how often it was asked to."""

    def __init__(self, answer: bytes | None = b"a picture") -> None:
        self.answer = answer
        self.of: list[bytes] = []

    def at(self, path: Path) -> bytes | None:
        self.of.append(path.read_bytes())
        return self.answer


@pytest.fixture
def library(village: Village) -> Library:
    village.meet()
    return Library(village.anna)


def attached(library: Library, folder: Path, name: str) -> tuple[Id, Id]:
    """An item and its file."""
    item = library.add_item(COMMUNITY, NewItem("Bus route")).id
    (folder / name).write_bytes(b"%PDF-1.4 one page")
    return item, library.attach(item, folder / name).id


def test_a_page_is_drawn_once_and_kept(library: Library, tmp_path: Path) -> None:
    looked = Looked()
    previews = Previews(library, tmp_path / "kept", looked.at, Looked().at)
    _, file = attached(library, tmp_path, "route.pdf")
    for _ in range(2):
        assert previews.picture(library.file(file)) == b"a picture"
    assert looked.of == [b"%PDF-1.4 one page"]
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_what_cannot_be_drawn_is_not_tried_again(library: Library, tmp_path: Path) -> None:
    looked = Looked(None)
    previews = Previews(library, tmp_path / "kept", looked.at, Looked().at)
    _, file = attached(library, tmp_path, "broken.pdf")
    for _ in range(2):
        assert previews.picture(library.file(file)) is None
    assert len(looked.of) == 1


def test_nothing_is_drawn_of_what_is_not_here_or_of_another_sort(
    village: Village, library: Library, tmp_path: Path
) -> None:
    looked = Looked()
    previews = Previews(library, tmp_path / "kept", looked.at, looked.at)
    _, letter = attached(library, tmp_path, "letter.docx")
    assert previews.picture(library.file(letter)) is None
    _, route = attached(library, tmp_path, "route.pdf")
    village.meet()
    theirs = Library(village.ben)
    elsewhere = Previews(theirs, tmp_path / "theirs", looked.at, looked.at)
    assert elsewhere.picture(theirs.file(route)) is None
    assert looked.of == []
    assert not (tmp_path / "theirs").exists()  # nothing is noted either: it may come yet
