"""Three things for ten minutes, and what is new in a thread."""

from dataclasses import replace

from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.home import Home, Piece, PieceSort
from cop_desktop.services.home.ten_minutes import chosen
from cop_desktop.services.home.threads import MOST_READ
from cop_desktop.services.library import Library, NewItem
from tests.support.replicas import COMMUNITY
from tests.support.village import Village

ONE = Piece(PieceSort.THREAD, "topic", b"0" * 16, b"0" * 16, None, "", "", 2)


def piece(number: int, sort: PieceSort, minutes: int) -> Piece:
    return replace(ONE, sort=sort, record=bytes([number]) * 16, minutes=minutes)


def test_three_that_fit_are_picked_and_not_more_than_two_that_wait() -> None:
    waits = [piece(number, PieceSort.WAITING, 2) for number in range(4)]
    long, short = piece(5, PieceSort.THREAD, 9), piece(6, PieceSort.THREAD, 3)
    assert chosen([*waits, long, short], ()) == (waits[0], waits[1], short)


def test_what_is_skipped_makes_room_for_another() -> None:
    found = [piece(number, PieceSort.THREAD, 1) for number in range(4)]
    assert chosen(found, [found[1].key]) == (found[0], found[2], found[3])


def test_with_little_to_do_what_is_too_long_is_offered_all_the_same() -> None:
    long = piece(1, PieceSort.ITEM, 30)
    assert chosen([long], ()) == (long,)
    waits = [piece(number, PieceSort.WAITING, 1) for number in range(2, 5)]
    assert chosen(waits, ()) == tuple(waits)


def test_what_waits_comes_first_then_a_thread_then_something_to_read(
    village: Village, anna: Discussions, home: Home
) -> None:
    anna.start_topic(COMMUNITY, NewTopic("Roads", body="Can you come, @Ben?"))
    anna.start_topic(COMMUNITY, NewTopic("Long", body="word " * 900))
    library = Library(village.anna)
    item = library.add_item(COMMUNITY, NewItem("Guide", summary="Boil it.", reading_minutes=4)).id
    library.submit(item)
    library.publish(item)
    village.meet()
    found = home.ten_minutes()
    assert [(each.sort, each.minutes) for each in found] == [
        (PieceSort.WAITING, 2),
        (PieceSort.THREAD, 3),
        (PieceSort.ITEM, 4),
    ]
    assert [each.text for each in found] == ["Can you come, @Ben?", "", "Boil it."]
    assert home.ten_minutes([each.key for each in found]) == ()


def test_what_is_new_in_a_thread_is_read_under_how_it_began(
    village: Village, anna: Discussions, ben: Discussions, home: Home
) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads", body="How are they?")).id
    village.meet()
    (opening,) = home.read(topic).posts
    assert (opening.post, opening.body, home.read(topic).opening) == (None, "How are they?", None)
    ben.mark_read(topic)
    ben.reply(topic, "Mine")
    for number in range(MOST_READ + 2):
        anna.reply(topic, f"Reply {number}")
    village.meet()
    found = home.read(topic)
    assert found.opening is not None
    assert (found.opening.body, found.left_out) == ("How are they?", 2)
    assert [post.body for post in found.posts] == [f"Reply {n}" for n in range(2, MOST_READ + 2)]
