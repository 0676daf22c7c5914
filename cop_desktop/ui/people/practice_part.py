"""The record of practice on a profile: what somebody brought and what came of it, in sentences."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cop_desktop.services.people import Practice
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.markdown_view import OWN_SCHEME, MarkdownView
from sync.core.ids import id_text


class PracticePart(QWidget):
    """Gone while there is nothing to tell. `link_activated` carries where a title leads to."""

    link_activated = Signal(str)

    def __init__(self, theme: Theme, when: When) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Record of practice"))
        self._when = when
        self._shown: Practice | None = None
        self.told = label("")
        self.lately = label(self.tr("Lately"), "section")
        self.list = MarkdownView(theme, self.tr("Lately"))
        self.list.link_activated.connect(self.link_activated)
        column = QVBoxLayout(self)
        pad(theme, column, 0, 4)
        column.addWidget(label(self.tr("Record of practice"), "section"))
        column.addWidget(self.told)
        column.addSpacing(theme.metrics.space(6))
        for part in (self.lately, self.list):
            column.addWidget(part)

    def show_practice(self, practice: Practice | None, *, is_mine: bool = False) -> None:
        """None while it is not known."""
        if practice is not None and practice == self._shown:
            return
        self._shown = practice
        sentences = [] if practice is None else told(practice, is_mine=is_mine)
        self.told.setText("\n".join(sentences))
        lines = [] if practice is None else self._lines(practice)
        self.list.show_markdown("\n".join(lines))
        for part in (self.lately, self.list):
            part.setVisible(bool(lines))
        self.setVisible(bool(sentences))

    def _lines(self, practice: Practice) -> list[str]:
        names = {
            "topic": self.tr("Topic"),
            "post": self.tr("Reply in"),
            "library_item": self.tr("Library"),
            "use_report": self.tr("Used"),
        }
        return [
            self.tr("- {0} [{1}]({2}), {3}").format(
                names.get(part.kind, ""),
                _plain(part.title),
                f"{OWN_SCHEME}:{part.kind}/{id_text(part.id)}",
                self._when.short(part.when),
            )
            for part in practice.recent
        ]


def told(practice: Practice, *, is_mine: bool = False) -> list[str]:
    """Sentences, one for each sort of thing; none for what there is nothing of."""
    tr = _tr
    brought = [
        _counted(practice.topics, tr("1 topic started"), tr("{0} topics started")),
        _counted(practice.replies, tr("1 reply"), tr("{0} replies")),
        _counted(practice.items, tr("1 item in the library"), tr("{0} items in the library")),
        _counted(practice.meetings, tr("at 1 meeting"), tr("at {0} meetings")),
        _counted(practice.reports, tr("1 report of use"), tr("{0} reports of use")),
    ]
    lines = [", ".join(filter(None, brought))]
    lines.append(_counted(practice.thanks, tr("Thanked once."), tr("Thanked {0} times.")))
    lines.append(_used_words(practice, is_mine=is_mine))
    if practice.built_on:
        names = ", ".join(dict.fromkeys(each.author for each in practice.built_on))
        lines.append(tr("Built on by {0}.").format(names))
    return [line[:1].upper() + line[1:] for line in lines if line]


def _used_words(practice: Practice, *, is_mine: bool) -> str:
    tr, used = _tr, practice.used
    if used.schools:
        one = (
            tr("Your work was used in 1 school.")
            if is_mine
            else tr("Their work was used in 1 school.")
        )
        many = (
            tr("Your work was used in {0} schools.")
            if is_mine
            else tr("Their work was used in {0} schools.")
        )
        return _counted(used.schools, one, many)
    if used.reports:
        return tr("Others used your work.") if is_mine else tr("Others used their work.")
    return ""


def _counted(count: int, one: str, many: str) -> str:
    if not count:
        return ""
    return one if count == 1 else many.format(count)


def _plain(title: str) -> str:
    """A title inside a link of Markdown, its own marks as they stand."""
    escaped = "".join(f"\\{each}" if each in "\\`*_[]<>~|" else each for each in title)
    return " ".join(escaped.split())


def _tr(words: str) -> str:
    return QCoreApplication.translate("Practice", words)
