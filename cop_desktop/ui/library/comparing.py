"""What changed between two versions of a file: their words, side by side, what differs marked."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.services.attachments import FileView
from cop_desktop.services.library import WordedFile
from cop_desktop.ui.library.tools import LibraryTools
from cop_desktop.ui.library.words import tr
from cop_desktop.ui.records.compared_text import ComparedText
from cop_desktop.ui.records.differing import Stretch, differing
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import ElidedLabel, label
from cop_desktop.ui.widgets.sizes import size_words

_WIDTH_PX, _HEIGHT_PX = 940, 680
_SIDE_BY_SIDE_PX = 720


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions, made ready off the GUI thread. Their stretches are empty without words."""

    newer: WordedFile
    older: WordedFile
    in_newer: tuple[Stretch, ...] = ()
    in_older: tuple[Stretch, ...] = ()

    @property
    def has_words(self) -> bool:
        return self.newer.words is not None and self.older.words is not None

    @property
    def differs(self) -> bool:
        return any(stretch.differs for stretch in (*self.in_newer, *self.in_older))


def compared(newer: WordedFile, older: WordedFile) -> Compared:
    """What differs between their words; takes seconds for very long ones."""
    if newer.words is None or older.words is None:
        return Compared(newer, older)
    return Compared(
        newer, older, differing(newer.words, older.words), differing(older.words, newer.words)
    )


class Comparing(Presenting):
    """Reads both versions, compares them beside the store thread, and shows what came out."""

    def __init__(self, owner: QWidget, tools: LibraryTools) -> None:
        super().__init__(owner, tools)
        self._owner, self._tools = owner, tools

    def compare(self, newer: FileView, older: FileView) -> None:
        """Shows what changed from the older one."""
        work = partial(self._read, newer.id, older.id)
        self._tools.jobs.run(work, self._compare, self._say_trouble, "library.compare")

    def _read(self, newer: bytes, older: bytes) -> tuple[WordedFile, WordedFile]:
        """On the store thread."""
        library = self._tools.library
        return library.worded_file(newer), library.worded_file(older)

    def _compare(self, read: tuple[WordedFile, WordedFile]) -> None:
        work = partial(compared, *read)
        self._tools.files.slow_jobs.run(work, self._show, self._say_trouble, "library.compare")

    def _show(self, found: Compared) -> None:
        dialog = ComparedDialog(self._tools.theme, self._tools.when, found)
        dialog.setParent(self._owner.window(), dialog.windowFlags())
        dialog.open()


class ComparedDialog(QDialog):
    """The newer version beside the older one."""

    def __init__(self, theme: Theme, when: When, found: Compared) -> None:
        super().__init__()
        self._theme, self._when = theme, when
        self.setWindowTitle(tr("What changed"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        close = push_button(theme, tr("&Close"))
        close.clicked.connect(self.reject)
        self.said = label(_said(found), "soft")
        column = QVBoxLayout(self)
        pad(theme, column, 20, 10)
        column.addWidget(label(tr("What changed"), "title"))
        column.addWidget(ElidedLabel(found.newer.file.name, "strong"))
        column.addWidget(self.said)
        column.addWidget(self._texts(found), 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        room = self.screen().availableGeometry()
        px = theme.metrics.px
        width = min(px(_WIDTH_PX), round(room.width() * 0.95))
        self.resize(width, min(px(_HEIGHT_PX), round(room.height() * 0.9)))

    def _texts(self, found: Compared) -> QScrollArea:
        inner = QWidget()
        inner.setObjectName("scrolled")
        narrow = self.screen().availableGeometry().width() < self._theme.metrics.px(
            _SIDE_BY_SIDE_PX
        )
        sides = QVBoxLayout(inner) if narrow else QHBoxLayout(inner)
        pad(self._theme, sides, (2, 2, 12, 2), 24)
        for title, file, stretches in (
            (tr("Now"), found.newer, found.in_newer),
            (tr("Before"), found.older, found.in_older),
        ):
            sides.addLayout(self._side(title, file, stretches, shows=found.has_words), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setAccessibleName(tr("What changed"))
        return area

    def _side(
        self, title: str, version: WordedFile, stretches: tuple[Stretch, ...], *, shows: bool
    ) -> QVBoxLayout:
        file = version.file
        facts = (self._when.full(file.added), file.by, size_words(file.size_bytes))
        side = QVBoxLayout()
        pad(self._theme, side, 0, 6)
        side.addWidget(label(title, "section"))
        side.addWidget(label(" · ".join(facts), "soft"))
        if file.note:
            side.addWidget(label(file.note))
        if shows:
            side.addWidget(ComparedText(self._theme, f"{title}: {file.name}", stretches))
        side.addStretch(1)
        return side


def _said(found: Compared) -> str:
    if not found.has_words:
        return tr(
            "The words of these two cannot be compared: they were not read from one of them,"
            " or have not come yet. Open both to see the difference."
        )
    if not found.differs:
        return tr("The words are the same; pictures, layout or figures may differ.")
    return tr("What is not in the other version is bold and underlined.")
