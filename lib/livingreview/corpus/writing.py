"""The files of a corpus: a Parquet file a table, written block by block, and its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from livingreview.corpus.schema import TABLES, arrow_schema

# Columns with few distinct values, for which a dictionary is worth its time.
_FEW = frozenset(
    "record file source publication_type document_types language source_title source_abbreviated publisher issn eissn"
    " open_access index harvested issue_date_printed early_date_printed role organisation_printed institution"
    " country_printed country kind printed highly_cited hot_paper funder".split()
)
_DENSE = {"references": frozenset({"printed"}), "addresses": frozenset({"printed"})}
_GROUP = 1 << 22  # bytes gathered before they are written as one row group


def hash_of(path: Path) -> str:
    """SHA-256 of a file of a corpus, read piece by piece."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


class _Hashed:
    """A file that is hashed as it is written."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._digest = hashlib.sha256()
        self.closed = False

    def write(self, content) -> int:
        self._digest.update(content)
        return self._file.write(content)

    def tell(self) -> int:
        return self._file.tell()

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> None:
        self._file.close()
        self.closed = True

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


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
        self._files = {name: _Hashed(self.folder / f"{name}.parquet") for name in self.names}
        self._writers = {name: _writer(file, name) for name, file in self._files.items()}
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
            self._writers[name].write_table(table, row_group_size=len(table) or 1)
            self.rows[name] += len(table)
        self._waiting[name], self._bytes[name] = [], 0

    def __exit__(self, kind: type | None, *_: object) -> None:
        try:
            if kind is None:
                for name in self.names:
                    self._flush(name)
        finally:
            for name, writer in self._writers.items():
                writer.close()
                self._files[name].close()
        self.hashes = {name: file.hexdigest() for name, file in self._files.items()}


def _writer(file: _Hashed, table: str) -> pq.ParquetWriter:
    schema = arrow_schema(table)
    few = [name for name in schema.names if name in _FEW - _DENSE.get(table, frozenset())]
    return pq.ParquetWriter(
        file, schema, compression="lz4", use_dictionary=few or False,
        store_schema=False, write_statistics=False,
    )  # fmt: skip
