"""What the second member says to what somebody wrote."""

import pytest

from cop_desktop import paths
from cop_desktop.demo.answering import answer_to, sort_of
from cop_desktop.demo.content import Answer, read_sample

ANSWERS = [
    Answer("any", "Thank you."),
    Answer("question", "What have you ruled out?"),
    Answer("question", "Who would know?"),
    Answer("worry", "Ring me."),
]


@pytest.mark.parametrize(
    ("words", "sort"),
    [
        ("Has anybody a roster for two rooms?", "question"),
        ("I am worried that nobody comes. What do I do?", "worry"),
        ("Ours is attached, help yourselves.", "offer"),
        ("We tried it last week with the big ones.", "story"),
        ("Test", "any"),
        ("", "any"),
    ],
)
def test_the_sort_of_a_post_is_told_by_its_words(words: str, sort: str) -> None:
    assert sort_of(words) == sort


def test_what_suits_comes_first_then_what_always_fits() -> None:
    said: list[str] = []
    for expected in ("What have you ruled out?", "Who would know?", "Thank you."):
        answer = answer_to("Why is that?", ANSWERS, said)
        assert answer.body == expected
        said.append(answer.body)


def test_when_all_was_said_the_oldest_is_said_again() -> None:
    said = ["Who would know?", "Thank you.", "What have you ruled out?", "Who would know?"]
    assert answer_to("Why is that?", ANSWERS, said).body == "Thank you."


def test_the_sample_has_several_answers_to_every_sort_and_most_for_any() -> None:
    answers = read_sample(paths.resources_dir() / "sample").answers
    for sort in ("any", "question", "story", "offer", "worry"):
        assert sum(answer.suits == sort for answer in answers) >= 3
