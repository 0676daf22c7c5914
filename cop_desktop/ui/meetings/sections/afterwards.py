"""After the meeting: the summary for those who missed it, and what members say of it."""

from PySide6.QtCore import Qt, Signal

from cop_desktop.services.meetings import FeedbackView
from cop_desktop.ui.meetings.parts.part import Part, PartRights
from cop_desktop.ui.meetings.parts.part_list import PartList
from cop_desktop.ui.meetings.sections.badges import part_badges
from cop_desktop.ui.meetings.sections.feedback_form import FeedbackForm
from cop_desktop.ui.meetings.sections.section import Section, Shown
from cop_desktop.ui.meetings.sections.written_text import WrittenText
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.composer.composer import ComposerShape
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.rows import Badge
from sync.catalogue.declare import PARAGRAPHS


class AfterwardsSection(Section):
    """The summary over the feedback. `begin_wanted`: a first draft of the summary."""

    add: FeedbackForm
    begin_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Afterwards"))
        shape = ComposerShape(
            self.tr("Summary for those who missed it"),
            placeholder=self.tr("What would you tell somebody in the corridor? Three sentences."),
            least_lines=4,
            most_lines=14,
            max_chars=PARAGRAPHS,
            attachments=False,
        )
        self.written = WrittenText(theme, shape)
        words = self.tr("&Begin with the decisions and actions")
        self.begin = push_button(theme, words, "quiet", "decision")
        self.begin.clicked.connect(self.begin_wanted)
        self.mine = PartList(theme, self.tr("My feedback"), PartRights(move=False))
        self.others = PartList(
            theme, self.tr("Feedback of others"), PartRights(edit=False, move=False, remove=False)
        )
        for part in (self.mine, self.others):
            self.offer_records(part)
        self.add = FeedbackForm(theme)
        # The base puts its own line for what is empty first; here it belongs to the feedback.
        self.column.removeWidget(self._nothing)
        self.column.addWidget(label(self.tr("Summary for those who missed it"), "section"))
        self.column.addWidget(self.written)
        self.column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(label(self.tr("Feedback"), "section"))
        for widget in (self._nothing, self.mine, self.others, self.add):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        land_at(self, self.written)

    def fill(self, shown: Shown) -> None:
        meeting = shown.meeting
        has_outcome = bool(meeting.decisions or meeting.actions)
        self.begin.setVisible(has_outcome and not meeting.summary.text.strip())
        said = meeting.feedback
        self.mine.show_parts([self._part(each) for each in said if each.mine])
        self.others.show_parts([self._part(each) for each in said if not each.mine])
        self.add.setVisible(not any(each.mine for each in said))
        empty = self.tr("Nobody has said yet what this meeting was worth to them.")
        self.say_nothing_yet("" if said else empty)
        self.settle_order()

    def _part(self, said: FeedbackView) -> Part:
        quote = self.tr("May be quoted") if said.may_quote else self.tr("Not to be quoted")
        first = Badge(quote, "soft", "quote" if said.may_quote else "lock")
        yours = (Badge(self.tr("Yours"), "accent", "member"),) if said.mine else ()
        return Part(
            said.id.hex(),
            said.text or self.tr("The words are on their way"),
            said.name,
            badges=(first, *yours, *part_badges(said.state, two_versions=said.two_versions)),
            two_versions=said.two_versions,
        )
