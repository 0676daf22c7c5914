"""Pictures of the window's foundation in every look: `python -m tests.support.gallery FOLDER`."""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from cop_desktop.ui.shell.window_memory import MemoryInMind
from cop_desktop.ui.theme.theme import Appearance
from cop_desktop.ui.widgets.notice_bar import Notice
from tests.support.demo_pages import DemoPage, DemoWindow, fill_composer, make_theme

SIZES = ((1366, 768, 1.0), (1366, 768, 2.0), (1024, 700, 1.0))


def main(folder: Path) -> None:
    """Writes a picture for each look, size and page into `folder`."""
    app = QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as cache:
        theme = make_theme(app, Path(cache))
        for look in (Appearance.LIGHT, Appearance.DARK, Appearance.CONTRAST):
            theme.set_appearance(look)
            for width, height, scale in SIZES:
                theme.set_text_scale(scale)
                window = DemoWindow(theme, MemoryInMind())
                window.resize(width, height)
                window.show()
                for place in ("discussions", "home"):
                    page = window.show_place(place)
                    if isinstance(page, DemoPage):
                        page.list.choose("t2")
                        fill_composer(page.composer)
                        window.show_notice(Notice("Reply posted.", action="&Undo"))
                    for _ in range(5):
                        app.processEvents()
                    name = f"{place}-{look.value}-{width}x{height}-{round(scale * 100)}.png"
                    window.grab().save(str(folder / name))
                window.close()
                window.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
