"""Workbooks of Web of Science: ``.xlsx`` and the older binary ``.xls``, one record a row."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

from livingreview.corpus.reading import workbook_cells
from livingreview.corpus.reading.raw import Reading
from livingreview.corpus.reading.tables import CELL_LIMIT, Rows, header_tags
from livingreview.errors import InputError

# Measured against the tab-delimited export of one search on one day (350 records): quotation marks
# are missing from every text, numbers stand without their leading zeros, all else is equal.
NOT_CARRIED: tuple[str, ...] = (
    *("TI", "AB", "DE", "FU", "FP", "FX"),  # quotation marks
    *("AR", "BP", "EP", "VL", "IS"),  # leading zeros of what is only digits
    "CR",  # its column is empty in "Full Record", the most a workbook offers
    "DL",  # a link, whose target the cell's text does not give
)

_EXPORT = "a workbook exported from Web of Science"
_HOW = 'export from Web of Science as "Excel", Full Record'
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNPACKED = 512 << 20  # bytes of all parts together
_RATIO, _RATIO_FROM = 300, 16 << 20  # packed that tightly is no table, once it is this large
_ENTRIES = 10_000
_STEP = 1 << 20
_SECONDS = 180


def recognises(head: bytes) -> bool:
    """Whether the first 64 KB are those of a workbook, ``.xlsx`` or ``.xls``.

    >>> recognises(b"PK\\x03\\x04..[Content_Types].xml"), recognises(b"PK\\x03\\x04..letter.txt")
    (True, False)
    """
    if head.startswith(_OLE):
        return True
    return head.startswith(_ZIP) and (b"[Content_Types].xml" in head or b"xl/" in head)


def read(name: str, content: bytes) -> Reading:
    """Records of a workbook: of the first sheet that has a row with the columns' names.

    Rows above that row are passed over, long names and two-letter tags are both understood,
    columns of other names are left out. Numbers and dates are read as the workbook shows them.
    A cell filled to its limit is told as a repair, for the rest of its text is missing.

    Raises
    ------
    InputError
        A broken, encrypted or excessively packed workbook, one without worksheets, and one none
        of whose sheets is an export (its columns are named).
    """
    if content.startswith(_ZIP):
        _check_archive(name, content)
    found = None
    notes: list[str] = []
    sheets = _sheets(name, content)
    for sheet in sheets:
        for place, (_, cells) in enumerate(sheet["rows"]):
            if header_tags(cells) is None:
                continue
            if found is None:
                found = (sheet, place)
            else:
                first = found[0]["name"]
                notes.append(f"{name} has records in sheet {sheet['name']!r} too; only {first!r}, the first, was read")
            break
    if found is None:
        raise InputError(name, f"{_EXPORT}, its columns named", _what_it_holds(sheets), _HOW)
    sheet, place = found
    rows = Rows(name, sheet["rows"][place][1], CELL_LIMIT, notes=notes)
    for number, cells in sheet["rows"][place + 1 :]:
        rows.take(number, cells)
    if not rows.announced:
        raise InputError(f"{name}, sheet {sheet['name']!r}", "at least one record", "a header only", "repeat the export")
    return rows.reading()


def _what_it_holds(sheets: list[dict]) -> str:
    for sheet in sheets:
        for _, cells in sheet["rows"]:
            names = [cell.strip()[:40] for cell in cells if cell.strip()]
            if names:
                more = ", ..." if len(names) > 8 else ""
                return f"sheet {sheet['name']!r} with the columns {', '.join(map(repr, names[:8]))}{more}"
    return "no filled sheet"


def _check_archive(name: str, content: bytes) -> None:
    """Unpack everything once, bounded, and keep nothing: what the archive declares may be untrue."""
    damaged = InputError(name, f"{_EXPORT}, whole", "a broken archive", "download it again")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > _ENTRIES:
                raise _too_large(name, f"{len(entries):,} parts")
            if any(entry.flag_bits & 1 for entry in entries):
                raise InputError(name, _EXPORT, "an encrypted archive", "save it without a password")
            if not any(entry.filename.lower() == "xl/workbook.xml" for entry in entries):
                found = "a zip archive that is no .xlsx workbook"
                raise InputError(name, _EXPORT, found, "unpack it, or save it as .xlsx")
            if not any(entry.filename.lower().startswith("xl/worksheets/") for entry in entries):
                raise InputError(name, _EXPORT, "a workbook without worksheets", _HOW)
            if sum(entry.file_size for entry in entries) > _UNPACKED:
                raise _too_large(name, f"more than {_UNPACKED >> 20} MB once unpacked")
            total = 0
            for entry in entries:
                total = _unpack(name, archive, entry, total)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise damaged from error


def _unpack(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, total: int) -> int:
    size = 0
    with archive.open(entry) as part:
        while block := part.read(_STEP):
            size += len(block)
            if total + size > _UNPACKED:
                raise _too_large(name, f"more than {_UNPACKED >> 20} MB once unpacked")
            if size > _RATIO_FROM and size > _RATIO * max(entry.compress_size, 1):
                raise _too_large(name, f"a part packed more than {_RATIO}-fold")
    return total + size


def _too_large(name: str, found: str) -> InputError:
    return InputError(name, f"{_EXPORT} of at most {_UNPACKED >> 20} MB", found, "export it again, in parts")


def _sheets(name: str, content: bytes) -> list[dict]:
    """The sheets with their cells as text, from a process that may come to grief."""
    script = Path(workbook_cells.__file__)
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(script)],
            input=content, capture_output=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise _too_large(name, f"a workbook that takes longer than {_SECONDS} seconds") from error
    if done.returncode == 0:
        sheets = json.loads(done.stdout)
        if not sheets:
            raise InputError(name, _EXPORT, "a workbook without worksheets", _HOW)
        return sheets
    said = done.stdout.decode("utf-8", "replace")[:200].strip()
    if done.returncode == workbook_cells.TOO_LARGE:
        raise _too_large(name, said or "one that needs more memory than allowed")
    if done.returncode == workbook_cells.ENCRYPTED or _encrypted(content):
        raise InputError(name, _EXPORT, "one protected by a password", "save it without a password")
    if done.returncode < 0:  # ended by a signal: an abort, or a limit reached
        said = "or one with cells far outside its table"
    found = "a damaged one" + (f" ({said})" if said and "\n" not in said else "")
    raise InputError(name, f"{_EXPORT}, whole", found, "download it again, or save it as .xlsx")


def _encrypted(content: bytes) -> bool:
    return content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content
