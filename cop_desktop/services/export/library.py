"""Library items as pages and tables, with the files that are here."""

from contextlib import ExitStack
from dataclasses import dataclass

from cop_desktop.services.export import page
from cop_desktop.services.export.desk import FILES_COLUMNS, Desk, file_cells, utc
from cop_desktop.services.export.markdown import html_of
from cop_desktop.services.export.names import page_name
from cop_desktop.services.export.page import Step
from cop_desktop.services.library.reading import item_rows, read_item
from cop_desktop.services.library.uses import UseView, uses_of
from cop_desktop.services.library.views import ItemRow, ItemView, LibraryFilter
from cop_desktop.services.meetings.local_time import day_in_words
from sync.core.ids import Id, id_text

_ITEMS = (
    *("id", "title", "type", "status", "tags", "strategies", "evidence", "reading minutes"),
    *("author", "added UTC", "credit", "source", "summary", "page"),
)


_USES = ("id", "item", "title", "member", "school", "used on", "written UTC", "report")


def export_library(desk: Desk, base: str, space: Id, trail: tuple[Step, ...]) -> int:
    """Every library item of a space that is not in the trash; how many."""
    items = item_rows(desk.replica, desk.rows, space, LibraryFilter())
    lines = []
    with ExitStack() as tables:
        listed = tables.enter_context(desk.folder.table(f"{base}/library.csv", _ITEMS))
        files = tables.enter_context(desk.folder.table(f"{base}/library-files.csv", FILES_COLUMNS))
        reports = tables.enter_context(desk.folder.table(f"{base}/library-uses.csv", _USES))
        for row in sorted(items, key=_by_title):
            item = read_item(desk.replica, desk.rows, row.id)
            name = page_name(item.title, item.id)
            listed.add(*_cells(item, f"library/{name}"))
            uses = uses_of(desk.replica, desk.rows, item.id)
            here = (*trail, Step("Library", "index.html"))
            content = _page(desk, base, _Used(item, uses), here)
            desk.folder.write(f"{base}/library/{name}", content)
            for use in uses:
                reports.add(*_use_cells(item, use))
            for file in item.versions:
                files.add(*file_cells(desk, base, file))
            lines.append(
                (page.link(name, item.title), page.text(item.type or ""), page.text(item.status))
            )
            desk.advanced(item.title)
    index = page.page("Library", trail, [page.table(("Item", "Type", "Status"), lines)])
    desk.folder.write(f"{base}/library/index.html", index)
    return len(items)


def _by_title(row: ItemRow) -> tuple[str, Id]:
    return row.title.casefold(), row.id


@dataclass(frozen=True, slots=True)
class _Used:
    """An item, and what came of it in schools."""

    item: ItemView
    uses: tuple[UseView, ...]


def _page(desk: Desk, base: str, used: _Used, trail: tuple[Step, ...]) -> str:
    item = used.item
    minutes = f"{item.reading_minutes} minutes to read" if item.reading_minutes else ""
    body = [
        page.small(item.author, page.when(item.added), item.status, item.type or "", minutes),
        page.care(item.care),
        html_of(item.summary.text),
        page.paragraph("Tags", ", ".join(item.tags)),
        page.paragraph("Strategies", ", ".join(item.strategies)),
        page.paragraph("Evidence", item.evidence or ""),
        page.paragraph("Review by", item.review_by.isoformat() if item.review_by else ""),
        page.paragraph("Reviewer", item.reviewer),
        page.paragraph("Adapted from", item.adapted_from.title if item.adapted_from else ""),
        page.paragraph("Source", item.source),
        html_of(item.credit),
        desk.attached(base, item.versions),
        desk.versions(item.id, two=item.two_versions),
        "<h2>Used in schools</h2>" if used.uses else "",
        *(_use(desk, use) for use in used.uses),
    ]
    return page.page(item.title, trail, body)


def _use(desk: Desk, use: UseView) -> str:
    day = day_in_words(use.used_on) if use.used_on else ""
    said = f"{page.small(use.member, use.school, day)}{html_of(use.text)}"
    return f"<article>{said}{desk.versions(use.id, two=use.two_versions)}</article>"


def _use_cells(item: ItemView, use: UseView) -> tuple[object, ...]:
    return (
        *(id_text(use.id), id_text(item.id), item.title, use.member, use.school),
        *(use.used_on, utc(use.written), use.text),
    )


def _cells(item: ItemView, path: str) -> tuple[object, ...]:
    return (
        id_text(item.id),
        item.title,
        item.type,
        item.status,
        ", ".join(item.tags),
        ", ".join(item.strategies),
        item.evidence,
        item.reading_minutes,
        item.author,
        utc(item.added),
        item.credit,
        item.source,
        item.summary.text,
        path,
    )
