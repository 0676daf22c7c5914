"""What holds for every test: no screen, no network but loopback, nobody's own files."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.guards import ThreadsBefore, forbid_outside_network

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = Path(os.environ.get("COP_SHARED_DATA", ROOT.parent / "shared" / "data"))

MEMORY = Path("/dev/shm")
ROOM_IN_MEMORY = 4 * 2**30

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Every commit is synced to where it is kept, thousands of times: a tenth of the run on a disk.
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_IN_MEMORY:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
# Processes that tests start find the packages from whatever folder they run in.
os.environ["PYTHONPATH"] = str(ROOT)
# Neither UTC nor Darwin, and a quarter of an hour off, so that a time without a zone shows.
os.environ["TZ"] = "Asia/Kathmandu"
for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
    os.environ.pop(name, None)
    os.environ.pop(name.upper(), None)
if hasattr(time, "tzset"):
    time.tzset()

forbid_outside_network()

settings.register_profile(
    "same-every-time",
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("explore", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same-every-time"))


@pytest.fixture(scope="session", autouse=True)
def home_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that stands in for the person's own data and settings, in child processes too."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in (
            "XDG_DATA_HOME",
            "XDG_CONFIG_HOME",
            "XDG_STATE_HOME",
            "LOCALAPPDATA",
            "APPDATA",
        ):
            patch.setenv(name, str(home / name.lower()))
        yield home


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """Fails a test that leaves a thread running."""
    before = ThreadsBefore.now()
    yield
    left = before.still_running()
    if left:
        pytest.fail(f"threads left running: {', '.join(left)}", pytrace=False)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real documents, minutes and threads; skips where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the shared test material is not beside this checkout (../shared/data)")
    return SHARED_DATA
