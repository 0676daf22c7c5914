"""The system libraries that Qt needs on Linux: found, installed where we may, else named.

Windows and macOS bring all of them. The list was measured on a bare Debian 12.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

# What the loader must find for Qt to draw at all and to open a window → the Debian package of it.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# A screen in memory, for a computer that has none, → the Debian package of it.
PROGRAMS = {"Xvfb": "xvfb", "xauth": "xauth"}
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
FONT_PACKAGE = "fonts-dejavu-core"


class Missing(Exception):
    """Something is missing that this person has to install; the text says what and how."""


def ensure() -> None:
    """Installs what is missing as root on Debian and its relatives.

    Elsewhere raises Missing if Qt would not start, and only says so for what a computer with a
    screen can do without.
    """
    if not sys.platform.startswith("linux"):
        return
    libraries = missing_libraries()
    extras = missing_extras()
    if not libraries and not extras:
        return
    packages = sorted(LIBRARIES[name] for name in libraries) + extras
    if shutil.which("apt-get") and os.geteuid() == 0:
        install(packages)
    elif libraries:
        raise Missing(advice(libraries, packages))
    else:
        print("For runs without a screen, install also: " + " ".join(extras), file=sys.stderr)


def missing_libraries() -> list[str]:
    """File names that the loader does not find."""
    return [name for name in LIBRARIES if not is_loadable(name)]


def missing_extras() -> list[str]:
    """Debian packages of the screen in memory and of a first font, as far as they are not there."""
    packages = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    has_font = any(folder.is_dir() and any(folder.rglob("*.tt[fc]")) for folder in FONT_FOLDERS)
    return packages if has_font else [*packages, FONT_PACKAGE]


def is_loadable(library: str) -> bool:
    """Whether the loader finds this library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install(packages: list[str]) -> None:
    """Installs Debian packages, quietly; raises Missing with apt's own words if it cannot."""
    print(f"Installing {len(packages)} system packages for Qt", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        done = subprocess.run(
            ["apt-get", "--quiet=2", *arguments],
            check=False,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode:
            raise Missing(f"apt-get {arguments[0]} did not work:\n{done.stdout}")


def advice(libraries: list[str], packages: list[str]) -> str:
    """What the person has to install, in the form that fits this system."""
    if shutil.which("apt-get"):
        return "Qt needs some system packages first:\n  sudo apt-get install " + " ".join(packages)
    return "Qt needs these libraries first, from your system's packages:\n  " + " ".join(libraries)
