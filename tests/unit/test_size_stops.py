"""The size stops of the style: a reader takes in a file whole, and a function at a glance."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Stops:
    """The most lines that a file and a function may have."""

    file_lines: int
    function_lines: int


CODE = Stops(file_lines=400, function_lines=50)
# A scenario told in order may be longer than the code it tests.
TESTS = Stops(file_lines=600, function_lines=80)
FOLDERS = {"sync": CODE, "cop_desktop": CODE, "packaging": CODE, "tests": TESTS}


def too_long(path: Path, source: str, stops: Stops) -> Iterator[str]:
    """What goes past a stop in this file, as `file:line name has so many lines`."""
    lines = len(source.splitlines())
    if lines > stops.file_lines:
        yield f"{path}:1 has {lines} lines, the stop is {stops.file_lines}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > stops.function_lines:
                stop = f"the stop is {stops.function_lines}"
                yield f"{path}:{node.lineno} {node.name} has {lines} lines, {stop}"


def python_files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_file_and_no_function_goes_past_its_stop(folder: str) -> None:
    files = python_files(folder)
    found = [
        complaint
        for path in files
        for complaint in too_long(path.relative_to(ROOT), path.read_text("utf-8"), FOLDERS[folder])
    ]
    assert files
    assert not found, "\n".join(found)


def test_a_file_at_the_stop_passes_and_one_line_more_does_not() -> None:
    at_stop = "x = 1\n" * 400
    assert not list(too_long(Path("a.py"), at_stop, CODE))
    assert list(too_long(Path("a.py"), at_stop + "x = 1\n", CODE)) == [
        "a.py:1 has 401 lines, the stop is 400"
    ]


def test_a_method_at_the_stop_passes_and_one_line_more_does_not() -> None:
    at_stop = "class A:\n    async def f(self):\n" + "        x = 1\n" * 49
    assert not list(too_long(Path("a.py"), at_stop, CODE))
    assert list(too_long(Path("a.py"), at_stop + "        x = 1\n", CODE)) == [
        "a.py:2 f has 51 lines, the stop is 50"
    ]
