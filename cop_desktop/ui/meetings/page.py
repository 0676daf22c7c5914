"""The place of meetings as others know it."""

from cop_desktop.ui.meetings.presenter import MeetingsPresenter
from cop_desktop.ui.meetings.tools import Id, MeetingsTools
from cop_desktop.ui.meetings.view import MeetingsView


class MeetingsPage(MeetingsView):
    """What other places may ask: `show_community`, `open_meeting`, `plan_meeting`."""

    def __init__(self, tools: MeetingsTools) -> None:
        super().__init__(tools)
        self.presenter = MeetingsPresenter(self, tools)

    def show_community(self, space: Id | None) -> None:
        """The meetings of a community, None for none."""
        self.presenter.show_community(space)

    def open_meeting(self, meeting: Id) -> None:
        """Shows a meeting of the community, as from a search."""
        self.presenter.open_meeting(meeting)

    def open_record(self, kind: str, record: Id, part: Id) -> None:
        if kind == "meeting":
            self.open_meeting(record)

    def plan_meeting(self) -> None:
        """Asks for a new meeting."""
        self.presenter.planning.new_meeting()
