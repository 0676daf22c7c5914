"""item new, item set, item list, attach, fetch."""

from argparse import Namespace
from pathlib import Path

from cop_desktop.commands.answer import Answer
from cop_desktop.commands.errors import NoFile
from cop_desktop.commands.session import account_of, connected, opened
from cop_desktop.commands.texts import texts_of_files
from cop_desktop.commands.words import body_from, communities, community_named
from cop_desktop.services.errors import CannotWrite
from cop_desktop.services.library import ItemEdit, ItemRow, Library, NewItem
from cop_desktop.store import FileState, Replica
from sync.client.settling import Settling
from sync.core.ids import Id, id_text, parse_id


def item_new(arguments: Namespace) -> Answer:
    """Add a library item, as a draft."""
    summary = body_from(arguments.body_file)
    with opened(arguments.data) as replica:
        space = community_named(replica, arguments.community)
        added = Library(replica).add_item(space, NewItem(arguments.title, summary))
    return Answer((id_text(added.id),), {"item": id_text(added.id)})


def item_set(arguments: Namespace) -> Answer:
    """Change a library item; what is not given stays as it is."""
    item = parse_id(arguments.item)
    tags = None if arguments.tag is None else tuple(arguments.tag)
    with opened(arguments.data) as replica:
        library = Library(replica)
        library.edit_item(item, ItemEdit(title=arguments.title, tags=tags))
        if arguments.body_file is not None:
            text = body_from(arguments.body_file)
            library.save_summary(item, text, library.item(item).summary)
    return Answer(("Saved on this computer.",), {"item": arguments.item})


def item_list(arguments: Namespace) -> Answer:
    """Library items of one community, or of all, latest edited first."""
    rows: list[ItemRow] = []
    with opened(arguments.data) as replica:
        for space in communities(replica, arguments.community):
            rows += Library(replica).items(space.space)
    lines = [f"{id_text(row.id)}  {row.status:<10}  {row.title}" for row in rows]
    values = [
        {
            "id": id_text(row.id),
            "title": row.title,
            "status": row.status,
            "file": row.file.name if row.file else None,
        }
        for row in rows
    ]
    return Answer(tuple(lines), {"items": values})


def attach(arguments: Namespace) -> Answer:
    """Attach a file to an item, topic, reply or meeting; its text becomes searchable."""
    with opened(arguments.data) as replica, texts_of_files() as extract:
        target = parse_id(arguments.item)
        attached = Library(replica, extract=extract).attach(target, arguments.file)
    return Answer((id_text(attached.id),), {"file": id_text(attached.id)})


def fetch(arguments: Namespace) -> Answer:
    """Write the newest file of an item into a folder, fetching its content if it is not here.

    Raises NoFile, CannotWrite, NotHere where the server does not have it either, SyncError.
    """
    with opened(arguments.data) as replica:
        library = Library(replica)
        file = _newest(library, parse_id(arguments.item))
        if library.file(file).state is not FileState.HERE:
            library.want(file)
            _exchange(replica)
        saved = library.export_copy(file, _folder(arguments.to))
    return Answer((str(saved),), {"file": str(saved), "size_bytes": _size_bytes(saved)})


def _newest(library: Library, item: Id) -> Id:
    files = library.files(item)
    if not files:
        raise NoFile(item)
    return files[0].id


def _folder(chosen: Path) -> Path:
    """The folder, made if it is not there.

    Raises CannotWrite.
    """
    try:
        chosen.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(str(chosen), error.strerror or str(error)) from error
    return chosen


def _exchange(replica: Replica) -> None:
    with connected(replica, account_of(replica).server_url) as exchanger:
        Settling(exchanger).run()


def _size_bytes(path: Path) -> int:
    return path.stat().st_size
