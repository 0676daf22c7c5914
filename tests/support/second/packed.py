"""MessagePack as the page wants it: one value, one form. Anything else is an error."""

from typing import Any

_SIGNED = {1: -(1 << 7), 2: -(1 << 15), 4: -(1 << 31), 8: -(1 << 63)}


def packed(value: Any) -> bytes:  # noqa: PLR0911 - one for each sort of value
    """The bytes of a value."""
    match value:
        case None:
            return b"\xc0"
        case bool():
            return b"\xc3" if value else b"\xc2"
        case int():
            return _packed_int(value)
        case str():
            raw = value.encode()
            short = bytes([0xA0 + len(raw)]) if len(raw) < 32 else _sized((0xD9, 0xDA, 0xDB), raw)
            return short + raw
        case bytes():
            return _sized((0xC4, 0xC5, 0xC6), value) + value
        case list() | tuple():
            inner = b"".join(map(packed, value))
            return _counted(0x90, (0xDC, 0xDD), len(value)) + inner
        case dict():
            pairs = sorted((packed(key), packed(inner)) for key, inner in value.items())
            head = _counted(0x80, (0xDE, 0xDF), len(value))
            return head + b"".join(key + inner for key, inner in pairs)
    raise ValueError(f"a {type(value).__name__} cannot be packed")


def unpacked(raw: bytes) -> Any:
    """The value in these bytes. Raises ValueError where they are not the one form of it."""
    value, end = _value(raw, 0)
    if end != len(raw) or packed(value) != raw:
        raise ValueError("not the one form of a value")
    return value


def unpacked_loosely(raw: bytes) -> Any:
    """As `unpacked`, but in any form: columns and messages are not hashed."""
    value, end = _value(raw, 0)
    if end != len(raw):
        raise ValueError("more than a value")
    return value


def elements(raw: bytes) -> list[bytes]:
    """The bytes of each element of an array."""
    count, at = _count(raw, 0)
    found = []
    for _ in range(count):
        _, end = _value(raw, at)
        found.append(raw[at:end])
        at = end
    return found


def _packed_int(value: int) -> bytes:
    if -32 <= value < 128:
        return value.to_bytes(1, "big", signed=value < 0)
    if value > 0:
        size = next(size for size in (1, 2, 4, 8) if value < 1 << 8 * size)
        return bytes([0xCB + size.bit_length()]) + value.to_bytes(size, "big")
    size = next(size for size in (1, 2, 4, 8) if value >= _SIGNED[size])
    return bytes([0xCF + size.bit_length()]) + value.to_bytes(size, "big", signed=True)


def _sized(codes: tuple[int, int, int], raw: bytes) -> bytes:
    size = next(size for size in (1, 2, 4) if len(raw) < 1 << 8 * size)
    return bytes([codes[size.bit_length() - 1]]) + len(raw).to_bytes(size, "big")


def _counted(short: int, codes: tuple[int, int], count: int) -> bytes:
    if count < 16:
        return bytes([short + count])
    if count < 1 << 16:
        return bytes([codes[0]]) + count.to_bytes(2, "big")
    return bytes([codes[1]]) + count.to_bytes(4, "big")


def _count(raw: bytes, at: int) -> tuple[int, int]:
    """How many elements an array has, and where they begin."""
    code = raw[at]
    if 0x90 <= code < 0xA0:
        return code - 0x90, at + 1
    size = {0xDC: 2, 0xDD: 4}[code]
    return int.from_bytes(raw[at + 1 : at + 1 + size], "big"), at + 1 + size


def _value(raw: bytes, at: int) -> tuple[Any, int]:  # noqa: PLR0911 - as above
    """A value, and where it ends."""
    code = raw[at]
    if code < 0x80 or code >= 0xE0:
        return (code if code < 0x80 else code - 256), at + 1
    if code in (0xC0, 0xC2, 0xC3):
        return {0xC0: None, 0xC2: False, 0xC3: True}[code], at + 1
    if 0xCC <= code <= 0xD3:
        size = 1 << (code - 0xCC) % 4
        piece = raw[at + 1 : at + 1 + size]
        return int.from_bytes(piece, "big", signed=code >= 0xD0), at + 1 + size
    if 0xA0 <= code < 0xC0:
        end = at + 1 + code - 0xA0
        return raw[at + 1 : end].decode(), end
    if code in (0xC4, 0xC5, 0xC6, 0xD9, 0xDA, 0xDB):
        return _text_or_bytes(raw, at)
    if 0x90 <= code < 0xA0 or code in (0xDC, 0xDD):
        return _array(raw, at)
    if 0x80 <= code < 0x90 or code in (0xDE, 0xDF):
        return _map(raw, at)
    raise ValueError(f"code {code:#x} is not used")


def _text_or_bytes(raw: bytes, at: int) -> tuple[Any, int]:
    size = 1 << (raw[at] - 0xC4 if raw[at] < 0xD0 else raw[at] - 0xD9)
    start = at + 1 + size
    end = start + int.from_bytes(raw[at + 1 : start], "big")
    if end > len(raw):
        raise ValueError("cut off")
    return (raw[start:end] if raw[at] < 0xD0 else raw[start:end].decode()), end


def _array(raw: bytes, at: int) -> tuple[list[Any], int]:
    count, at = _count(raw, at)
    found = []
    for _ in range(count):
        value, at = _value(raw, at)
        found.append(value)
    return found, at


def _map(raw: bytes, at: int) -> tuple[dict[Any, Any], int]:
    if raw[at] < 0x90:
        count, at = raw[at] - 0x80, at + 1
    else:
        size = {0xDE: 2, 0xDF: 4}[raw[at]]
        count, at = int.from_bytes(raw[at + 1 : at + 1 + size], "big"), at + 1 + size
    found = {}
    for _ in range(count):
        key, at = _value(raw, at)
        found[key], at = _value(raw, at)
    return found, at
