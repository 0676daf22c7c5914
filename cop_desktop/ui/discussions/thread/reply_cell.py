"""The widget that shows a reply."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cop_desktop.ui.discussions.thread.cell import NARROW_PX, TextCell
from cop_desktop.ui.discussions.thread.entries import Reply
from cop_desktop.ui.discussions.thread.footer import FooterButton, Saying
from cop_desktop.ui.discussions.thread.looks import Looks
from cop_desktop.ui.discussions.thread.wishes import Offer, Wish, Wishes, offers_for_reply
from cop_desktop.ui.theme.theme import Theme

INDENT_PX = 24


class ReplyCell(TextCell):
    """A reply."""

    def __init__(self, theme: Theme, looks: Looks, wishes: Wishes) -> None:
        super().__init__(theme, looks, wishes)
        self._entry: Reply | None = None
        self.parent_link = FooterButton(theme, "reply", "")
        self.parent_link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.parent_link.clicked.connect(self._on_parent)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.parent_link, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.byline)
        self._column.addWidget(self.under)
        self.text_column()

    def stops(self) -> list[QWidget]:
        link = getattr(self, "parent_link", None)
        return [*([link] if link is not None else []), *super().stops()]

    def show_entry(self, entry: Reply) -> None:
        self._entry, self.key = entry, entry.key
        post = entry.post
        self.age()
        self.show_text(post.body, post.author)
        self.files.show_files(post.attachments)
        self.versions.setVisible(post.two_versions)
        self.footer.show_reactions(post.reactions)
        self.footer.show_offers(self._offers, can_reply=entry.can_reply)
        self._show_parent(entry)
        self.update()

    def age(self) -> None:
        if self._entry is not None:
            self.byline.show_words(self._looks.of_reply(self._entry))
            self.setAccessibleName(self.byline.accessibleName())

    def fit(self, width: int) -> int:
        metrics = self._theme.metrics
        left = metrics.room + self._indent()
        self._column.setContentsMargins(left, metrics.gap, metrics.room, metrics.gap)
        self._column.setSpacing(metrics.tight)
        self.parent_link.shorten_to(width - left - metrics.room)
        return super().fit(width)

    def frame_box(self) -> QRect:
        return self.rect().adjusted(self._indent(), 2, 0, -2)

    def paint_ground(self, painter: QPainter) -> None:
        entry, metrics = self._entry, self._theme.metrics
        if entry is None:
            return
        step = self._step()
        for depth in range(entry.indent):
            line = QRect(depth * step + step // 2, 0, 1, self.height())
            painter.fillRect(line, self._theme.colour("border"))
        box = self.frame_box()
        if entry.post.is_answer:
            painter.setPen(QPen(self._theme.colour("good"), 1))
            painter.setBrush(self._theme.colour("good_soft"))
            painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), metrics.radius, metrics.radius)
        if entry.is_new:
            bar = QRect(box.left(), box.top() + metrics.tight, 3, box.height() - metrics.gap)
            painter.fillRect(bar, self._theme.colour("accent"))

    def _show_parent(self, entry: Reply) -> None:
        answers = entry.answers
        self.parent_link.setVisible(answers is not None)
        if answers is None:
            return
        self.parent_link.setEnabled(bool(answers.key))
        words = self.tr("In reply to {0}").format(answers.author)
        if not answers.key:
            words = self.tr("In reply to an older part that is on its way")
        self.parent_link.say(Saying(words))

    def _offers(self) -> tuple[Offer, ...]:
        if self._entry is None or self._looks.topic is None:
            return ()
        return offers_for_reply(self._entry.post, self._looks.topic)

    def _step(self) -> int:
        narrow = self.width() < self._theme.metrics.px(NARROW_PX)
        return self._theme.metrics.space(INDENT_PX // 2 if narrow else INDENT_PX)

    def _indent(self) -> int:
        return self._step() * (self._entry.indent if self._entry else 0)

    def _on_parent(self) -> None:
        self._wishes.wished.emit(Wish.GO_TO_PARENT, self.key)
