"""What must hold before an edition is published. Each check returns its findings as sentences."""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from livingreview import paths
from livingreview.exhibits.ledger import read_rows

# Marks the exhibit door makes; "absent" and "sentence" stand for text without an exhibit.
_EXHIBITS = ("figure", "table", "number")
# What stands before a path that begins here: no part of a URL or of a relative path. JSON writes a
# line break or tab before it as a backslash and a letter.
_BEFORE = rb"(?:(?<![\w.~%)}*-])|(?<=\\[nrt]))"


def failed_cells(notebooks: Path) -> list[str]:
    """Cells with an error output or anything on standard error."""
    found = []
    for path in sorted(notebooks.glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                if output.output_type == "error":
                    found.append(f"chapter {path.stem}, cell {cell.id}: {output.ename}: {output.evalue}")
                elif output.output_type == "stream":
                    first = output.text.strip().splitlines()[0] if output.text.strip() else ""
                    found.append(f"chapter {path.stem}, cell {cell.id}: printed {first!r} on {output.name}")
    return found


def unledgered(notebooks: Path, ledger: Path) -> list[str]:
    """Outputs that went round the exhibit door, and ledger rows that no page shows."""
    found = []
    rows = {(r["chapter"], r["kind"], r["id"]) for r in read_rows(ledger)}
    shown = set()
    for path in sorted(notebooks.glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                mark = output.get("metadata", {}).get("livingreview")
                if not mark:
                    found.append(f"chapter {path.stem}, cell {cell.id}: an output that is no exhibit")
                elif mark["kind"] == "absent":
                    shown |= {(path.stem, kind, mark["id"]) for kind in ("figure", "table")}
                elif mark["kind"] in _EXHIBITS:
                    shown.add((path.stem, mark["kind"], mark["id"]))
                    if (path.stem, mark["kind"], mark["id"]) not in rows:
                        found.append(f"chapter {path.stem}: {mark['kind']} {mark['id']} has no ledger row")
    found += [f"chapter {c}: {kind} {id} is in the ledger and on no page" for c, kind, id in sorted(rows - shown)]
    return found


def absolute_paths(folder: Path) -> list[str]:
    """Published files that name a folder of this machine, and files that cannot be searched for one.

    Every file is searched as it stands; PDF streams, workbook members, Sphinx inventories and
    Parquet tables also unpacked. A path counts where it begins: ``/tmp/`` inside a URL does not.
    Text drawn on PDF pages is encoded by its font and not read here: the HTML pages hold the same.
    """
    sought = {name: _pattern(name) for name in _machine(folder)}
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        shown, held = path.relative_to(folder).as_posix(), set()
        try:
            for content in _contents(path):
                held |= {name for name, pattern in sought.items() if name in content and pattern.search(content)}
        except (zlib.error, zipfile.BadZipFile, pa.ArrowException, OSError) as error:
            found.append(f"{shown} cannot be searched for paths: {error}")
        found += [f"{shown} holds the machine's path {os.fsdecode(name)}" for name in sorted(held)]
    return found


def _machine(folder: Path) -> list[bytes]:
    # The edition is made inside a stage folder, which its pages could name as well.
    names = {"file:///", str(paths.ROOT), str(folder.resolve().parent)}
    for place in (Path(tempfile.gettempdir()), Path.home()):
        names |= {str(place) + os.sep, str(place.resolve()) + os.sep}
    return [os.fsencode(name) for name in sorted(names - {"/", "//"})]


def _pattern(name: bytes) -> re.Pattern[bytes]:
    after = b"" if name.endswith(b"/") else rb"(?![\w-])"
    return re.compile(_BEFORE + re.escape(name) + after)


def _contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file, then those packed inside it."""
    raw = path.read_bytes()
    yield raw
    if path.suffix == ".pdf":
        yield from _pdf_streams(raw)
    elif path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as workbook:
            for member in workbook.namelist():
                yield workbook.read(member)
    elif path.suffix == ".inv":
        yield zlib.decompress(b"".join(raw.split(b"\n", 4)[4:]))  # below four lines of header
    elif path.suffix == ".parquet":
        table = pq.read_table(path)
        for column in table.columns:
            if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
                yield "\n".join(pc.unique(column.drop_null()).to_pylist()).encode()


def _pdf_streams(raw: bytes) -> Iterator[bytes]:
    """The streams of a PDF that are compressed by Flate (ISO 32000-1, 7.3.8 and 7.4.4)."""
    for stream in re.finditer(rb"(?<!end)stream\r?\n(.*?)endstream", raw, re.DOTALL):
        dictionary = raw[raw.rfind(b" obj", 0, stream.start()) : stream.start()]
        if b"/FlateDecode" in dictionary:
            inflate = zlib.decompressobj()
            yield inflate.decompress(stream[1])
            if not inflate.eof:
                raise zlib.error(f"the stream at byte {stream.start()} breaks off")
