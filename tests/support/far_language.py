"""A language that nobody speaks, for tests: each text is two fifths longer, no letter is as it was.

It knows exactly what is taken out for translators, so what stays in English on a screen was either
not given to Qt to translate, or is not found by those who take texts out.
"""

import importlib.util
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType

from PySide6.QtCore import QCoreApplication, QTranslator

ROOT = Path(__file__).resolve().parents[2]
_LETTERS = "aábƀcçdđeéfƒgğhħiíjĵkķlłmɱnñoópþqɋrřsštţuúvṽwŵxẋyýzž"
_FAR = dict(zip(_LETTERS[::2], _LETTERS[1::2], strict=True))
_FAR |= {near.upper(): far.upper() for near, far in _FAR.items()}
_KEPT = re.compile(r"\{[^}]*\}|%n|\(\*[^)]*\)|<[^>]+>")
_LONGER = 1.4
_VOWELS = "áéíóúý"
_NEAR = re.compile(r"[A-Za-z]{2,}")


def far(text: str) -> str:
    """A text in that language, in brackets; what is filled in, and access keys, stay."""
    kept = _KEPT.findall(text)
    parts = [_longer("".join(_FAR.get(each, each) for each in part)) for part in _KEPT.split(text)]
    woven = "".join(part + fill for part, fill in zip(parts, [*kept, ""], strict=True))
    return f"[{woven}]"


def near_words(text: str, peoples: Iterable[str]) -> list[str]:
    """What of a text is in English, and is not what people wrote."""
    for words in sorted(peoples, key=len, reverse=True):
        text = text.replace(words, " ")
    return _NEAR.findall(text)


class FarLanguage(QTranslator):
    """Speaks it, about what was taken out for translation alone."""

    def __init__(self) -> None:
        super().__init__()
        self._known = {(each.context, each.text) for each in taken_out()}

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 - Qt's name
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        # Nothing, not an empty text: that would be how it is said.
        return far(sourceText) if (context, sourceText) in self._known else None


@contextmanager
def far_language(app: QCoreApplication) -> Iterator[None]:
    """Everything that is made meanwhile speaks it."""
    translator = FarLanguage()
    assert app.installTranslator(translator)
    try:
        yield
    finally:
        app.removeTranslator(translator)


@cache
def taken_out() -> tuple:  # type: ignore[type-arg] - of a script's class
    """All that is taken out for translation."""
    return tuple(spoken().spoken_in(ROOT, "cop_desktop"))


@cache
def spoken() -> ModuleType:
    """The script that takes texts out."""
    path = ROOT / "packaging" / "translations" / "spoken.py"
    spec = importlib.util.spec_from_file_location("spoken", path)
    assert spec
    assert spec.loader
    module = sys.modules["spoken"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _longer(part: str) -> str:
    """Vowels are drawn out until it is long enough, as in languages with longer words."""
    wanted = round(len(part) * _LONGER) - len(part)
    woven = []
    for each in part:
        woven.append(each)
        if each.lower() in _VOWELS and wanted > 0:
            woven.append(each.lower())
            wanted -= 1
    end = len("".join(woven).rstrip())
    filled = "".join(woven)
    return filled[:end] + "ó" * max(wanted, 0) + filled[end:] if filled.strip() else filled
