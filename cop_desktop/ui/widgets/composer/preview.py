"""How the text will look to the others, in the place of the field it is written in."""

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.markdown_view import MarkdownView


class Preview(QScrollArea):
    """The formatted text with the same margins as the field."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.view = MarkdownView(theme, self.tr("Preview"))
        page = QWidget()
        page.setObjectName("scrolled")
        column = QVBoxLayout(page)
        pad(theme, column, (9, 8, 9, 8), 0)
        column.addWidget(self.view)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setWidget(page)

    def show_text(self, text: str) -> None:
        self.view.show_markdown(text)
