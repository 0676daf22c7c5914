"""HTML of exported pages. All that people wrote goes through `text` or `markdown.html_of`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from string import Template
from typing import Final

from cop_desktop.services.care import WARNING, CareView
from cop_desktop.services.meetings.local_time import day_in_words, time_in_words, zone_named

_ZONE: Final = zone_named(None)
_PAGE: Final = Template("""\
<!doctype html>
<html lang="en-AU">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src 'unsafe-inline'">
<title>$title</title>
<style>
body { font: 1.05rem/1.55 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto;
  padding: 0 1rem; color: #1c2328; background: #fff; overflow-wrap: anywhere; }
a { color: #0b5c73; } h1 { line-height: 1.2; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0;
  border-bottom: 1px solid #d5dbdf; }
pre { overflow-x: auto; background: #f2f4f5; padding: .6rem; } blockquote { margin-left: 0;
  padding-left: 1rem; border-left: 3px solid #b8c4ca; } .small { color: #55626a; font-size: .9rem; }
article { border-top: 1px solid #d5dbdf; padding: .6rem 0; }
.versions { border: 1px solid #b8862d; padding: 0 .8rem; }
</style>
</head>
<body>
<p class="small">$trail</p>
<h1>$title</h1>
$body
</body>
</html>
""")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way from the first page down to this one."""

    title: str
    href: str


def page(title: str, trail: Sequence[Step], body: Iterable[str]) -> str:
    """A whole page. body: pieces of HTML."""
    steps = " / ".join(link(step.href, step.title) for step in trail)
    return _PAGE.substitute(title=text(title), trail=steps, body="\n".join(body))


def text(value: str) -> str:
    """What somebody wrote, as it stands in HTML."""
    return escape(value, quote=True)


def link(href: str, words: str) -> str:
    """A link to a file of the export; `href` is a name of ours."""
    return f'<a href="{text(href)}">{text(words)}</a>'


def small(*parts: str) -> str:
    """A line beside the text. parts: plain text; empty ones are left out."""
    return f'<p class="small">{text(" · ".join(part for part in parts if part))}</p>'


def care(asked: CareView | None) -> str:
    """What is read first where care is asked for; nothing else."""
    if asked is None:
        return ""
    by = f"{asked.by} asked for care with it"
    return small(f"{WARNING} {by}: {asked.note}" if asked.note else f"{WARNING} {by}.")


def paragraph(label: str, value: str) -> str:
    """A labelled value; nothing if it is empty."""
    return f"<p><strong>{text(label)}</strong> {text(value)}</p>" if value else ""


def listing(items: Iterable[str]) -> str:
    """A list. items: HTML."""
    inside = "".join(f"<li>{item}</li>\n" for item in items)
    return f"<ul>\n{inside}</ul>" if inside else ""


def table(headings: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table. headings: plain text; lines: cells of HTML."""
    head = "".join(f"<th>{text(heading)}</th>" for heading in headings)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>\n" for line in lines)
    return f"<table>\n<tr>{head}</tr>\n{body}</table>"


def when(moment: datetime) -> str:
    """A moment for people, in the Northern Territory."""
    local = moment.astimezone(_ZONE)
    return f"{day_in_words(local.date())}, {time_in_words(local.time(), _ZONE)}"


def size(size_bytes: int) -> str:
    """A size for people."""
    for unit, bytes_in_it in (("MB", 1_000_000), ("kB", 1_000)):
        if size_bytes >= bytes_in_it:
            return f"{size_bytes / bytes_in_it:.1f} {unit}"
    return f"{size_bytes} bytes"
