"""The dialog in which somebody ends a topic and tells what came of it."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from cop_desktop.services.discussions.rows import TopicView
from cop_desktop.ui.discussions.activities import ending
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.composer.composer import Composer, ComposerShape
from cop_desktop.ui.widgets.labels import label
from sync.catalogue.declare import PARAGRAPHS

_WIDTH_PX, _HEIGHT_PX = 600, 440


class EndDialog(QDialog):
    """`confirmed` carries the text; the dialog stays until `close_done`, or `keep_open`."""

    confirmed = Signal(str)

    def __init__(self, theme: Theme, topic: TopicView, answered_by: str) -> None:
        super().__init__()
        self._words = ending(topic.activity)
        title = self.tr("What came of it") if topic.ended else self._words.verb
        self.setWindowTitle(title)
        self.composer = Composer(
            theme,
            ComposerShape(
                self._words.question,
                self.tr("Save changes") if topic.ended else self._words.verb,
                self.tr("A sentence or two that help whoever finds this topic in a year"),
                least_lines=3,
                most_lines=0,
                max_chars=PARAGRAPHS,
                attachments=False,
            ),
        )
        # A topic may also end without a word.
        self.composer.count_in(elsewhere=True)
        self.composer.submitted.connect(self.confirmed)
        self._lay_out(theme, topic, answered_by)
        self._wanted = QSize(theme.metrics.px(_WIDTH_PX), theme.metrics.px(_HEIGHT_PX))
        self.composer.editor.setFocus()

    def fit_into(self, room: QSize) -> None:
        """As large as is good to write in, but not larger than the window."""
        self.resize(self._wanted.boundedTo(room))

    def keep_open(self, words: str) -> None:
        """It could not be saved: says why."""
        self.composer.keep_unsent(words)

    def _lay_out(self, theme: Theme, topic: TopicView, answered_by: str) -> None:
        column = QVBoxLayout(self)
        pad(theme, column, 20, 8)
        column.addWidget(label(topic.title, "subtitle"))
        if answered_by:
            words = self.tr("The reply of {0} is marked as the answer.")
            column.addWidget(label(words.format(answered_by), "soft"))
        question = label(self._words.question, "strong")
        question.setBuddy(self.composer.editor)
        column.addWidget(question)
        column.addWidget(self.composer, 1)
        note = self.tr("The topic stays where it is, takes replies, and can be opened again.")
        column.addWidget(label(note, "small"))
        later = push_button(theme, self.tr("&Not now"), "quiet")
        later.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(later)
        column.addLayout(row)
