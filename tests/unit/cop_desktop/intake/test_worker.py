"""Reading in another process: whatever a file does to it, the next file is read."""

import multiprocessing
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from cop_desktop.intake.documents import read_document
from cop_desktop.intake.errors import (
    Cancelled,
    CutOff,
    NoReader,
    ReaderFailed,
    TookTooLong,
    TooLarge,
)
from cop_desktop.intake.minutes import read_minutes
from cop_desktop.intake.worker import ExtractionWorker
from tests.support import readers
from tests.support.office_files import core_properties, paragraph, word_file


@pytest.fixture
def document(tmp_path: Path) -> Path:
    about = core_properties("Fees", "Jo", "2024-03-05T04:10:00Z")
    return word_file(tmp_path / "a.docx", paragraph("words"), about)


def test_what_comes_back_is_what_reading_here_gives(tmp_path: Path, document: Path) -> None:
    minutes = tmp_path / "m.md"
    minutes.write_text(
        "# Hub 5 March 2024, 4pm\n\n## Present\n- Jo Hale (Ti Tree)\n\n## Actions\n"
        "- [x] Jo Hale: ring by 7 March\n",
        "utf-8",
    )
    with ExtractionWorker() as worker:
        assert worker.read(document) == read_document(document)
        assert worker.read_minutes(minutes) == read_minutes(minutes)


def test_a_refusal_keeps_its_kind_and_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 and no end")
    with ExtractionWorker() as worker, pytest.raises(CutOff) as caught:
        worker.read(tmp_path / "a.docx")
    assert caught.value.reason == "The file was cut off while it was copied."


def test_one_process_reads_many_files_and_is_gone_afterwards(document: Path) -> None:
    with ExtractionWorker() as worker:
        for _ in range(5):
            worker.read(document)
            assert len(multiprocessing.active_children()) == 1
    assert multiprocessing.active_children() == []


def test_a_file_that_takes_too_long_is_given_up_and_the_process_ended(tmp_path: Path) -> None:
    with ExtractionWorker(time_limit_s=0.05, serve=readers.hangs) as worker:
        for name in ("a.pdf", "b.pdf"):
            with pytest.raises(TookTooLong):
                worker.read(tmp_path / name)
            assert multiprocessing.active_children() == []


def test_a_file_that_breaks_the_process_costs_only_itself(tmp_path: Path) -> None:
    with ExtractionWorker(serve=readers.breaks_down) as worker:
        assert worker.read(tmp_path / "good").title == "good"
        with pytest.raises(ReaderFailed):
            worker.read(tmp_path / "bad")
        assert worker.read(tmp_path / "next").title == "next"


def test_a_file_that_meets_a_tired_process_gets_a_second_chance(tmp_path: Path) -> None:
    with ExtractionWorker(serve=readers.breaks_down) as worker:
        processes = {worker.read(tmp_path / f"good {n}").text for n in range(6)}
    assert len(processes) > 1


def test_an_answer_that_means_nothing_is_a_failure(tmp_path: Path) -> None:
    with ExtractionWorker(serve=readers.talks_nonsense) as worker, pytest.raises(ReaderFailed):
        worker.read(tmp_path / "a.pdf")


def test_a_process_that_does_not_start_is_not_the_files_fault(tmp_path: Path) -> None:
    with ExtractionWorker(serve=readers.never_starts) as worker, pytest.raises(NoReader):
        worker.read(tmp_path / "a.pdf")


def test_cancelling_from_another_thread_ends_the_read_and_every_later_one(tmp_path: Path) -> None:
    raised: list[BaseException] = []
    worker = ExtractionWorker(serve=readers.hangs)

    def read() -> None:
        try:
            worker.read(tmp_path / "a.pdf")
        except Cancelled as error:
            raised.append(error)

    reading = threading.Thread(target=read)
    reading.start()
    taken = tmp_path / "a.pdf.taken"
    while not taken.exists():
        reading.join(0.02)
        assert reading.is_alive()
    worker.cancel()
    reading.join(30)
    assert len(raised) == 1
    with pytest.raises(Cancelled):
        worker.read(tmp_path / "b.pdf")
    worker.close()
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere it needs another limit")
def test_a_file_that_wants_too_much_memory_is_refused(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx", paragraph("word ") * 100_000)
    with ExtractionWorker(memory_limit_bytes=80 * 1024 * 1024) as worker:
        with pytest.raises((TooLarge, ReaderFailed)):
            worker.read(path)
        (tmp_path / "small.md").write_text("small", "utf-8")
        assert worker.read(tmp_path / "small.md").text == "small"


def test_the_process_loads_neither_qt_nor_what_no_file_has_needed(tmp_path: Path) -> None:
    with ExtractionWorker(serve=readers.lists_modules) as worker:
        loaded = set(worker.read(tmp_path / "a").text.split())
    packages = {name.partition(".")[0] for name in loaded}
    assert not packages & {"PySide6", "shiboken6", "sqlalchemy", "requests", "pypdfium2"}
    assert not {name for name in loaded if name.startswith("cop_desktop.ui")}


def test_it_works_from_a_program_whose_main_module_imports_qt_inside_its_function(
    tmp_path: Path,
) -> None:
    script = tmp_path / "program.py"
    script.write_text(
        textwrap.dedent(
            """
            import sys
            from pathlib import Path
            from cop_desktop.intake.worker import ExtractionWorker
            from tests.support.readers import lists_modules

            def main():
                import PySide6.QtCore
                with ExtractionWorker(serve=lists_modules) as worker:
                    print("PySide6" in worker.read(Path("a")).text)

            if __name__ == "__main__":
                main()
            """
        ),
        "utf-8",
    )
    run = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=True, timeout=120
    )
    assert run.stdout.strip() == "False"
