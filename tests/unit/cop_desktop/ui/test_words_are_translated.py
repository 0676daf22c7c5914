"""Whatever a screen shows was given to Qt to translate."""

from pathlib import Path

from cop_desktop.ui.records.fields import _NOUNS
from sync.catalogue import CATALOGUE
from tests.support.untranslated import untranslated

PROGRAM = Path(__file__).resolve().parents[4] / "cop_desktop"
AS_THEY_ARE = ("'community.example.org'", "'XXXX-XXXX-XXXX'")
"""Examples of what to type, which look the same in every language."""


def test_no_screen_shows_words_that_cannot_be_translated() -> None:
    found = [line for part in ("ui", "wiring") for line in untranslated(PROGRAM / part)]
    assert [line for line in found if not line.endswith(AS_THEY_ARE)] == []


def test_words_that_are_shown_as_they_stand_are_found(tmp_path: Path) -> None:
    lines = (
        'label("Nobody is here", "soft")',
        'self.open.setText(f"{count} open")',
        'Notice(self.tr("Saved"))',
        'button.setToolTip("Open it" if here else self.tr("Fetch it"))',
        'self.key.setText("1:20")',
    )
    (tmp_path / "view.py").write_text("\n".join(lines))
    assert list(untranslated(tmp_path)) == [
        "view.py:1: 'Nobody is here'",
        "view.py:2: ' open'",
        "view.py:4: 'Open it'",
    ]


def test_every_kind_of_record_has_a_name_that_can_be_translated() -> None:
    assert {kind.noun for kind in CATALOGUE} == set(_NOUNS)
