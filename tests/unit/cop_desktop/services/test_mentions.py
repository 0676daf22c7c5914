"""Who is mentioned in a text."""

import pytest

from cop_desktop.services.mentions import Mentions

ANN, ANN_LEE, JOSE, SON = b"1" * 16, b"2" * 16, b"3" * 16, b"4" * 16
KNOWN = Mentions({ANN: "Ann", ANN_LEE: "Ann Lee", JOSE: "José O'Neill-Webb", SON: "Nguyễn Sơn"})


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("@Ann, can you?", {ANN}),
        ("Thank you @Ann Lee.", {ANN_LEE}),
        ("@ann  lee and @ANN", {ANN_LEE, ANN}),
        ("@Ann's school", {ANN}),
        ("(@jose o'neill-webb)", {JOSE}),
        ("@nguyen son?", {SON}),
        ("@Anna was there", set()),
        ("mail me: info@ann", set()),
        ("Ann was there", set()),
        ("> @Ann, can you?\n\nYes, she can.", set()),
        ("> @Ann, can you?\n\n@Ann Lee can.", {ANN_LEE}),
        ("@", set()),
        ("", set()),
        (None, set()),
    ],
)
def test_a_mention_is_the_sign_and_the_whole_name(text: str | None, who: set[bytes]) -> None:
    assert KNOWN.of(text) == who


def test_namesakes_are_both_meant() -> None:
    assert Mentions({ANN: "Kim", SON: "kim"}).of("@Kim") == {ANN, SON}


def test_nobody_is_mentioned_where_nobody_is_known() -> None:
    assert Mentions({ANN: " "}).of("@ @Kim") == frozenset()
