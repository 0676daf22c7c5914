"""Answers to the questions of a form are one text with headings, and come back from it."""

from cop_desktop.ui.discussions.writing.prompted import Answers, carried, composed, parted

ASKED = ("What is new?", "What might it mean?")
REST = "Anything else"


def test_answers_stand_under_their_questions_and_come_back_as_they_were() -> None:
    answers = Answers(("A policy\n\n- one\n- two", "Less paper"), "### Not a question\n\nSee below")
    text = composed(ASKED, answers, REST)
    assert text.startswith("### What is new?\n\nA policy\n\n- one")
    assert "\n\n### What might it mean?\n\nLess paper\n\n### Anything else\n\n### Not" in text
    assert parted(ASKED, text, REST) == answers


def test_a_question_without_an_answer_leaves_nothing_behind() -> None:
    answers = Answers(("", "Less paper"))
    assert composed(ASKED, answers, REST) == "### What might it mean?\n\nLess paper"
    assert parted(ASKED, composed(ASKED, answers, REST), REST) == answers
    alone = Answers(("", ""), "Hello")
    assert composed(ASKED, alone, REST) == "Hello"
    assert parted(ASKED, "Hello", REST) == alone


def test_a_heading_that_comes_twice_is_part_of_the_answer() -> None:
    text = "### What is new?\n\nA\n\n### What is new?\n\nB"
    assert parted(ASKED, text, REST).given == ("A\n\n### What is new?\n\nB", "")


def test_another_kind_of_topic_keeps_every_word() -> None:
    before = ("One?", "Two?", "Three?")
    now = carried(Answers(("1", "", "3"), "rest"), before, 1)
    assert now == Answers(("1",), "### Three?\n\n3\n\nrest")
    assert carried(now, ("One?",), 3) == Answers(("1", "", ""), "### Three?\n\n3\n\nrest")
    assert carried(Answers((), "rest"), (), 2) == Answers(("", ""), "rest")
