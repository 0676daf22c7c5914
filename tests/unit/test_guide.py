"""The guide can be read offline from beginning to end: every link leads to a page of it."""

import re
from pathlib import Path

import pytest

from cop_desktop.paths import resources_dir

GUIDE = resources_dir() / "guide"
PAGES = sorted(GUIDE.glob("*.md"))
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def links_of(page: Path) -> set[str]:
    return set(LINK.findall(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_begins_with_its_one_title(page: Path) -> None:
    outside_code = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    titles = re.findall(r"^# .+$", outside_code, flags=re.MULTILINE)
    assert len(titles) == 1
    assert outside_code.startswith(titles[0])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_leads_to_a_page_of_the_guide(page: Path) -> None:
    assert links_of(page) <= {other.name for other in PAGES}


def test_every_page_is_reached_from_the_first() -> None:
    assert links_of(GUIDE / "index.md") == {page.name for page in PAGES} - {"index.md"}
