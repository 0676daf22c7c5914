"""Bytes that were whole once: what damage, faulty programs and hostile people make of them."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import strategies as st

MOST_CPU_S = 2.0
EXTREMES = (
    b"\xff" * 4,
    b"\x00" * 4,
    b"\xdf\xff\xff\xff\xff",  # a map of four billion
    b"\xdd\xff\xff\xff\xff",  # a list of as many
    b"\xc6\xff\xff\xff\xff",  # bytes, as many
    b"\xcf" + b"\xff" * 8,
    b"\xd3\x80" + b"\x00" * 7,
    b"\x91" * 200,
    b"\x81\xc0" * 100,
    b"\xc1",
    b"\xca\x7f\xc0\x00\x00",
    b"\xd4\x00\x00",
)


@contextmanager
def soon() -> Iterator[None]:
    """Fails if what is done inside keeps the processor busy for long."""
    before_s = time.process_time()
    yield
    assert time.process_time() - before_s < MOST_CPU_S


def mutations(whole: bytes, most: int = 6) -> st.SearchStrategy[bytes]:
    """`whole` after a few changes; sometimes after none."""
    return st.builds(_mutated, st.just(whole), st.integers(0, 2**32), st.integers(0, most))


def _mutated(whole: bytes, seed: int, changes: int) -> bytes:
    """One draw an example keeps this fast, which finds more than small counter-examples would."""
    dice = random.Random(seed)
    content = bytearray(whole)
    for _ in range(changes):
        at = dice.randint(0, len(content))
        to = min(len(content), at + dice.randint(0, 20))
        match dice.choice(("flip", "flip", "cut out", "double", "put in", "cut off")):
            case "flip":
                if at < len(content):
                    content[at] ^= dice.randint(1, 255)
            case "cut out":
                del content[at:to]
            case "double":
                content[at:at] = content[at:to] * dice.choice((1, 2, 50))
            case "put in":
                content[at:to] = dice.choice((*EXTREMES, dice.randbytes(dice.randint(0, 20))))
            case _:
                del content[at:]
    return bytes(content)
