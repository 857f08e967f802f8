"""HTML saved as ``.xls``: the first table that has a row with the columns of Web of Science."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree, html

from livingreview.corpus.ledger import REJECTED, TRUNCATED, Finding
from livingreview.corpus.reading.raw import Reading
from livingreview.corpus.reading.tables import Rows, header_tags
from livingreview.errors import InputError

# What cells of such a table lose of the export depends on who made it; none of its tags is known to.
NOT_CARRIED: tuple[str, ...] = ()

_EXPORT = "an HTML table of Web of Science records"
_HOW = 'export from Web of Science as "Excel", Full Record'
_LIMIT = 256 << 20  # characters
_CELLS = 2_000  # of one row that are looked at
_ROW = re.compile(r"<tr[\s>]", re.I)
_NOT_TEXT = ("script", "style", "template", "noscript", "head")
_SPACE = re.compile(r"\s+")


def recognises(head: str) -> bool:
    """Whether a text begins as HTML and its table with the columns of Web of Science.

    >>> recognises("<html><table><tr><th>AU</th><th>TI</th><th>UT</th></tr>")
    True
    >>> recognises("<html><body>Session expired</body></html>")
    False
    """
    if not head.lstrip().startswith("<") or "<tr" not in head.lower():
        return False
    tables = _tables(head)
    return any(header_tags(cells) is not None for rows in tables for _, cells in rows)


def read(name: str, text: str) -> Reading:
    """Records of the first table with a header row; scripts and what surrounds it are ignored.

    A row with other cells than the header has is rejected, and so is the last one of a file that
    ends inside it. Lines are those of the HTML.

    Raises
    ------
    InputError
        No table of records in the file, or one without any.
    """
    if len(text) > _LIMIT:
        raise InputError(name, f"{_EXPORT} of at most {_LIMIT >> 20} MB", f"{len(text) >> 20} MB", "export in parts")
    for table in _tables(text):
        rows = None
        for line, cells in table:
            if rows is None:
                if header_tags(cells) is not None:
                    rows = Rows(name, cells)
            elif any(cells) and len(cells) != len(rows.header):
                rows.announced += 1
                reason = f"{len(cells)} cells where the header has {len(rows.header)}"
                rows.reject(line, "", reason, "\t".join(cells))
            else:
                rows.take(line, cells)
        if rows is not None:
            return _reading(name, text, rows)
    found = "HTML without such a table" if "<table" in text.lower() else "an HTML page without a table"
    raise InputError(name, _EXPORT, found, _HOW)


def _reading(name: str, text: str, rows: Rows) -> Reading:
    if not rows.announced:
        raise InputError(name, "at least one record", "a header only", "repeat the export")
    last = max(found.start() for found in _ROW.finditer(text))
    rest = text[last:].lower()
    if "</tr" not in rest and "</table" not in rest:
        line = text.count("\n", 0, last) + 1
        if rows.findings and rows.findings[-1].line >= line:
            rows.findings.pop()
        elif rows.records and rows.records[-1].line >= line:
            rows.records.pop()
        else:
            rows.announced += 1
        rows.findings.append(Finding(REJECTED, name, line, "", TRUNCATED, text[last:].rstrip()))
    return rows.reading()


def _tables(text: str) -> list[Iterator[tuple[int, list[str]]]]:
    """The tables of a page, each as the lines and cells of its own rows."""
    parser = html.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    content = _with_lines(text.replace("\x00", "")).encode("utf-8", "replace")
    try:
        root = html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        return []  # nothing in it that is HTML
    etree.strip_elements(root, *_NOT_TEXT, with_tail=False)
    return [_rows(table) for table in root.iter("table")]


def _with_lines(text: str) -> str:
    """Each row told its line: the parser counts no further than 65,535."""
    parts, at, line = [], 0, 1
    for found in _ROW.finditer(text):
        line += text.count("\n", at, found.start())
        parts += (text[at : found.start()], f"<tr data-line={line} ")
        at = found.start() + len("<tr")
    return "".join([*parts, text[at:]])


def _rows(table: etree._Element) -> Iterator[tuple[int, list[str]]]:
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue  # of a table within this one
        cells = [
            _SPACE.sub(" ", "".join(cell.itertext())).strip()
            for cell in islice(row, _CELLS)
            if cell.tag in ("td", "th")
        ]
        line = row.get("data-line", "")
        yield int(line) if line.isdecimal() else row.sourceline or 0, cells
