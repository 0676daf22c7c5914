"""The dialog that shows what a calendar file holds before anything of it is taken in."""

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.services.calendar_files import CalendarPreview, Entry, Standing
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import label

_RECORD = Qt.ItemDataRole.UserRole


class TakingIn(QDialog):
    """What is new is chosen to begin with. `wanted` carries the records of what is chosen.

    Where nothing can be taken in, it says so, and can only be closed.
    """

    wanted = Signal(object)

    def __init__(
        self, window: QWidget, theme: Theme, times: Times, preview: CalendarPreview
    ) -> None:
        super().__init__(window)
        self._times = times
        self.setWindowTitle(self.tr("Take in a calendar file"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Meetings in the file"))
        self.list.setWordWrap(True)
        self.list.setSpacing(theme.metrics.space(5))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for entry in preview.entries:
            self.list.addItem(self._item(entry))
        self.list.itemChanged.connect(self._count)
        self.ok = push_button(theme, "", "primary", "import")
        self.ok.clicked.connect(self._confirm)
        self._problem = label("", "problem")
        self._problem.hide()
        can_take = any(entry.standing is not Standing.HERE for entry in preview.entries)
        self.ok.setVisible(can_take)
        cancel = push_button(theme, self.tr("Cancel") if can_take else self.tr("&Close"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        pad(theme, buttons, 0, 8)
        buttons.addStretch(1)
        buttons.addWidget(self.ok)
        buttons.addWidget(cancel)
        column = QVBoxLayout(self)
        pad(theme, column, 20, 10)
        column.addWidget(label(preview.name, "subtitle"))
        self._said = label(self._summary(preview), "soft")
        for part in (self._said, self.list, self._problem):
            column.addWidget(part)
        column.addLayout(buttons)
        room = window.size()
        wide, high = theme.metrics.px(560), theme.metrics.px(520)
        self.resize(min(wide, room.width() - 40), min(high, room.height() - 40))
        self._count()

    def said(self) -> str:
        """What is said of the file as a whole."""
        return self._said.text()

    def keep_open(self, words: str) -> None:
        """It could not be taken in: words say why."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.ok.setEnabled(True)
        announce(self, words)

    def chosen(self) -> set[bytes]:
        """The records of what is chosen."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return {
            item.data(_RECORD)
            for item in items
            if item.checkState() is Qt.CheckState.Checked
            and item.flags() & Qt.ItemFlag.ItemIsEnabled
        }

    def _confirm(self) -> None:
        self.ok.setEnabled(False)
        self.wanted.emit(self.chosen())

    def _count(self) -> None:
        count = len(self.chosen())
        several = self.tr("&Take in {0} meetings").format(count) if count else self.tr("&Take in")
        self.ok.setText(self.tr("&Take in 1 meeting") if count == 1 else several)
        self.ok.setEnabled(count > 0)

    def _item(self, entry: Entry) -> QListWidgetItem:
        item = QListWidgetItem(f"{entry.title}\n{self._when(entry)}")
        item.setData(_RECORD, entry.record)
        is_here = entry.standing is Standing.HERE
        flags = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(flags if is_here else flags | Qt.ItemFlag.ItemIsEnabled)
        is_new = entry.standing is Standing.NEW
        item.setCheckState(Qt.CheckState.Checked if is_new else Qt.CheckState.Unchecked)
        return item

    def _when(self, entry: Entry) -> str:
        when = self._times.full(entry.starts, entry.time_zone)
        day = self._times.day(self._times.day_of(entry.starts, entry.time_zone))
        if entry.whole_day:
            when = self.tr("{0}, the whole day").format(day)
        if entry.rhythm_text:
            when = self.tr("{0}, first on {1}").format(
                entry.rhythm_text[:1].upper() + entry.rhythm_text[1:], day
            )
        notes = {
            Standing.HERE: self.tr("Already here"),
            Standing.IN_TRASH: self.tr("In the trash here: choose it to bring it back"),
        }
        strange = self.tr("comes again in a way that is not understood: only its first day")
        parts = [when, entry.place, strange if entry.only_first else "", notes.get(entry.standing)]
        return " · ".join(filter(None, parts))

    def _summary(self, preview: CalendarPreview) -> str:
        found = Counter(entry.standing for entry in preview.entries)
        new, here = found[Standing.NEW], found[Standing.HERE]
        parts = [self.tr("{0} new").format(new) if new else self.tr("Nothing new")]
        if here == len(preview.entries):
            one = self.tr("Nothing new: the meeting in this file is here already.")
            many = self.tr("Nothing new: all {0} meetings in this file are here already.")
            parts = [one if here == 1 else many.format(here)]
        elif here:
            parts.append(self.tr("{0} already here").format(found[Standing.HERE]))
        if found[Standing.IN_TRASH]:
            parts.append(self.tr("{0} in the trash").format(found[Standing.IN_TRASH]))
        if preview.unreadable:
            parts.append(self.tr("{0} could not be read").format(preview.unreadable))
        if preview.left_out:
            parts.append(self.tr("{0} more than fit at once").format(preview.left_out))
        return " · ".join(parts)
