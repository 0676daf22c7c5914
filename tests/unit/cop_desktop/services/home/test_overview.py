"""Since you were last here: what counts as news, and from when on."""

from cop_desktop.services.care import Care
from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.home import FirstStep, Home, NewsSort
from cop_desktop.services.library import Library, NewItem, UseText
from cop_desktop.services.meetings import Meetings, NewAction, NewMeeting
from cop_desktop.services.people import People, ProfileEdit
from cop_desktop.services.reading import moment
from sync.core.ids import Id
from tests.support.replicas import ANNA, COMMUNITY
from tests.support.village import CLEO, Village

HOUR_S = 3_600


def visited(village: Village, home: Home) -> None:
    """Looks at home, and is away for hours."""
    home.note_seen(home.overview().mark)
    village.turn_clocks(seconds=5 * HOUR_S)
    home.arrive()


def titles(home: Home) -> dict[str, int]:
    return {thread.title: thread.new for thread in home.overview().threads}


def start(discussions: Discussions, title: str) -> Id:
    return discussions.start_topic(COMMUNITY, NewTopic(title, body=f"About {title}")).id


def test_only_what_came_after_the_last_visit_is_news(
    village: Village, anna: Discussions, home: Home
) -> None:
    old = start(anna, "Old")
    village.meet()
    visited(village, home)
    assert home.overview().threads == ()
    anna.reply(old, "More")
    start(anna, "New")
    village.meet()
    assert titles(home) == {"New": 1, "Old": 2}
    overview = home.overview()
    assert overview.since is not None
    assert (overview.unread_topics, overview.unread_posts) == (2, 3)
    thread = next(each for each in overview.threads if each.title == "Old")
    assert (thread.who, thread.about, thread.latest_words) == (("Anna",), "About Old", "More")


def test_what_was_written_long_ago_and_came_today_is_news(village: Village, home: Home) -> None:
    cleo = Discussions(village.cleo)
    start(cleo, "From the island")
    visited(village, home)
    village.meet()
    assert titles(home) == {"From the island": 1}


def test_what_was_read_elsewhere_is_no_news(
    village: Village, anna: Discussions, ben: Discussions, home: Home
) -> None:
    visited(village, home)
    topic = start(anna, "New")
    village.meet()
    ben.mark_read(topic)
    assert home.overview().threads == ()


def test_a_glance_moves_nothing(village: Village, anna: Discussions, home: Home) -> None:
    visited(village, home)
    start(anna, "New")
    village.meet()
    for _ in range(2):
        home.arrive()
        assert titles(home) == {"New": 1}
        village.turn_clocks(seconds=HOUR_S)


def test_who_comes_back_within_the_half_hour_finds_the_same(
    village: Village, anna: Discussions, home: Home
) -> None:
    visited(village, home)
    start(anna, "New")
    village.meet()
    home.note_seen(home.overview().mark)
    village.turn_clocks(seconds=HOUR_S / 4)
    home.arrive()
    assert titles(home) == {"New": 1}
    village.turn_clocks(seconds=HOUR_S)
    assert titles(home) == {"New": 1}  # who stays is not robbed of it
    home.arrive()
    assert titles(home) == {}


def test_saying_that_all_is_seen_can_be_undone(
    village: Village, anna: Discussions, home: Home
) -> None:
    visited(village, home)
    start(anna, "New")
    village.meet()
    before = home.start_from(home.overview().mark)
    assert titles(home) == {}
    home.start_from(before)
    assert titles(home) == {"New": 1}


def test_what_is_muted_is_no_news_and_what_is_followed_comes_first(
    village: Village, anna: Discussions, home: Home
) -> None:
    visited(village, home)
    levels = {"Loud": "mute", "Dear": "follow", "Other": "usual"}
    topics = {title: start(anna, title) for title in levels}
    village.meet()
    account = village.ben.account
    assert account is not None
    with village.ben.write() as action:
        for title, level in levels.items():
            fields = {"target": topics[title], "level": level}
            action.create("followed", account.personal, fields)
    assert list(titles(home)) == ["Dear", "Other"]
    assert [each.title for each in home.catch_up().threads] == ["Dear", "Other"]


def test_a_topic_kept_unread_is_told_even_with_nothing_new_in_it(
    village: Village, anna: Discussions, ben: Discussions, home: Home
) -> None:
    topic = start(anna, "Roads")
    village.meet()
    ben.mark_read(topic)
    ben.keep_unread(topic)
    (thread,) = home.catch_up().threads
    assert (thread.title, thread.new, thread.who) == ("Roads", 1, ("Anna",))


