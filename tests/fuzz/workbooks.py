"""Workbooks: .xlsx by openpyxl, a table of HTML under the name .xls, and an old .xls written byte by byte."""

from __future__ import annotations

import html
import io
import re
import struct
import zipfile

import openpyxl

from .shapes import COLUMNS, LONG_NAMES, joined

_NUMERIC = {"NR", "TC", "U1", "U2", "PY"}
_CLOCK = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def _cell(work: dict, tag: str):
    value = joined(work, tag)
    return int(value) if tag in _NUMERIC and value.isascii() and value.isdigit() and len(value) < 9 else value


def rows(works: list[dict]) -> list[list]:
    """The header of a Web of Science workbook and one row a work."""
    return [[LONG_NAMES[tag] for tag in COLUMNS], *([_cell(work, tag) for tag in COLUMNS] for work in works)]


def xlsx(table: list[list]) -> bytes:
    """A workbook of one sheet; what XML cannot say is left out, text stays text."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("savedrecs")
    for row in table:
        cells = []
        for value in row:
            cell = openpyxl.cell.WriteOnlyCell(sheet)
            cell.value = _NOT_XML.sub("", value)[:32767] if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return pack({name: _CLOCK.sub(b"2000-01-01T00:00:00Z", body) for name, body in unpack(buffer.getvalue()).items()})


def unpack(content: bytes) -> dict[str, bytes]:
    """The parts of a package, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def pack(parts: dict[str, bytes]) -> bytes:
    """A package of these parts: the same bytes at any time, so that a damage can be repeated."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, body in parts.items():
            package.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def html_table(table: list[list]) -> tuple[str, list[str], str]:
    """A table of HTML as pieces: its head with the header row, one text a row, its end."""
    texts = ["<tr>" + "".join(f"<td>{html.escape(str(v))}</td>" for v in row) + "</tr>\n" for row in table]
    head = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body><table border="1">\n'
    return head + texts[0], texts[1:], "</table></body></html>\n"


def xls(table: list[list]) -> bytes:
    """An old workbook (BIFF8 in a compound file), as [MS-XLS] and [MS-CFB] describe it."""

    def record(kind: int, body: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for number, row in enumerate(table):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", number, column, 0)
            if isinstance(value, str):
                text = value.encode("utf-16-le", "replace")[:8000]
                if text:
                    sheet += record(0x0204, place + struct.pack("<HB", len(text) // 2, 1) + text)
            else:
                sheet += record(0x0203, place + struct.pack("<d", value))
    sheet += record(0x000A)
    name = b"savedrecs"
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + record(0x0042, b"\xb0\x04")
    bound = 4 + 8 + len(name)
    offset = len(start) + bound + 4
    sheets = record(0x0085, struct.pack("<IHBB", offset, 0, len(name), 0) + name)
    return _compound(start + sheets + record(0x000A) + sheet)


def _compound(stream: bytes) -> bytes:
    """One stream called Workbook in a compound file of 512-byte sectors: stream, directory, FAT."""
    stream = stream.ljust(4096, b"\x00")
    sectors = -(-len(stream) // 512)
    stream = stream.ljust(sectors * 512, b"\x00")
    tables = 1
    while tables * 128 < sectors + 1 + tables:
        tables += 1
    end, free, table = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    chain = [*range(1, sectors), end, end, *[table] * tables]
    chain += [free] * (tables * 128 - len(chain))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = (name + "\x00").encode("utf-16-le") if name else b""
        return text.ljust(64, b"\x00") + struct.pack(
            "<HBBIII16sIQQIQ", len(text), kind, 1, free, free, child, b"", 0, 0, 0, start, size
        )

    directory = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 0, sectors * 512)
    directory += entry("", 0, free, 0, 0) * 2
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, sectors, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", *[sectors + 1 + n if n < tables else free for n in range(109)])
    return header + stream + directory + struct.pack(f"<{len(chain)}I", *chain)


def bomb(megabytes: int, kind: str) -> bytes:
    """A .xlsx that unpacks to very much more than it is.

    ``real`` says how large it is, ``lying`` says that it is small, ``nested`` holds zips of zips,
    ``many`` holds very many parts, ``strings`` and ``cells`` are whole workbooks of one repeated text.
    """
    parts = unpack(xlsx([["Publication Type", "Authors"], ["J", "Wu, S"]]))
    sheet = "xl/worksheets/sheet1.xml"
    size = megabytes << 20
    if kind in ("real", "lying"):
        before, row, after = parts[sheet].partition(b"</sheetData>")
        parts[sheet] = before + b" " * size + row + after
    elif kind == "cells":
        before, row, after = parts[sheet].partition(b"</sheetData>")
        cell = b'<row><c t="inlineStr"><is><t>J</t></is></c></row>'
        parts[sheet] = before + cell * (size // len(cell)) + row + after
    elif kind == "strings":
        text = b"<si><t>" + b"A" * 1000 + b"</t></si>"
        parts["xl/sharedStrings.xml"] = (
            b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + text * (size // len(text)) + b"</sst>"
        )
    elif kind == "nested":
        inner = b"\x00" * size
        for _ in range(4):
            inner = pack({f"xl/{n}.zip": inner for n in range(4)})
        return inner
    elif kind == "many":
        parts |= {f"xl/media/{n}": b"" for n in range(20000)}
    content = bytearray(pack(parts))
    if kind == "lying":
        # Both headers of the sheet, local and central, say that it unpacks to 100 bytes.
        for mark, name_at, size_at in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
            at = content.find(mark)
            while at >= 0:
                if content[at + name_at : at + name_at + len(sheet)] == sheet.encode():
                    content[at + size_at : at + size_at + 4] = struct.pack("<I", 100)
                at = content.find(mark, at + 4)
    return bytes(content)
