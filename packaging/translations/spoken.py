"""Finds every text that the program has translated, each with the context it is looked up in.

Qt's own lupdate knows `self.tr` and `QCoreApplication.translate`. It does not follow the short
helpers that many modules have for words outside a class (`def _tr(words): return
QCoreApplication.translate("Home", words)`), nor a name for `translate`; this does.
"""

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_TRANSLATE, _TR, _NOOP = "translate", "tr", "QT_TRANSLATE_NOOP"
_SAY, _SAID = "say", "Services"
"""What services call that have no Qt (`cop_desktop/services/saying.py`), and its context."""
_NUMBERED_ARGS = 3
_LOOKED_UP = (ast.Name, ast.Attribute, ast.Subscript)


_MAY_SPEAK = re.compile(rf"\b_?{_TR}\(|\b{_SAY}\(|{_TRANSLATE}|{_NOOP}")


class NotUnderstood(Exception):
    """A text is translated in a way that says no context, or is put together first."""


@dataclass(frozen=True, slots=True, order=True)
class Spoken:
    """One text. path: relative to the root. numbered: has a form for each number."""

    context: str
    text: str
    path: str
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class _Names:
    """What short names mean in one module.

    helpers: → their context. wholes: stand for `translate`. owns: stand for `self.tr`.
    """

    helpers: Mapping[str, str]
    wholes: frozenset[str]
    owns: frozenset[str]


def spoken_in(root: Path, package: str) -> list[Spoken]:
    """All texts of a package, sorted. Raises NotUnderstood."""
    texts = {path: path.read_text("utf-8") for path in sorted((root / package).rglob("*.py"))}
    trees = {
        path.relative_to(root): ast.parse(text)
        for path, text in texts.items()
        if _MAY_SPEAK.search(text)
    }
    own = {_module(path): _own_helpers(tree) for path, tree in trees.items()}
    found: list[Spoken] = []
    for path, tree in trees.items():
        helpers = {**_borrowed(tree, own), **own[_module(path)]}
        helpers |= {short: helpers[name] for short, name in _renamed(tree, helpers)}
        wholes = {_TRANSLATE, _NOOP}
        wholes |= {short for short, _ in _renamed(tree, wholes)}
        if _imports(tree, "Say"):
            helpers[_SAY] = _SAID
        owns = frozenset(short for short, _ in _renamed(tree, {_TR}))
        names = _Names(helpers, frozenset(wholes), owns)
        found += _Reader(path.as_posix(), names).read(tree)
    return sorted(set(found))


def literal(node: ast.expr) -> str | None:
    """The text that a literal is, None for anything that is put together."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    match node.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _module(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _own_helpers(tree: ast.Module) -> dict[str, str]:
    """Functions that do nothing but translate their argument in one context."""
    constants = {
        target.id: words
        for node in tree.body
        if isinstance(node, ast.Assign) and (words := literal(node.value)) is not None
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and isinstance(node.body[-1], ast.Return):
            context = _context_given(node, node.body[-1].value, constants)
            if context is not None:
                found[node.name] = context
    return found


def _context_given(
    helper: ast.FunctionDef, answer: ast.expr | None, constants: Mapping[str, str]
) -> str | None:
    if not isinstance(answer, ast.Call) or called(answer) != _TRANSLATE or len(answer.args) < 2:
        return None
    context, words = answer.args[:2]
    passed_on = [each.arg for each in helper.args.args]
    if not isinstance(words, ast.Name) or passed_on != [words.id]:
        return None
    return constants.get(context.id) if isinstance(context, ast.Name) else literal(context)


def _borrowed(tree: ast.Module, own: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Helpers that are imported from another module."""
    return {
        alias.asname or alias.name: own[node.module][alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in own
        for alias in node.names
        if alias.name in own[node.module]
    }


def _imports(tree: ast.Module, name: str) -> bool:
    return any(
        alias.name == name
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    )


def _renamed(tree: ast.Module, names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Shorter names that are given to some, and to which."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign):
            continue
        target, value = node.targets[0], node.value
        both = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
        pairs = zip(target.elts, value.elts, strict=False) if both else [(target, value)]
        for short, meant in pairs:
            name = getattr(meant, "attr", getattr(meant, "id", ""))
            if isinstance(short, ast.Name) and name in names:
                yield short.id, name


class _Reader:
    """Goes through one module."""

    def __init__(self, path: str, names: _Names) -> None:
        self._path, self._names = path, names

    def read(self, tree: ast.Module) -> Iterator[Spoken]:
        """Every text; what is inside a class belongs to the innermost."""
        left: list[tuple[ast.AST, str]] = [(tree, "")]
        while left:
            node, inside = left.pop()
            if isinstance(node, ast.Call):
                yield from self._of_call(node, inside)
            within = node.name if isinstance(node, ast.ClassDef) else inside
            left += [(child, within) for child in ast.iter_child_nodes(node)]

    def _of_call(self, call: ast.Call, inside: str) -> Iterator[Spoken]:
        name, bare = called(call), isinstance(call.func, ast.Name)
        if not call.args:
            return
        is_whole = name in self._names.wholes and (bare or name == _TRANSLATE)
        if is_whole and len(call.args) > 1:
            context = literal(call.args[0])
            if context is not None:
                yield from self._spoken(call, context, call.args[1])
        elif name in self._names.helpers and (bare or name == _SAY):
            yield from self._spoken(call, self._names.helpers[name], call.args[0])
        elif name == _TR:
            is_own = not bare or name in self._names.owns
            yield from self._spoken(call, inside if is_own else "", call.args[0])

    def _spoken(self, call: ast.Call, context: str, words: ast.expr) -> Iterator[Spoken]:
        if isinstance(words, _LOOKED_UP):
            return  # it stands as it is in a table, marked with the same context
        text = literal(words)
        if not context or text is None:
            raise NotUnderstood(f"{self._path}:{call.lineno}: {ast.unparse(call)}")
        numbered = "%n" in text and len(call.args) >= _NUMBERED_ARGS
        yield Spoken(context, text, self._path, numbered)
