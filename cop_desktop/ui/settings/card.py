"""One section of the page: its title over a frame with its settings."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cop_desktop.ui.settings.row import SettingRow
from cop_desktop.ui.settings.setting import Section, matches
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.labels import label, line


class SectionCard(QWidget):
    """Rows with fine lines between those that are left."""

    def __init__(self, theme: Theme, section: Section, part: QWidget | None) -> None:
        """part: what stands under the settings of this section."""
        super().__init__()
        self.section = section
        self.setAccessibleName(section.title)
        self.rows = [SettingRow(theme, setting) for setting in section.settings]
        self._part = part
        self._entries: list[tuple[QWidget, QWidget, str]] = []
        frame = QFrame()
        frame.setObjectName("card")
        self._inside = QVBoxLayout(frame)
        pad(theme, self._inside, (1, 4, 1, 4), 0)
        for row in self.rows:
            self._add(row, row.setting.finds(section.title))
        if part is not None:
            self._add(part, f"{section.title} {section.words}".casefold())
        column = QVBoxLayout(self)
        pad(theme, column, (0, 0, 0, 8), 6)
        column.addWidget(label(section.title, "subtitle"))
        column.addWidget(frame)

    def find(self, typed: str) -> int:
        """Leaves what has these words; how many are left. None left: the section goes."""
        count = 0
        for entry, above, found_by in self._entries:
            fits = matches(typed, found_by)
            above.setVisible(fits and count > 0)
            entry.setVisible(fits)
            count += fits
        self.setVisible(count > 0)
        return count

    def _add(self, entry: QWidget, found_by: str) -> None:
        above = line()
        if not self._entries:
            above.hide()  # it stands between two
        self._inside.addWidget(above)
        self._inside.addWidget(entry)
        self._entries.append((entry, above, found_by))
