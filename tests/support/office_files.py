"""Small Word, PowerPoint and PDF files, made by hand so that a test says what is in them."""

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_OFFICE = "application/vnd.openxmlformats-officedocument."

WORD_STYLES = f"""<w:styles xmlns:w="{_W}">
<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H2"/></w:style>
<w:style w:styleId="Bullets"><w:name w:val="List Bullet"/></w:style>
</w:styles>"""

WORD_NUMBERING = f"""<w:numbering xmlns:w="{_W}">
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
</w:numbering>"""


def paragraph(text: str, style: str = "", *, bold: bool = False) -> str:
    """One Word paragraph with one run."""
    about = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p>{about}<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def numbered(text: str, level: int = 0) -> str:
    """One item of a numbered list, or below it of a bulleted one."""
    about = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{about}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(rows: Iterable[Iterable[str]]) -> str:
    """A Word table with one paragraph a cell."""
    made = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{made}</w:tbl>"


def word_file(path: Path, body: str, parts: Mapping[str, str] | None = None) -> Path:
    """A Word document. parts: further parts by name, such as "word/footnotes.xml"."""
    namespaces = f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="urn:mc"'
    main = f"<w:document {namespaces}><w:body>{body}</w:body></w:document>"
    return _package(
        path,
        "word/document.xml",
        _OFFICE + "wordprocessingml.document.main+xml",
        {
            "word/document.xml": main,
            "word/styles.xml": WORD_STYLES,
            "word/numbering.xml": WORD_NUMBERING,
            "word/_rels/document.xml.rels": links("styles", "numbering", "footnotes"),
            **(parts or {}),
        },
    )


def slides_file(path: Path, slides: Iterable[str], parts: Mapping[str, str] | None = None) -> Path:
    """A PowerPoint presentation. slides: what stands in the shape tree of each."""
    trees = list(slides)
    ids = "".join(f'<p:sldId id="{256 + n}" r:id="s{n}"/>' for n in range(len(trees)))
    targets = "".join(
        f'<Relationship Id="s{n}" Type="{_R}/slide" Target="slides/slide{n}.xml"/>'
        for n in range(len(trees))
    )
    made = {
        f"ppt/slides/slide{n}.xml": f'<p:sld xmlns:p="{_P}" xmlns:a="{_A}"><p:cSld><p:spTree>'
        f"{tree}</p:spTree></p:cSld></p:sld>"
        for n, tree in enumerate(trees)
    }
    main = (
        f'<p:presentation xmlns:p="{_P}" xmlns:r="{_R}"><p:sldIdLst>{ids}</p:sldIdLst>'
        "</p:presentation>"
    )
    return _package(
        path,
        "ppt/presentation.xml",
        _OFFICE + "presentationml.presentation.main+xml",
        {
            "ppt/presentation.xml": main,
            "ppt/_rels/presentation.xml.rels": _relationships(targets),
            **made,
            **(parts or {}),
        },
    )


def shape(text: str, role: str = "") -> str:
    """A shape with a paragraph a line; with a role it fills a placeholder."""
    place = f'<p:nvSpPr><p:nvPr><p:ph type="{role}"/></p:nvPr></p:nvSpPr>' if role else ""
    lines = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in text.split("\n"))
    return f"<p:sp>{place}<p:txBody>{lines}</p:txBody></p:sp>"


def notes_part(text: str) -> str:
    """The notes of a slide, with the slide's number beside them."""
    tree = shape(text, "body") + shape("99", "sldNum")
    inside = f"<p:cSld><p:spTree>{tree}</p:spTree></p:cSld>"
    return f'<p:notes xmlns:p="{_P}" xmlns:a="{_A}">{inside}</p:notes>'


def links(*roles: str) -> str:
    """Relationships to parts named like their roles, with the roles as ids."""
    made = "".join(
        f'<Relationship Id="{role}" Type="{_R}/{role}" Target="{role}.xml"/>' for role in roles
    )
    return _relationships(made)


def link_to(role: str, target: str, *, outside: bool = False) -> str:
    """One relationship; its id is its role."""
    mode = ' TargetMode="External"' if outside else ""
    one = f'<Relationship Id="{role}" Type="{_R}/{role}" Target="{target}"{mode}/>'
    return _relationships(one)


def core_properties(title: str, author: str, modified: str) -> dict[str, str]:
    """The part that says who wrote a document, and when."""
    return {
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="urn:dc" '
        f'xmlns:dcterms="urn:t"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>'
        f"<dcterms:modified>{modified}</dcterms:modified></cp:coreProperties>"
    }


def pdf_file(path: Path, pages: Iterable[str], extra: str = "", about: str = "") -> Path:
    """A PDF with a line of text a page. extra: more of the trailer; about: of the properties."""
    texts = list(pages)
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(texts)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(texts)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for n, text in enumerate(texts):
        draw = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * n} 0 R >>"
        )
        objects.append(f"<< /Length {len(draw)} >>\nstream\n{draw}\nendstream")
    objects.append(f"<< {about} >>")
    return _written_pdf(path, objects, f"/Info {len(objects)} 0 R {extra}")


def _written_pdf(path: Path, objects: list[str], trailer: str) -> Path:
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    data += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n".encode()
    data += f"startxref\n{start}\n%%EOF\n".encode()
    path.write_bytes(data)
    return path


def _relationships(inside: str) -> str:
    return f'<Relationships xmlns="{_LINKS}">{inside}</Relationships>'


def _package(path: Path, main: str, content_type: str, parts: Mapping[str, str]) -> Path:
    types = (
        f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{content_type}"/></Types>'
    )
    whole = {
        "[Content_Types].xml": types,
        "_rels/.rels": link_to("officeDocument", main),
        **parts,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    return path
