"""All tables of an edition in one styled workbook, the same bytes for the same tables."""

from __future__ import annotations

import csv
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from livingreview.words import say

_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d+)?")
_ILLEGAL = re.compile(r"[\000-\010\013\014\016-\037]")
_HEAD = PatternFill("solid", fgColor="1F3A5F")
_WIDEST = 60
# Tables of one kind that share a sheet: its name, and how the names of their files begin.
TOGETHER = {"normal-form": "normal-form-columns-"}


def write_workbook(tables: list[Path], out: Path, properties: dict[str, str], epoch: int) -> None:
    """Write the CSV files ``tables`` to ``out``, one sheet each, after a sheet of contents.

    Files of :data:`TOGETHER` stand below each other on one sheet; ValueError if their heads differ.
    Text that begins like a formula stays text (CWE-1236). Numbers become numbers. ``properties``
    are the rows of the first sheet; ``epoch`` is the time written into the file, in seconds.
    """
    book = Workbook()
    front = book.active
    front.title = say("labels.workbook.contents")
    for name, value in properties.items():
        front.append([_text(front, name), _text(front, value)])
    front.append([])
    used: set[str] = {front.title.lower()}
    for name, paths in _sheets(tables).items():
        sheet = book.create_sheet(_sheet_name(name, used))
        _fill(sheet, _rows(paths))
        shown = f"{TOGETHER[name]}*.csv" if name in TOGETHER else paths[0].name
        front.append([_text(front, name), _text(front, shown)])
        row = front.max_row
        front.cell(row, 1).hyperlink = f"#'{sheet.title}'!A1"
        front.cell(row, 1).style = "Hyperlink"
    front.column_dimensions["A"].width, front.column_dimensions["B"].width = 36, 60
    moment = datetime.fromtimestamp(epoch, UTC).replace(tzinfo=None)
    book.properties.created = book.properties.modified = moment
    book.properties.creator = say("labels.workbook.creator")
    book.save(out)
    _pin_clock(out, moment)


def _sheets(tables: list[Path]) -> dict[str, list[Path]]:
    """The files of each sheet, in the order of the first."""
    sheets: dict[str, list[Path]] = {}
    for path in tables:
        name = next((name for name, start in TOGETHER.items() if path.stem.startswith(start)), path.stem)
        sheets.setdefault(name, []).append(path)
    return sheets


def _rows(paths: list[Path]) -> list[list[str]]:
    rows: list[list[str]] = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as lines:
            head, *body = csv.reader(lines)
        if rows and rows[0] != head:
            raise ValueError(f"{path.name} and {paths[0].name} share a sheet, but not their columns")
        rows += body if rows else [head, *body]
    return rows


def _fill(sheet, rows: list[list[str]]) -> None:
    for at, row in enumerate(rows):
        sheet.append([_text(sheet, v) if at == 0 or not _NUMBER.fullmatch(v) else _number(v) for v in row])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    for at, column in enumerate(zip(*rows), 1):
        width = min(_WIDEST, max(len(v) for v in column) + 2)
        sheet.column_dimensions[get_column_letter(at)].width = max(8, width)
    sheet.freeze_panes = "A2"
    if len(rows) > 1:
        sheet.auto_filter.ref = sheet.dimensions


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _text(sheet, value: str):
    """A cell that is text whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=None)
    cell.value = _ILLEGAL.sub(" ", value)[:32767]
    cell.data_type = "s"
    cell.quotePrefix = value[:1] in "=+-@\t\r" and bool(value)
    return cell


def _sheet_name(stem: str, used: set[str]) -> str:
    name = re.sub(r"[\[\]:*?/\\']", "-", stem)[:31]
    count = 1
    while name.lower() in used:
        count += 1
        name = f"{name[:28]}-{count}"
    used.add(name.lower())
    return name


def _pin_clock(path: Path, moment: datetime) -> None:
    """Rewrite the file with fixed times: openpyxl stamps the moment of saving."""
    stamp = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
    fixed = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(path) as old:
        parts = [(name, old.read(name)) for name in old.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            if name == "docProps/core.xml":
                content = stamp.sub(rb"\g<1>" + fixed + rb"\g<2>", content)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(entry, content)
