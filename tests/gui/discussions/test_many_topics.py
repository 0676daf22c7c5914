"""A list of more topics than one page of them."""

from PySide6.QtCore import QModelIndex

from tests.support.discussion_place import OpenPlace
from tests.support.replicas import COMMUNITY
from tests.support.village import Village


def test_topics_that_came_by_scrolling_stay_when_the_list_is_read_again_meanwhile(
    village: Village, open_place: OpenPlace
) -> None:
    with village.anna.write() as action:
        for number in range(450):
            action.create("topic", COMMUNITY, {"title": f"Topic {number}"})
    place = open_place(village.anna)
    model = place.page.model
    assert model.rowCount() == 200
    model.fetchMore(QModelIndex())
    place.presenter.topics.read()  # asks for the 200 that are known now
    place.settle()
    assert model.rowCount() == 400
