"""Bringing in documents: each becomes a library item with its file, findable by its words."""

from pathlib import Path
from typing import Final

from cop_desktop.intake.documents import Document
from cop_desktop.services.access import me_in
from cop_desktop.services.files import FileFields
from cop_desktop.services.intake.candidates import Candidate, Candidates, kept
from cop_desktop.services.intake.pieces import ellipsed
from cop_desktop.services.intake.reading_ahead import Reader, ReadingAhead
from cop_desktop.services.intake.run import Run, Whole
from cop_desktop.services.library.steps import PUBLISHED, SUBMITTED
from cop_desktop.services.reading_time import minutes_to_read
from cop_desktop.store import Action
from sync.catalogue.communities import texts_space
from sync.catalogue.declare import DOCUMENT, LINE
from sync.catalogue.library import FILE_VERSION, LIBRARY_ITEM
from sync.core.ids import Hash, Id, natural_id

_ORIGIN: Final = "document"


def bring_in_documents(run: Run, path: Path, reader: Reader) -> None:
    """Bring in a document, or all of a folder. Ends early when the run is stopped."""

    def item_id(content: Hash) -> Id:
        return natural_id(LIBRARY_ITEM.number, run.space, _ORIGIN, content)

    candidates = Candidates(run, LIBRARY_ITEM.name, item_id)
    status = _status(run)
    reading = ReadingAhead(run, reader, reader.read)
    for candidate, document in reading.results(candidates.those_in(path)):
        if candidates.is_there(candidate):
            continue  # an equal file was still being read when this one was looked at
        _add(run, candidate, document, status)


def _status(run: Run) -> str:
    """Who may publish publishes what they bring in; from others it goes to review."""
    with run.replica.read() as rows:
        return PUBLISHED if me_in(run.replica, rows, run.space).is_facilitator else SUBMITTED


def _add(run: Run, candidate: Candidate, document: Document, status: str) -> None:
    recipe = kept(run, candidate)
    if recipe is None:
        return
    run.remark(candidate.name, document.notes)
    text = document.text[:DOCUMENT]
    item = {
        "title": ellipsed(document.title, LINE),
        "credit": document.author or None,
        "reading_minutes": minutes_to_read(text) if text.strip() else None,
        "status": status,
        "source": ellipsed(candidate.name, LINE),
        "tags": [ellipsed(candidate.folder_name, LINE)] if candidate.folder_name else [],
    }
    file = natural_id(FILE_VERSION.number, candidate.record, _ORIGIN)
    name = ellipsed(candidate.own_name, LINE)
    fields = FileFields(candidate.record, name, document.media_type, recipe).fields()

    def write(action: Action) -> None:
        action.create(LIBRARY_ITEM.name, run.space, item, record=candidate.record)
        action.create(FILE_VERSION.name, run.space, fields, record=file)
        if text.strip() and run.holds(texts_space(run.space)):
            said = {"file": file, "text": text}
            action.create("extracted_text", texts_space(run.space), said)

    makes = ((LIBRARY_ITEM.name, candidate.record), (FILE_VERSION.name, file))
    run.add(Whole(write, makes, len(text)))
