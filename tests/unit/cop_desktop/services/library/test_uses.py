"""Reports of use, citing, adapting with credit, and the words of two versions of a file."""

from datetime import date
from pathlib import Path

import pytest

from cop_desktop.services.errors import Empty, NotAllowed
from cop_desktop.services.library import ItemEdit, Library, LibraryFilter, NewItem, UseText
from cop_desktop.services.library.citing import Cited, citation
from cop_desktop.services.people import People, ProfileEdit, SchoolText
from tests.support.replicas import ANNA, COMMUNITY
from tests.support.village import Village


def works_at(village: Village, school: bytes | None = None) -> bytes:
    """Ben and Cleo at one school."""
    school = People(village.ben).add_school(SchoolText("Paperbark Landing")).id
    village.meet()
    for replica in (village.ben, village.cleo):
        People(replica).edit_profile(ProfileEdit(school=school))
    village.meet()
    return school


def test_reports_say_who_used_it_where_and_count_schools_not_people(village: Village) -> None:
    anna, ben, cleo = (Library(each) for each in (village.anna, village.ben, village.cleo))
    village.meet()
    works_at(village)
    item = anna.add_item(COMMUNITY, NewItem("Bus route")).id
    village.meet()
    ben.report_use(item, UseText("We began with **one** bus.", date(2026, 8, 1)))
    cleo.report_use(item, UseText("Worked in the dry."))
    mine = anna.report_use(item, UseText("I showed it to others.")).id
    village.meet()
    shown = anna.item(item)
    assert {(use.member, use.school, use.used_on) for use in shown.uses} == {
        ("Anna", "", None),
        ("Cleo", "Paperbark Landing", None),
        ("Ben", "Paperbark Landing", date(2026, 8, 1)),
    }
    assert (shown.use_count.reports, shown.use_count.schools) == (3, 1)
    assert [row.title for row in anna.items(COMMUNITY, LibraryFilter(text="dry"))] == ["Bus route"]
    anna.move_to_trash(mine)
    assert anna.items(COMMUNITY)[0].uses == anna.item(item).use_count
    assert anna.item(item).use_count.reports == 2


def test_a_report_is_its_writers_to_change_and_has_to_say_something(village: Village) -> None:
    anna, ben = Library(village.anna), Library(village.ben)
    village.meet()
    item = anna.add_item(COMMUNITY, NewItem("Bus route")).id
    village.meet()
    report = ben.report_use(item, UseText("It worked.")).id
    village.meet()
    with pytest.raises(NotAllowed):
        anna.edit_use(report, UseText("It did not."))
    with pytest.raises(Empty):
        ben.edit_use(report, UseText("  "))
    ben.edit_use(report, UseText("It worked well.", date(2026, 8, 2)))
    (use,) = ben.uses(item)
    assert (use.text, use.used_on, use.may_change) == ("It worked well.", date(2026, 8, 2), True)


@pytest.mark.parametrize(
    ("authors", "apa", "plain"),
    [
        ("Kerry Smith", "Smith, K. (2021). Bus route [Guide]. Top End.", "Kerry Smith, "),
        (
            "Kerry Jane Smith; Jo O'Brien",
            "Smith, K. J., & O'Brien, J. (2021). Bus route [Guide]. Top End.",
            "Kerry Jane Smith and Jo O'Brien, ",
        ),
        (
            "Department of Education and Training",
            "Department of Education and Training. (2021). Bus route [Guide]. Top End.",
            "Department of Education and Training, ",
        ),
        ("Smith, K.", "Smith, K. (2021). Bus route [Guide]. Top End.", "Smith, K., "),
        ("", "(2021). Bus route [Guide]. Top End.", ""),
    ],
)
def test_a_citation_names_authors_year_title_and_community(
    authors: str, apa: str, plain: str
) -> None:
    made = citation(Cited(authors, 2021, "Bus route.", "Guide", "Top End"))
    assert made.apa == apa
    before = ", " if plain else ""
    end = plain or ", "
    assert made.plain == f"“Bus route”{before}{end}2021. In the library of Top End."


def test_an_item_without_authors_is_cited_by_who_added_it(village: Village) -> None:
    anna = Library(village.anna)
    village.meet()
    item = anna.add_item(COMMUNITY, NewItem("Bus route")).id
    year = anna.item(item).added.year
    assert anna.citation(item).apa == f"Anna. ({year}). Bus route. Top End Leaders."
    anna.edit_item(item, ItemEdit(authors="Kerry Smith", year=1998))
    assert anna.citation(item, "Guide").apa == (
        "Smith, K. (1998). Bus route [Guide]. Top End Leaders."
    )


def test_a_copy_credits_the_authors_and_the_original_says_what_was_made_of_it(
    village: Village,
) -> None:
    anna, ben = Library(village.anna), Library(village.ben)
    village.meet()
    item = anna.add_item(COMMUNITY, NewItem("Bus route", authors="Kerry Smith", year=1998)).id
    village.meet()
    copy = ben.item(ben.adapt(item).id)
    assert copy.credit == "Adapted from “Bus route” by Kerry Smith (1998)."
    assert (copy.authors, copy.year) == ("", None)
    village.meet()
    (made,) = anna.item(item).adaptations
    assert (made.id, made.author) == (copy.id, "Ben")


def test_the_words_of_a_file_are_there_also_for_a_copy_of_it(
    village: Village, tmp_path: Path
) -> None:
    village.meet()
    anna = Library(village.anna, extract=Path.read_text)
    item = anna.add_item(COMMUNITY, NewItem("Bus route")).id
    (tmp_path / "route.txt").write_text("Seven o'clock at the store.")
    file = anna.attach(item, tmp_path / "route.txt").id
    copy = anna.item(anna.adapt(item).id).versions[0]
    assert anna.worded_file(file).words == "Seven o'clock at the store."
    assert anna.worded_file(copy.id).words == "Seven o'clock at the store."
    silent = Library(village.anna)
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    assert anna.worded_file(silent.attach(item, tmp_path / "photo.png").id).words is None


def test_thanks_are_counted_once_for_each_who_gave_them_and_can_be_taken_back(
    village: Village,
) -> None:
    anna, ben = Library(village.anna), Library(village.ben)
    village.meet()
    item = anna.add_item(COMMUNITY, NewItem("Bus route")).id
    report = anna.report_use(item, UseText("It worked.")).id
    village.meet()
    for target in (item, report, item):
        ben.thank(target)
    village.meet()
    shown = anna.item(item)
    assert shown.thanks is not None
    assert (shown.thanks.count, shown.thanks.names, shown.thanks.mine) == (1, ("Ben",), False)
    assert [use.thanks and use.thanks.count for use in shown.uses] == [1]
    assert People(village.ben).practice(ANNA).thanks == 2
    ben.thank(item, given=False)
    village.meet()
    assert anna.item(item).thanks is None
    anna.move_to_trash(item)
    with pytest.raises(NotAllowed):
        anna.thank(item)
