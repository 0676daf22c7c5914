"""Finds words in the code of screens that are shown without having been given for translation."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

_SHOWN = {
    # Words of ours: name → which arguments are shown.
    "label": (0,),
    "ElidedLabel": (0,),
    "push_button": (1,),
    "IconButton": (2,),
    "SectionHeader": (1, 2),
    "EmptyState": (2, 3),
    "ActionSpec": (1,),
    "Place": (1,),
    "Choice": (1, 2),
    "MenuChoice": (1, 2),
    "FormField": (1,),
    "Badge": (0,),
    "Notice": (0,),
    "SyncWords": (0,),
    "TwoLines": (0, 1),
    "ComposerShape": (0, 1, 2),
    "SearchBox": (1,),
    "ListView": (1,),
    "MarkdownView": (1,),
    "show_note": (-1,),
    "say_empty": (0, 1, 2),
    "set_words": (0, 1),
    "set_action": (0,),
    "rename": (0,),
    "announce": (1,),
    # Qt's.
    "QLabel": (0,),
    "QPushButton": (0,),
    "QCheckBox": (0,),
    "QRadioButton": (0,),
    "QGroupBox": (0,),
    "QAction": (0,),
    "setText": (0,),
    "setTitle": (0,),
    "setToolTip": (0,),
    "setStatusTip": (0,),
    "setWindowTitle": (0,),
    "setPlaceholderText": (0,),
    "setAccessibleName": (0,),
    "setAccessibleDescription": (0,),
    "setHorizontalHeaderLabels": (0,),
    "addAction": (0, 1),
    "addMenu": (0,),
    "addTab": (0, 1),
    "addItem": (0,),
    "setTabText": (1,),
    "setPrefix": (0,),
    "setSuffix": (0,),
    "setSpecialValueText": (0,),
}
_SHOWN_BY_NAME = {"help", "placeholder", "tooltip", "detail", "sentence", "headline", "title"}
_WORDS = re.compile(r"[A-Za-z]{2,}")


def untranslated(folder: Path) -> Iterator[str]:
    """Each as the file, the line and the words."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                for part in _shown(node):
                    for words in _plain_words(part):
                        yield f"{path.relative_to(folder).as_posix()}:{part.lineno}: {words!r}"


def _shown(call: ast.Call) -> Iterator[ast.expr]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    places = _SHOWN.get(name, ())
    yield from (call.args[place] for place in places if -len(call.args) <= place < len(call.args))
    if places:
        yield from (each.value for each in call.keywords if each.arg in _SHOWN_BY_NAME)


def _plain_words(part: ast.expr) -> Iterator[str]:
    """Literals with words that are shown as they stand; what is called may translate its own."""
    match part:
        case ast.Constant(value=str(words)) if _WORDS.search(words):
            yield words
        case ast.JoinedStr(values=values):
            for each in values:
                yield from _plain_words(each)
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            yield from (*_plain_words(one), *_plain_words(other))
        case ast.BoolOp(values=values) | ast.List(elts=values) | ast.Tuple(elts=values):
            for each in values:
                yield from _plain_words(each)