def test_news_of_library_meetings_and_people_is_told_by_what_happened(
    village: Village, anna: Discussions, ben: Discussions, home: Home
) -> None:
    topic = start(ben, "Mine")
    library, meetings = Library(village.anna), Meetings(village.anna)
    old = library.add_item(COMMUNITY, NewItem("Old guide")).id
    library.publish(library_step(library, old))
    now = moment(village.anna.now_ms())
    held = meetings.add_meeting(COMMUNITY, NewMeeting("Held", now)).id
    village.meet()
    hers = Home(village.anna)
    hers.note_seen(hers.overview().mark)
    visited(village, home)
    hers.arrive()
    library.publish(library_step(library, library.add_item(COMMUNITY, NewItem("New guide")).id))
    library.tag(old, "water")
    meetings.add_meeting(COMMUNITY, NewMeeting("Planned", now))
    meetings.add_action(held, NewAction("Ask the council"))
    meetings.add_decision(held, "Two buses")
    anna.react(topic, "thanks")
    library.add_item(COMMUNITY, NewItem("A draft of hers"))
    with village.anna.write() as action:
        action.create("use_report", COMMUNITY, {"item": old, "member": ANNA, "text": "It held."})
    village.meet()
    told = {(line.sort, line.title, line.names, line.count) for line in home.overview().news}
    assert told == {
        (NewsSort.PUBLISHED, "New guide", ("Anna",), 1),
        (NewsSort.ITEM_CHANGED, "Old guide", ("Anna",), 1),
        (NewsSort.USED, "Old guide", ("Anna",), 1),
        (NewsSort.MEETING_ADDED, "Planned", ("Anna",), 1),
        (NewsSort.MEETING_TOLD, "Held", ("Anna",), 2),
        (NewsSort.THANKED, "Mine", ("Anna",), 1),
    }
    assert hers.overview().news == ()  # it is all her own


def library_step(library: Library, item: Id) -> Id:
    library.submit(item)
    return item


def test_who_joined_is_told_in_one_line(village: Village, home: Home) -> None:
    visited(village, home)
    for number, name in enumerate(("Dora", "Emil")):
        village.server.add_member(bytes([number]) * 16, name, COMMUNITY)
    village.meet()
    (line,) = home.overview().news
    assert (line.sort, line.names, line.count) == (NewsSort.JOINED, ("Dora", "Emil"), 2)


def test_who_joined_and_is_to_be_looked_at_with_care_is_not_named(
    village: Village, home: Home
) -> None:
    visited(village, home)
    for number, name in enumerate(("Dora", "Emil")):
        village.server.add_member(bytes([number]) * 16, name, COMMUNITY)
    village.meet()
    care = Care(village.ben)
    care.flag(bytes([0]) * 16)
    (line,) = home.overview().news
    assert (line.names, line.count, line.open_id) == (("Emil",), 1, bytes([1]) * 16)
    care.flag(bytes([1]) * 16)
    assert home.overview().news == ()
    care.unflag(bytes([1]) * 16)
    assert [each.names for each in home.overview().news] == [("Emil",)]


def test_somebody_new_is_shown_what_to_do_first_until_it_is_done_or_hidden(
    village: Village, anna: Discussions
) -> None:
    topic = start(anna, "Roads")
    cleo = Home(village.cleo)
    village.meet()
    overview = cleo.overview()
    assert overview.since is None
    assert [each.title for each in overview.threads] == ["Roads"]
    assert overview.first_steps.done == frozenset()
    discussions = Discussions(village.cleo)
    discussions.mark_read(topic)
    People(village.cleo).edit_profile(ProfileEdit(about="Principal"))
    assert cleo.overview().first_steps.done == {FirstStep.PROFILE, FirstStep.READ}
    discussions.reply(topic, "Hello")
    assert not cleo.overview().first_steps.wanted


def test_nothing_downloaded_yet_is_no_emptiness(village: Village) -> None:
    assert CLEO  # her computer has not met the server
    overview = Home(village.another_computer(CLEO)).overview()
    assert (overview.coming, overview.empty) == (True, True)


def test_who_added_an_item_hears_of_its_use_and_of_thanks_before_all_else(
    village: Village, home: Home
) -> None:
    mine, anna = Library(village.ben), Library(village.anna)
    item = mine.add_item(COMMUNITY, NewItem("Mine")).id
    hers = anna.add_item(COMMUNITY, NewItem("Hers")).id
    village.meet()
    report = mine.report_use(hers, UseText("It held.")).id
    village.meet()
    visited(village, home)
    anna.report_use(item, UseText("On our wall."))
    anna.thank(item)
    anna.thank(report)
    theirs = anna.add_item(COMMUNITY, NewItem("Newest")).id
    library_step(anna, theirs)
    anna.publish(theirs)
    village.meet()
    told = [(line.sort, line.title) for line in home.overview().news]
    assert sorted(told[:3]) == [
        (NewsSort.ITEM_THANKED, "Hers"),
        (NewsSort.ITEM_THANKED, "Mine"),
        (NewsSort.USED, "Mine"),
    ]
    assert told[3:] == [(NewsSort.PUBLISHED, "Newest")]
