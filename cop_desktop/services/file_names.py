"""What a file's name and first bytes tell: its type, whether it could run, a safe name for it."""

import re
import unicodedata
from pathlib import PurePath
from typing import Final

MAX_NAME_BYTES: Final = 180
UNKNOWN_TYPE: Final = "application/octet-stream"
UNNAMED: Final = "file"
START_BYTES: Final = 512
"""How much of a file's beginning `is_program` looks at."""
_MAX_ENDING_BYTES: Final = 40

# What Windows, macOS or a desktop runs when it is opened: programs, scripts, links to programs,
# installers, settings that are taken over at once, and documents that carry macros.
_PROGRAMS: Final = (
    "ade adp apk app appimage application appref-ms appx appxbundle asp bas bat bin cer chm",
    "class cmd com command cpl crt csh deb desktop diagcab dll dmg docm dotm elf exe fxp",
    "gadget gpedit grp hlp hpj hta htc img inf ins inx iso isp isu jar jnlp job js jse ksh",
    "lib lnk mad maf mag mam maq mar mas mat mau mav maw mcf mda mdb mde mdt mdw mdz mht",
    "mhtml msc msh msh1 msh1xml msh2 msh2xml mshxml msi msix msixbundle msp mst msu ops osd",
    "pcd phar php pif pkg pl plg potm ppam ppsm pptm prf prg printerexport ps1 ps1xml ps2",
    "ps2xml psc1 psc2 psd1 psdm1 psm1 pst py pyc pyo pyw pyz pyzw rb reg rgs rpm run scf scpt",
    "scr sct settingcontent-ms sh shb shs sldm so svgz swf sys terminal theme tmp tool udl",
    "url vb vbe vbp vbs vhd vhdx vsmacros vsw vxd webloc website workflow ws wsb wsc wsf wsh",
    "xbap xla xlam xll xlsm xltm xnk zsh",
)
PROGRAM_ENDINGS: Final = frozenset(ending for line in _PROGRAMS for ending in line.split())
PROGRAM_STARTS: Final = (
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",  # macOS for several processors, Java
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"L\x00\x00\x00\x01\x14\x02\x00",  # a Windows shortcut, under whatever name
)
MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "doc": "application/msword",
    "ppt": "application/vnd.ms-powerpoint",
    "xls": "application/vnd.ms-excel",
    "odt": "application/vnd.oasis.opendocument.text",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "rtf": "application/rtf",
    "epub": "application/epub+zip",
    "zip": "application/zip",
    "json": "application/json",
    "md": "text/markdown",
    "markdown": "text/markdown",
    "txt": "text/plain",
    "csv": "text/csv",
    "ics": "text/calendar",
    "html": "text/html",
    "htm": "text/html",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "heic": "image/heic",
    "svg": "image/svg+xml",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
}
_PROGRAM_TYPES: Final = frozenset(
    {
        "application/x-msdownload",
        "application/x-msdos-program",
        "application/vnd.microsoft.portable-executable",
        "application/x-executable",
        "application/x-sharedlib",
        "application/x-mach-binary",
        "application/x-sh",
        "application/javascript",
        "text/javascript",
        "application/java-archive",
        "application/vnd.android.package-archive",
        "application/hta",
    }
)
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*]')
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_SPACE: Final = re.compile(r"\s+")


def ending(name: str) -> str:
    """The last ending in lower case, as the system takes it, past dots and spaces after it."""
    safe = safe_name(name)
    return safe.rpartition(".")[2].lower() if "." in safe else ""


def media_type(name: str) -> str:
    """The media type that the name stands for, the same on every computer."""
    return MEDIA_TYPES.get(ending(name), UNKNOWN_TYPE)


def is_program(name: str, claimed_type: str = "", start: bytes = b"") -> bool:
    """Whether opening a file of this name, type or beginning could run something."""
    if ending(name) in PROGRAM_ENDINGS or claimed_type.lower() in _PROGRAM_TYPES:
        return True
    windows = start.startswith(b"MZ") and b"\x00" in start  # a text may begin with these letters
    script = start.startswith(b"#!") and media_type(name) == UNKNOWN_TYPE
    return windows or script or start.startswith(PROGRAM_STARTS)


def safe_name(name: str) -> str:
    """A file name that every system takes and that shows its true ending.

    Taken out: folders, control characters, marks that turn the direction of writing (they make
    `gpj.exe` look like `exe.jpg`), names that Windows keeps for devices; what is too long is cut
    before the ending.
    """
    last = PurePath(name.replace("\\", "/")).name
    shown = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in last)
    shown = "".join(c for c in shown if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn"))
    shown = unicodedata.normalize("NFC", _FORBIDDEN.sub("_", shown))
    shown = _SPACE.sub(" ", shown).strip().rstrip(". ")
    stem, dot, tail = shown.rpartition(".")
    if not dot or not stem or len(tail.encode()) > _MAX_ENDING_BYTES:
        stem, dot, tail = shown, "", ""
    if not stem:
        return UNNAMED
    if _RESERVED.fullmatch(stem.partition(".")[0].strip()):
        stem = f"_{stem}"
    return _cut(stem, MAX_NAME_BYTES - len((dot + tail).encode())) + dot + tail


def _cut(stem: str, most_bytes: int) -> str:
    """The beginning of a name, whole characters, at most so many bytes of UTF-8."""
    cut = stem.encode()[: max(most_bytes, 1)].decode("utf-8", errors="ignore")
    return cut.rstrip() or stem[:1]
