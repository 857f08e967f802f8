"""A corpus in memory and on disk: one Parquet file a table, the ledger, the rejected records."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from livingreview.corpus.folder import AGAIN, LEDGER, check_count, check_rejected, check_target, finish
from livingreview.corpus.ledger import FileEntry, Ledger
from livingreview.corpus.schema import TABLES, arrow_schema
from livingreview.corpus.writing import TableWriters, hash_of
from livingreview.errors import InputError
from livingreview.placing import aside, exchange, recover


@dataclass(frozen=True)
class Corpus:
    """The tables of the normal form (``schema.TABLES``) and the ledger of their import.
    """

    tables: dict[str, pd.DataFrame]
    ledger: Ledger

    @cached_property
    def data_hash(self) -> str:
        """SHA-256 over the hashes of the files of all tables: the same data, the same hash.

        ValueError for a corpus that was never saved: it has no files yet.
        """
        if not self.ledger.tables:
            raise ValueError("a corpus has a hash once it is saved; open it again")
        lines = "".join(f"{name} {self.ledger.tables[name]}\n" for name in TABLES)
        return hashlib.sha256(lines.encode()).hexdigest()

    def save(self, folder: Path) -> None:
        """Write the corpus to ``folder``, the same bytes for the same corpus.

        An older corpus there is replaced; InputError if the folder holds anything else. The new
        one is written aside first, so a failure leaves the older one whole.
        """
        folder = Path(folder)
        check_target(folder)
        with aside(folder) as stage:
            result = stage / "corpus"
            result.mkdir()
            with TableWriters(result) as writers:
                writers.write({name: _arrow(self.tables[name], name) for name in TABLES})
            finish(result, self.ledger, writers.hashes, writers.rows["records"])
            exchange(result, folder)


def transcribed(tables: dict[str, pd.DataFrame], name: str, content: bytes) -> Corpus:
    """A corpus whose records were transcribed rather than exported, with a ledger that says so.

    Parameters
    ----------
    tables : dict
        All tables of the normal form.
    name : str
        Path of the table of facts the records come from, relative to the project.
    content : bytes
        Its bytes.
    """
    count = len(tables["records"])
    entry = FileEntry(
        name=name,
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        format="table of facts",
        encoding="utf-8",
        read=count,
        kept=count,
        merged=0,
        rejected=0,
    )
    return Corpus(tables, Ledger(files=(entry,)))


def open_corpus(folder: Path) -> Corpus:
    """The corpus saved in ``folder``.

    InputError where the folder is no corpus, a table is missing, has other columns than the
    schema or another content than the ledger's hash, or the ledger does not add up.
    """
    folder = Path(folder)
    recover(folder)
    if not (folder / LEDGER).is_file():
        raise InputError(
            str(folder), f"a corpus folder with {LEDGER}", "none", "import the exports first"
        )
    ledger = Ledger.from_json((folder / LEDGER).read_bytes(), str(folder / LEDGER))
    tables = {}
    for name, columns in TABLES.items():
        path = folder / f"{name}.parquet"
        if not path.is_file():
            raise InputError(str(path), "a table of the corpus", "no file", AGAIN)
        if hash_of(path) != ledger.tables.get(name):
            raise InputError(str(path), "the file the ledger vouches for", "another", AGAIN)
        try:
            arrow = pq.read_table(path)
        except (pa.ArrowInvalid, OSError) as error:
            raise InputError(str(path), "a Parquet table", str(error), AGAIN) from error
        expected = [c.name for c in columns]
        if arrow.column_names != expected:
            raise InputError(str(path), f"columns {expected}", f"{arrow.column_names}", AGAIN)
        try:
            arrow = arrow.cast(arrow_schema(name))
        except ValueError as error:
            raise InputError(str(path), "columns of the schema's types", str(error), AGAIN) from error
        table = arrow.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
        tables[name] = table.astype({c.name: c.dtype for c in columns})
    check_count(ledger, len(tables["records"]), str(folder))
    check_rejected(ledger, folder)
    return Corpus(tables, ledger)


def _arrow(table: pd.DataFrame, name: str) -> pa.Table:
    # Without pandas' own metadata: it names library versions, and the bytes would vary with them.
    return pa.Table.from_pandas(table, preserve_index=False).cast(arrow_schema(name)).replace_schema_metadata(None)
