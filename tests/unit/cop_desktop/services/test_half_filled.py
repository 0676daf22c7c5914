"""What stands in half-filled forms comes back as it was, whatever it is."""

from datetime import date, time
from pathlib import Path

from cop_desktop.services.half_filled import HalfFilled, HalfFilledForms
from tests.support.replicas import enrolled


def test_every_sort_of_value_comes_back_and_nothing_forgets_the_place(tmp_path: Path) -> None:
    with enrolled(tmp_path) as replica:
        forms = HalfFilledForms(replica)
        entered = {
            "title": HalfFilled("", "Bus"),
            "quote": HalfFilled(False, True),
            "day": HalfFilled(None, date(2026, 11, 30)),
            "at": HalfFilled(time(17), time(9, 30)),
            "tags": HalfFilled((), ("bus", "wet season")),
        }
        forms.keep("here", entered)
        assert HalfFilledForms(replica).entered("here") == entered
        assert forms.entered("there") == {}
        forms.keep("here", {})
        assert forms.entered("here") == {}
