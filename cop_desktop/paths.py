"""Where things are on this computer: the only module that knows.

`resources/` is somewhere else in a source tree, in an installed wheel and in a frozen bundle.
"""

import sys
from pathlib import Path

import platformdirs

APP_NAME = "CoP Desktop"

_HERE = Path(__file__).resolve().parent


def resources_dir() -> Path:
    """The folder of icons, styles, translations, templates and the sample community.

    Raises FileNotFoundError when none of the three ways to run left a copy.
    """
    places = _resource_places()
    for place in places:
        if place.is_dir():
            return place
    looked = ", ".join(str(place) for place in places)
    raise FileNotFoundError(f"the program's own files are missing; looked in {looked}")


def default_data_dir() -> Path:
    """The folder of the replica when nobody chose another one. Not created here."""
    # Local, not roaming: a roaming profile would copy one database to two computers.
    return platformdirs.user_data_path(APP_NAME, appauthor=False, roaming=False)


def log_dir() -> Path:
    """The folder of log files. Not created here."""
    return platformdirs.user_log_path(APP_NAME, appauthor=False)


def cache_dir() -> Path:
    """A folder whose files can be made again at any time. Not created here."""
    return platformdirs.user_cache_path(APP_NAME, appauthor=False)


def _resource_places() -> list[Path]:
    """Candidates in the order they are tried: frozen bundle, wheel, source tree."""
    bundle = getattr(sys, "_MEIPASS", None)
    frozen = [Path(bundle) / "resources"] if bundle is not None else []
    return [*frozen, _HERE / "_resources", _HERE.parent / "resources"]
