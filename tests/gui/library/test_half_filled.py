"""What is typed into a form of the library is there again after the program ended."""

from pathlib import Path

import pytest

from cop_desktop.services.half_filled import HalfFilledForms
from cop_desktop.services.library import ItemEdit, Library, NewItem
from cop_desktop.ui.library.page import LibraryPage
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.drafting import Drafting
from cop_desktop.ui.widgets.form.form import FormDialog
from sync.core.ids import Id
from tests.support.desk_window import DeskWindow, desk_window
from tests.support.replicas import COMMUNITY
from tests.support.village import Village


@pytest.fixture
def item(village: Village) -> Id:
    return Library(village.anna).add_item(COMMUNITY, NewItem("Bus route", "Walk it.")).id


def opened(place: DeskWindow, item: Id) -> LibraryPage:
    page = place.library
    page.show_community(COMMUNITY)
    place.settle()
    page.open_item(item)
    place.settle()
    return page


def form_after(place: DeskWindow, item: Id, button: str) -> FormDialog:
    opened(place, item).detail.buttons[button].click()
    place.settle()
    (found,) = [each for each in place.window.findChildren(FormDialog) if each.isVisible()]
    return found


def typed(place: DeskWindow, dialog: FormDialog, **texts: str) -> None:
    """As somebody types, and the moment after which it is kept."""
    dialog.form.set_values(texts)
    dialog.form.changed.emit()
    for drafting in dialog.findChildren(Drafting):
        drafting.tell()
    place.settle()


def test_a_change_that_was_typed_is_there_after_the_end_beside_what_others_wrote_since(
    theme: Theme, village: Village, item: Id, tmp_path: Path
) -> None:
    with desk_window(theme, village.anna, tmp_path / "one") as place:
        dialog = form_after(place, item, "change")
        typed(place, dialog, summary="Walk it with Elders.", authors="R. Yunupingu")
    Library(village.anna).edit_item(item, ItemEdit(title="Route", authors="J. Smith"))
    with desk_window(theme, village.anna, tmp_path / "two") as place:
        dialog = form_after(place, item, "change")
        values = dialog.form.values()
        assert (values["title"], values["summary"]) == ("Route", "Walk it with Elders.")
        assert values["authors"] == "J. Smith / R. Yunupingu"
        assert "Here again" in dialog.kept.words()
        dialog.form.set_values({"authors": "J. Smith"})
        dialog.confirm()
        place.settle()
        dialog = form_after(place, item, "change")
        assert not dialog.has_changes()
        assert not dialog.kept.isVisible()


def test_what_is_left_on_purpose_is_forgotten(anna: DeskWindow, village: Village, item: Id) -> None:
    dialog = form_after(anna, item, "change")
    typed(anna, dialog, summary="Nonsense")
    assert HalfFilledForms(village.anna).entered(f"change:{item.hex()}") != {}
    dialog.reject()
    dialog.reject()
    anna.settle()
    assert HalfFilledForms(village.anna).entered(f"change:{item.hex()}") == {}
