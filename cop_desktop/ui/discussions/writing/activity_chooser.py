"""What a topic is for: the nine activities, and what the chosen one means."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from cop_desktop.ui.discussions.activities import ACTIVITIES, activity_name, translated
from cop_desktop.ui.discussions.writing.choice_card import ChoiceCard
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.labels import label


class ActivityChooser(QWidget):
    """Names beside and under each other, and a sentence for the chosen one; "" for none of them.

    One sentence at a time: ten of them would push the title and the text out of a small window.
    A kind of a newer program stands beside them while the topic has it, so that it can stay.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._keys = [*(activity.key for activity in ACTIVITIES), "", ""]
        self._group = QButtonGroup(self)
        self._meaning = label("", "soft")
        self.setAccessibleName(self.tr("Kind of topic"))
        names = QWidget()
        flow = FlowLayout(names)
        pad(theme, flow, 0, 6)
        cards = [(translated(a.name), translated(a.sentence)) for a in ACTIVITIES]
        cards.append((self.tr("Something else"), self.tr("A conversation of no particular kind.")))
        newer = self.tr(
            "A kind that only a newer version of this program knows. Nothing of it is lost."
        )
        cards.append(("", newer))
        for number, (name, sentence) in enumerate(cards):
            card = ChoiceCard(theme, name, sentence)
            self._group.addButton(card, number)
            flow.addWidget(card)
        column = QVBoxLayout(self)
        pad(theme, column, 0, 6)
        column.addWidget(names)
        column.addWidget(self._meaning)
        self._none, self._newer = len(cards) - 2, len(cards) - 1
        self._show_newer("")
        self._group.button(self._none).setChecked(True)
        self._group.idClicked.connect(self._on_click)
        self._group.idToggled.connect(self._explain)
        self._explain()

    def value(self) -> str:
        """The key of the activity; "" for none."""
        return self._keys[self._group.checkedId()]

    def meaning(self) -> str:
        """The sentence that is shown."""
        return self._meaning.text()

    def set_value(self, key: str) -> None:
        """Another choice, told to nobody."""
        self._show_newer("" if key in self._keys[: self._newer] else key)
        number = self._keys.index(key)
        self._group.button(number).setChecked(True)

    def _show_newer(self, key: str) -> None:
        """Offers this kind, which no card is for; "" for none."""
        self._keys[self._newer] = key
        card = self._group.button(self._newer)
        card.setText(activity_name(key))
        card.setAccessibleName(card.text())
        card.setVisible(bool(key))

    def _explain(self) -> None:
        self._meaning.setText(self._group.button(self._group.checkedId()).accessibleDescription())

    def _on_click(self, _number: int) -> None:
        self.changed.emit()
