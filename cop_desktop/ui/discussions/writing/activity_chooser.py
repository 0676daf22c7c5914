"""What a topic is for: the nine activities, and what the chosen one means."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

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
    Arrows go through them as they stand, at the end of a row to the next one. `entered`: Enter.
    """

    changed = Signal()
    entered = Signal()

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
            card.stepped.connect(self._step)
            card.entered.connect(self.entered)
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
        self._group.idToggled.connect(self._settle)
        self._settle()

    def value(self) -> str:
        """The key of the activity; "" for none."""
        return self._keys[self._group.checkedId()]

    def take_keyboard(self) -> None:
        """To the chosen kind, from which arrows go on."""
        self._chosen().setFocus(Qt.FocusReason.TabFocusReason)

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

    def _step(self, key: int) -> None:
        cards = [card for card in self._group.buttons() if not card.isHidden()]
        here = self._chosen()
        place = cards.index(here)
        goals = {
            Qt.Key.Key_Right: cards[(place + 1) % len(cards)],
            Qt.Key.Key_Left: cards[place - 1],
            Qt.Key.Key_Home: cards[0],
            Qt.Key.Key_End: cards[-1],
            Qt.Key.Key_Down: _beside(here, cards, 1),
            Qt.Key.Key_Up: _beside(here, cards, -1),
        }
        goal = goals[Qt.Key(key)]
        goal.setFocus(Qt.FocusReason.TabFocusReason)
        goal.click()

    def _settle(self) -> None:
        """What the chosen kind means; Tab comes to it, and arrows lead to the others."""
        chosen = self._chosen()
        self._meaning.setText(chosen.accessibleDescription())
        for card in self._group.buttons():
            policies = Qt.FocusPolicy
            card.setFocusPolicy(policies.StrongFocus if card is chosen else policies.ClickFocus)

    def _chosen(self) -> QAbstractButton:
        return self._group.button(self._group.checkedId())

    def _on_click(self, _number: int) -> None:
        self.changed.emit()


def _beside(here: QAbstractButton, cards: list[QAbstractButton], way: int) -> QAbstractButton:
    """The card nearest to this one in the row below (+1) or above (-1); itself in the last one."""

    def distance(card: QAbstractButton) -> tuple[int, int]:
        off = _middle(card) - _middle(here)
        return abs(off.y()), abs(off.x())

    beyond = [card for card in cards if (_middle(card) - _middle(here)).y() * way > 0]
    return min(beyond, key=distance, default=here)


def _middle(card: QAbstractButton) -> QPoint:
    return card.geometry().center()
