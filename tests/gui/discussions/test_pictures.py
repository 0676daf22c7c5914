"""Large pictures go as they are, or as a smaller copy when somebody says so."""

import random
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.ui.records.shrinking import may_be_smaller, smaller_copy
from cop_desktop.ui.widgets.composer.attachments import AttachmentStrip
from tests.support.discussion_place import DiscussionPlace, OpenPlace
from tests.support.replicas import COMMUNITY
from tests.support.village import Village


def noise(width: int, height: int) -> QImage:
    content = random.Random(5).randbytes(width * height * 4)
    return QImage(content, width, height, QImage.Format.Format_RGB32).copy()


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some 900 kB, and 2,000 pixels wide."""
    path = tmp_path_factory.mktemp("camera") / "garden & creek.png"
    assert noise(2_000, 150).save(str(path))
    return path


def offered(place: DiscussionPlace, photo: Path) -> AttachmentStrip:
    """The strip of the reply box after the picture was dropped there."""
    place.write("The garden")
    composer = place.page.topic_pane.reply_box.composer
    composer.files_offered.emit((photo,))
    place.settle()
    return composer.strip


def button_of(strip: AttachmentStrip) -> QPushButton:
    (button,) = strip.findChildren(QPushButton)
    return button


def test_a_large_picture_goes_smaller_when_somebody_takes_the_offer(
    village: Village, open_place: OpenPlace, ben: Discussions, photo: Path
) -> None:
    topic = ben.start_topic(COMMUNITY, NewTopic("Garden")).id
    place = open_place(village.ben)
    place.show_topic(topic)
    strip = offered(place, photo)
    whole = strip.files[0].size_bytes
    assert button_of(strip).accessibleName().startswith("garden & creek.png: Make it smaller: ")
    QTest.mouseClick(button_of(strip), Qt.MouseButton.LeftButton)
    place.settle()
    (file,) = strip.files
    assert (file.name, file.offer) == ("garden & creek.jpg", "Use the original")
    assert file.size_bytes < whole * 0.6
    assert "instead of" in file.detail
    place.page.topic_pane.reply_box.composer.submit()
    place.settle()
    (sent,) = ben.thread(topic).posts[0].attachments
    assert (sent.name, sent.size_bytes) == (file.name, file.size_bytes)
    assert photo.exists()


def test_the_original_goes_when_nobody_says_otherwise_or_thinks_again(
    village: Village, open_place: OpenPlace, ben: Discussions, photo: Path
) -> None:
    topic = ben.start_topic(COMMUNITY, NewTopic("Garden")).id
    place = open_place(village.ben)
    place.show_topic(topic)
    strip = offered(place, photo)
    for _ in range(2):
        button_of(strip).click()
        place.settle()
    assert strip.files[0].offer.startswith("Make it smaller: ")
    place.page.topic_pane.reply_box.composer.submit()
    place.settle()
    (sent,) = ben.thread(topic).posts[0].attachments
    assert (sent.name, sent.size_bytes) == (photo.name, photo.stat().st_size)


def test_a_pasted_picture_is_offered_smaller_in_the_form_of_a_new_topic_too(
    village: Village, open_place: OpenPlace
) -> None:
    place = open_place(village.ben)
    place.page.start_topic()
    place.settle()
    form = place.page.form
    form.chooser.set_value("visits")
    form.chooser.changed.emit()
    form.prompts.fields[0].picture_pasted.emit(noise(700, 300))
    place.settle()
    assert form.composer.strip.files[0].offer.startswith("Make it smaller: ")


def test_smaller_copies_that_nobody_chose_are_gone_at_the_next_start(
    village: Village, open_place: OpenPlace, ben: Discussions, photo: Path
) -> None:
    topic = ben.start_topic(COMMUNITY, NewTopic("Garden")).id
    first = open_place(village.ben)
    first.show_topic(topic)
    offered(first, photo)
    copy = first.tools.files.staging.smaller_path(photo)
    assert copy.exists()
    first.close()
    open_place(village.ben)
    assert not copy.exists()


def test_a_copy_is_at_most_1600_pixels_wide_and_without_transparent_parts(
    tmp_path: Path, photo: Path
) -> None:
    target = tmp_path / "copy.jpg"
    assert smaller_copy(photo, target) == target.stat().st_size
    assert QImage(str(target)).width() == 1_600
    clear = noise(900, 300).convertToFormat(QImage.Format.Format_ARGB32)
    painter = QPainter(clear)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.fillRect(800, 0, 100, 300, QColor(0, 0, 0, 0))
    painter.end()
    assert clear.save(str(tmp_path / "clear.png"))
    assert smaller_copy(tmp_path / "clear.png", tmp_path / "clear.jpg")
    assert QImage(str(tmp_path / "clear.jpg")).pixelColor(899, 299).lightness() > 200


def test_small_pictures_documents_and_what_would_save_nothing_are_left_alone(
    tmp_path: Path,
) -> None:
    assert not may_be_smaller(Path("x.png"), 10_000)
    assert not may_be_smaller(Path("x.pdf"), 10_000_000)
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG no picture at all")
    assert smaller_copy(broken, tmp_path / "copy.jpg") == 0
    assert smaller_copy(tmp_path / "pulled out.png", tmp_path / "copy.jpg") == 0
    drawing = tmp_path / "drawing.png"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>')
    assert smaller_copy(drawing, tmp_path / "copy.jpg") == 0
    plain = QImage(1_000, 1_000, QImage.Format.Format_RGB32)
    plain.fill(QColor("white"))
    assert plain.save(str(tmp_path / "plain.png"))
    assert smaller_copy(tmp_path / "plain.png", tmp_path / "copy.jpg") == 0
    assert not (tmp_path / "copy.jpg").exists()
