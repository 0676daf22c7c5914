"""Who said thanks, and who used it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from cop_desktop.services.discussions.rows import ReactionCount
from cop_desktop.ui.discussions.words import reaction_name
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import label


class WhoDialog(QDialog):
    """Names under each reaction, earliest first."""

    def __init__(self, theme: Theme, reactions: tuple[ReactionCount, ...]) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Who said thanks or used this"))
        inner = QWidget()
        inner.setObjectName("scrolled")
        names = QVBoxLayout(inner)
        pad(theme, names, 0, 4)
        for reaction in reactions:
            if names.count():
                names.addSpacing(theme.metrics.gap)
            words = self.tr("{0}: {1}").format(reaction_name(reaction.sort), reaction.count)
            names.addWidget(label(words, "subtitle"))
            for name in reaction.names:
                names.addWidget(label(name))
        names.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName(self.windowTitle())
        area.setWidgetResizable(True)
        area.setWidget(inner)
        close = push_button(theme, self.tr("&Close"))
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        pad(theme, column, 20, 12)
        column.addWidget(area, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(theme.metrics.px(360), theme.metrics.px(320))


def show_who(window: QWidget, theme: Theme, reactions: tuple[ReactionCount, ...]) -> None:
    """Opens the names over `window`."""
    dialog = WhoDialog(theme, reactions)
    dialog.setParent(window, dialog.windowFlags())
    dialog.open()
