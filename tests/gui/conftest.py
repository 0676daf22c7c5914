"""All tests with widgets; they run unmeasured, and among no more objects than their own."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.measuring import left_alone, unmeasured

__all__ = ["left_alone", "unmeasured"]


@pytest.fixture(scope="session")
def look_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where themes keep ticks and arrows: a window that a test left behind still wants them."""
    return tmp_path_factory.mktemp("look")


@pytest.fixture(autouse=True)
def garbage_is_collected_on_the_gui_thread() -> Iterator[None]:
    """As in the program (`cop_desktop.ui.collecting`).

    A store thread that collects a cycle with a widget in it destroys the widget there, and that
    ends the process.
    """
    gc.disable()
    yield
    gc.collect()
    gc.enable()
