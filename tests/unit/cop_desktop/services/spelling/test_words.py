"""Which parts of a line are words that a dictionary can judge."""

import pytest

from cop_desktop.services.spelling import words_in


@pytest.mark.parametrize(
    ("line", "judged"),
    [
        ("Don\u2019t wait, Anna's ute is late", "Don\u2019t wait Anna's ute is late"),
        ("## Heading and **bldo** _itlaic_", "Heading and bldo itlaic"),
        ("See `kode` and ``mroe ` kode``.", "See and"),
        ("the [lnik](http://abd.ef/ghi) and <http://gh.ij>", "the lnik and"),
        ("http://abd.ef www.abc.net.au/xyz mailto:a@b.cd cop:guide/xyz ana@scohol.edu", ""),
        ("sheet.docx C:\\foo\\bar /tmp/xyz \\\\server\\shaer", ""),
        ("@Marhs said 2nd T4 4pm NAPLANs QTPS a_b", "said"),
        ("> qouted by somebody else", ""),
        ("Yolŋu Matha and a café", "Matha and"),
        ("studnets—recieve wet/dry x", "studnets recieve wet dry"),
        ("a" * 60, ""),
    ],
)
def test_a_line_holds_these_words(line: str, judged: str) -> None:
    found = list(words_in(line))
    assert [word.text for word in found] == judged.split()
    assert all(line[word.start : word.end] == word.text for word in found)
