"""The files of a corpus: a Parquet file a table, written block by block, and the hash of its content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from livingreview.corpus.schema import TABLES, arrow_schema

# Columns with few distinct values, for which a dictionary is worth its time.
_FEW = frozenset(
    "record file source publication_type document_types language source_title source_abbreviated publisher issn eissn"
    " open_access index harvested issue_date_printed early_date_printed role organisation_printed institution"
    " country_printed country kind printed highly_cited hot_paper funder".split()
)
_DENSE = {"references": frozenset({"printed"}), "addresses": frozenset({"printed"})}
_GROUP = 1 << 23  # bytes gathered before they are written as one row group


class ContentHash:
    """Hash of the content of a table, the same however its rows are cut into blocks.

    For each column one hash of the lengths (or of what is missing) and one of the values; so it
    does not depend on the version of the library that writes the files.

    >>> one, two = ContentHash("authors"), ContentHash("authors")
    >>> rows = pa.table({"record": ["r", "s"], "position": [1, 2], "printed": ["ab", "c"], "full_name": ["", ""]})
    >>> one.update(rows.cast(arrow_schema("authors")))
    >>> for part in (rows.slice(0, 1), rows.slice(1)):
    ...     two.update(part.cast(arrow_schema("authors")))
    >>> one.digest() == two.digest()
    True
    """

    def __init__(self, table: str) -> None:
        self.schema = arrow_schema(table)
        self._hashes = [(hashlib.blake2b(digest_size=16), hashlib.blake2b(digest_size=16)) for _ in self.schema]

    def update(self, table: pa.Table) -> None:
        """Take in more rows; ValueError for text that is null."""
        for (shapes, values), name in zip(self._hashes, self.schema.names, strict=True):
            for chunk in table[name].chunks:
                _feed(name, chunk, shapes, values)

    def digest(self) -> str:
        """64 hexadecimal digits."""
        whole = hashlib.blake2b(digest_size=32)
        for name, (shapes, values) in zip(self.schema.names, self._hashes, strict=True):
            whole.update(f"{name} {shapes.hexdigest()} {values.hexdigest()}\n".encode())
        return whole.hexdigest()


def _feed(name: str, chunk: pa.Array, shapes, values) -> None:
    if pa.types.is_integer(chunk.type):
        shapes.update(np.asarray(chunk.is_null()))
        values.update(np.ascontiguousarray(pc.fill_null(chunk, 0)))
        return
    if chunk.null_count:
        raise ValueError(f"column {name}: missing text is '', never null")
    offsets = np.frombuffer(chunk.buffers()[1], "<i4")[chunk.offset : chunk.offset + len(chunk) + 1]
    shapes.update(np.diff(offsets))
    if len(chunk) and chunk.buffers()[2] is not None:
        values.update(memoryview(chunk.buffers()[2])[offsets[0] : offsets[-1]])


class TableWriters:
    """Writes all tables of a corpus into a folder, a block at a time.

    Use it as a context; :attr:`hashes` holds the hash of each table once it is left.
    """

    def __init__(self, folder: Path, names: Iterable[str] = tuple(TABLES)) -> None:
        self.folder = folder
        self.names = tuple(names)
        self.hashes: dict[str, str] = {}
        self.rows = dict.fromkeys(self.names, 0)

    def __enter__(self) -> TableWriters:
        self._writers = {name: _writer(self.folder / f"{name}.parquet", name) for name in self.names}
        self._content = {name: ContentHash(name) for name in self.names}
        self._waiting: dict[str, list[pa.Table]] = {name: [] for name in self.names}
        self._bytes = dict.fromkeys(self.names, 0)
        return self

    def write(self, tables: dict[str, pa.Table]) -> None:
        """Append rows to the tables given."""
        for name, table in tables.items():
            self._waiting[name].append(table)
            self._bytes[name] += table.nbytes
            if self._bytes[name] >= _GROUP:
                self._flush(name)

    def _flush(self, name: str) -> None:
        if self._waiting[name]:
            table = pa.concat_tables(self._waiting[name])
            self._content[name].update(table)
            self._writers[name].write_table(table, row_group_size=len(table) or 1)
            self.rows[name] += len(table)
        self._waiting[name], self._bytes[name] = [], 0

    def __exit__(self, kind: type | None, *_: object) -> None:
        if kind is None:
            for name in self.names:
                self._flush(name)
            self.hashes = {name: self._content[name].digest() for name in self.names}
        for writer in self._writers.values():
            writer.close()


def _writer(path: Path, table: str) -> pq.ParquetWriter:
    schema = arrow_schema(table)
    few = [name for name in schema.names if name in _FEW - _DENSE.get(table, frozenset())]
    return pq.ParquetWriter(
        path, schema, compression="zstd", compression_level=1, use_dictionary=few or False,
        store_schema=False, write_statistics=False,
    )  # fmt: skip
