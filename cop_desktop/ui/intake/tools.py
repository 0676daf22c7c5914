"""What the dialog of bringing in is given."""

from dataclasses import dataclass

from cop_desktop.services.intake import Intake
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.form.fields import Choice


@dataclass(frozen=True, slots=True)
class IntakeTools:
    """jobs: a thread of its own, so that the store stays free while it goes on.

    communities: those that may be brought into, by their ids as text. community: of these, the one
    that is shown now, empty for none.
    """

    theme: Theme
    jobs: Jobs
    hub: Hub
    messages: Messages
    intake: Intake
    communities: tuple[Choice, ...]
    community: str
