"""How files begin whose type this program knows but does not read."""

Place = tuple[int, bytes]
"""An offset in bytes, and what stands there."""

Formats = tuple[tuple[Place, str], ...]

TEXT_FORMATS: Formats = (
    ((0, b"{\\rtf"), "a rich text (RTF) document"),
    ((0, b"%!PS"), "a PostScript file"),
)
BINARY_FORMATS: Formats = (
    ((0, b"BM"), "a BMP picture"),
    ((0, b"II*\x00"), "a TIFF picture"),
    ((0, b"MM\x00*"), "a TIFF picture"),
    ((0, b"8BPS"), "a Photoshop picture"),
    ((0, b"\x00\x00\x01\x00"), "an icon"),
    ((4, b"ftypheic"), "an iPhone photo (HEIC)"),
    ((4, b"ftypheix"), "an iPhone photo (HEIC)"),
    ((4, b"ftypmif1"), "an iPhone photo (HEIC)"),
    ((4, b"ftypavif"), "an AVIF picture"),
    ((4, b"ftypM4A"), "a sound recording"),
    ((4, b"ftyp"), "a video"),
    ((0, b"\x1a\x45\xdf\xa3"), "a video"),
    ((8, b"AVI "), "a video"),
    ((8, b"WAVE"), "a sound recording"),
    ((0, b"ID3"), "a sound recording"),
    ((0, b"OggS"), "a sound recording"),
    ((0, b"fLaC"), "a sound recording"),
    ((0, b"\x1f\x8b"), "a packed file (GZ)"),
    ((0, b"BZh"), "a packed file (BZ2)"),
    ((0, b"\xfd7zXZ\x00"), "a packed file (XZ)"),
    ((0, b"\x28\xb5\x2f\xfd"), "a packed file (ZST)"),
    ((0, b"7z\xbc\xaf\x27\x1c"), "a packed folder (7z)"),
    ((0, b"Rar!\x1a\x07"), "a packed folder (RAR)"),
    ((257, b"ustar"), "a packed folder (TAR)"),
    ((0, b"SQLite format 3\x00"), "a database"),
    ((0, b"MZ"), "a program"),
    ((0, b"\x7fELF"), "a program"),
    ((0, b"\xcf\xfa\xed\xfe"), "a program"),
)


def named_by(formats: Formats, head: bytes) -> str:
    """What the beginning of a file says it is, with its article; empty when it says nothing."""
    for (offset, signature), label in formats:
        if head[offset : offset + len(signature)] == signature:
            return label
    return ""
