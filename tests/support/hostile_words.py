"""What somebody may put where a name or a text belongs, to see what becomes of it."""

from pathlib import Path

from PySide6.QtGui import QColor, QImage, Qt, QTextDocument
from PySide6.QtWidgets import QWidget

LINES = "First line\nsecond\r\nthird\ttab"
TURNED = "שלום \u202eexe.yadseut\u202c عربي"
HEAPED = "Z" + "\u0301\u0336" * 120
UNBROKEN = "W" * 290


def red_picture(folder: Path) -> Path:
    """A picture that is seen if anything opens it."""
    picture = QImage(60, 60, QImage.Format.Format_RGB32)
    picture.fill(QColor(255, 0, 0))
    file = folder / "secret.png"
    assert picture.save(str(file))
    return file


def markup(file: Path) -> str:
    """HTML that asks for a picture, within the length of a line."""
    return f"<img src='{file.as_uri()}'><b>x</b>"[:300]


def text_that_asks(file: Path) -> str:
    """Markdown and HTML that ask for files, other computers and programs."""
    address = file.as_uri()
    return "\n\n".join(
        (
            f"![photo]({address}) <img src='{address}'> <script>alert(1)</script>",
            f"<iframe src='{address}'></iframe> <style>body {{background: url({address})}}</style>",
            "[run](javascript:alert(1)) [file](file:///etc/passwd) [data](data:text/html,x)",
            f"![far](http://127.0.0.1:9/x.png) {TURNED} {HEAPED}",
            "- " * 400 + "deep",
            "> " * 400 + "deep",
            "[" * 500 + "]" * 500,
            "**" * 600 + "a" * 12_000,
        )
    )


def red_pixels(widget: QWidget) -> int:
    """How much of the picture is seen in a widget."""
    image = widget.grab().toImage()
    return sum(
        image.pixelColor(x, y).red() > 240 and image.pixelColor(x, y).green() < 20
        for x in range(0, image.width(), 5)
        for y in range(0, image.height(), 5)
    )


def rich_tips(window: QWidget) -> list[str]:
    """Tooltips in a window that would open a picture."""
    tips = [part.toolTip() for part in window.findChildren(QWidget) if part.toolTip()]
    return [tip for tip in tips if Qt.mightBeRichText(tip) and _asks(tip)]


def _asks(tip: str) -> bool:
    document = QTextDocument()
    document.setHtml(tip)
    return "\ufffc" in document.toPlainText()
