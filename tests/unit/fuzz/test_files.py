"""Files that were whole once are read or refused, in bounded size and time."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cop_desktop.intake.documents import read_document
from cop_desktop.intake.errors import Unreadable
from cop_desktop.intake.minutes import read_minutes
from cop_desktop.intake.thread_lines import BadLine, parse_line
from cop_desktop.intake.threads import read_threads
from tests.support.mutated import mutations, soon
from tests.support.office_files import paragraph, pdf_file, table, word_file

POST = {
    "thread_id": "t1",
    "post_id": "p1",
    "parent_id": None,
    "author": "Jo",
    "created_at": "2024-03-05T09:00:00Z",
    "subject": "Roads",
    "body": "When does <b>your</b> road close?",
    "source": "forum",
    "licence": "CC0",
}
LINE = json.dumps(POST).encode()
WHOLE = "\n".join(json.dumps({**POST, "post_id": f"p{n}"}) for n in range(4)).encode()
IN_A_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(mutations(LINE))
@example(b"[" * 100_000)
@example(b'{"thread_id":' * 50_000)
@example(LINE.replace(b"2024", b"9999"))
@example(LINE.replace(b"2024-03-05T09:00:00Z", b"0001-01-01T00:00:00+14:00"))
@example(LINE.replace(b"2024-03-05T09:00:00Z", b"9999-12-31T23:59:59-14:00"))
@example(LINE.replace(b"Roads", b"\\ud800"))
def test_a_line_of_threads_changed_in_any_way_is_read_or_refused(line: bytes) -> None:
    with soon(), contextlib.suppress(BadLine):
        read = parse_line(line, 1)
        (read.subject + read.post.body + read.post.author).encode()
        if read.post.when_utc is not None:
            read.post.when_utc.timestamp()


@IN_A_FOLDER
@given(content=mutations(WHOLE))
def test_a_file_of_threads_changed_in_any_way_is_read_or_refused(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "threads.jsonl"
    path.write_bytes(content)
    with soon(), contextlib.suppress(Unreadable), read_threads(path) as threads:
        assert sum(len(thread.posts) for thread in threads.threads()) == threads.post_count


@pytest.fixture(scope="module")
def whole_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("whole")
    body = paragraph("Minutes", "H1") + table([["Present", "Jo"]]) + paragraph("words")
    return {
        "docx": word_file(folder / "w.docx", body).read_bytes(),
        "pdf": pdf_file(folder / "p.pdf", ["First", "Second"]).read_bytes(),
        "html": b"<html><title>a</title><table><tr><td>a<!-- b --><p>c</table></html>",
        "md": b"# Minutes\n\n**Present:** Jo\n\n| a | b |\n|---|---|\n| 1 | 2 |\n- [ ] act\n",
        "csv": b'a,b\n1,"x\ny"\n',
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><title>t</title><text>x</text></svg>",
    }


@IN_A_FOLDER
@given(data=st.data(), ending=st.sampled_from(["docx", "pdf", "html", "md", "csv", "svg"]))
def test_a_document_changed_in_any_way_is_read_or_refused(
    tmp_path: Path, whole_files: dict[str, bytes], data: st.DataObject, ending: str
) -> None:
    path = tmp_path / f"changed.{ending}"
    path.write_bytes(data.draw(mutations(whole_files[ending], most=12)))
    for read in (read_document, read_minutes):
        with soon(), contextlib.suppress(Unreadable):
            read(path)
