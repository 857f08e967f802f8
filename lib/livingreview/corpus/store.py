"""A corpus in memory and on disk: one Parquet file a table, the ledger, the rejected records."""

from __future__ import annotations

import hashlib
import re
import shutil
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from livingreview.corpus.ledger import REJECTED, FileEntry, Ledger
from livingreview.corpus.schema import TABLES
from livingreview.errors import InputError

LEDGER = "ledger.json"
_AGAIN = "import the exports again: a corpus is never edited by hand"


@dataclass(frozen=True)
class Corpus:
    """The tables of the normal form (``schema.TABLES``) and the ledger of their import.

    Examples
    --------
    >>> from livingreview.corpus import schema
    >>> len(Corpus({name: schema.empty(name) for name in TABLES}, Ledger()).data_hash)
    64
    """

    tables: dict[str, pd.DataFrame]
    ledger: Ledger

    @cached_property
    def table_hashes(self) -> dict[str, str]:
        """SHA-256 of the content of each table, in the order of the schema."""
        return {name: table_hash(self.tables[name]) for name in TABLES}

    @cached_property
    def data_hash(self) -> str:
        """SHA-256 over the hashes of all tables: two corpora with the same data share it."""
        lines = "".join(f"{name} {digest}\n" for name, digest in self.table_hashes.items())
        return hashlib.sha256(lines.encode()).hexdigest()

    def save(self, folder: Path) -> None:
        """Write the corpus to ``folder``, the same bytes for the same corpus.

        An older corpus there is replaced; InputError if the folder holds anything else. The new
        one is written aside first, so a failure leaves the older one whole.
        """
        folder = Path(folder)
        if folder.exists() and any(folder.iterdir()) and not (folder / LEDGER).exists():
            raise InputError(
                str(folder), "a new or empty folder, or a corpus", "other files", "name another"
            )
        aside = folder.with_name(folder.name + ".partial")
        if aside.exists():
            shutil.rmtree(aside)
        aside.mkdir(parents=True)
        ledger = replace(self.ledger, tables=self.table_hashes)
        _check_count(ledger, self.tables, str(folder))
        for name in TABLES:
            pq.write_table(_arrow(self.tables[name]), aside / f"{name}.parquet")
        (aside / LEDGER).write_text(ledger.to_json(), encoding="utf-8", newline="\n")
        for number, finding in enumerate(ledger.of_kind(REJECTED), start=1):
            (aside / "rejected").mkdir(exist_ok=True)
            stem = re.sub(r"[^\w.-]+", "_", finding.file)[-80:]
            path = aside / "rejected" / f"{number:04d}-{stem}-line-{finding.line}.txt"
            path.write_text(finding.text + "\n", encoding="utf-8", newline="\n")
        if folder.exists():
            shutil.rmtree(folder)
        aside.rename(folder)


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
    if not (folder / LEDGER).is_file():
        raise InputError(
            str(folder), f"a corpus folder with {LEDGER}", "none", "import the exports first"
        )
    text = (folder / LEDGER).read_text(encoding="utf-8")
    ledger = Ledger.from_json(text, str(folder / LEDGER))
    tables = {}
    for name, columns in TABLES.items():
        path = folder / f"{name}.parquet"
        if not path.is_file():
            raise InputError(str(path), "a table of the corpus", "no file", _AGAIN)
        try:
            arrow = pq.read_table(path)
        except (pa.ArrowInvalid, OSError) as error:
            raise InputError(str(path), "a Parquet table", str(error), _AGAIN) from error
        expected = [c.name for c in columns]
        if arrow.column_names != expected:
            raise InputError(str(path), f"columns {expected}", f"{arrow.column_names}", _AGAIN)
        table = arrow.to_pandas().astype({c.name: c.dtype for c in columns})
        if table_hash(table) != ledger.tables.get(name):
            raise InputError(str(path), "the content the ledger vouches for", "another", _AGAIN)
        tables[name] = table
    _check_count(ledger, tables, str(folder))
    return Corpus(tables, ledger)


def _check_count(ledger: Ledger, tables: dict[str, pd.DataFrame], where: str) -> None:
    ledger.check(where)
    if ledger.total("kept") != len(tables["records"]):
        raise InputError(
            where,
            f"the {ledger.total('kept')} records that the ledger says were kept",
            f"{len(tables['records'])} records",
            _AGAIN,
        )


def _arrow(table: pd.DataFrame) -> pa.Table:
    # Without pandas' own metadata: it names library versions, and the bytes would vary with them.
    return pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)


def table_hash(table: pd.DataFrame) -> str:
    """SHA-256 of the content of a table: column names, values and their order.

    It does not depend on the version of the library that writes the files: text goes in as
    lengths (64-bit) and UTF-8 bytes, integers as 64-bit values with a mask of the missing ones.
    """
    digest = hashlib.sha256(f"{len(table)}".encode())
    for name in table.columns:
        values = pa.array(table[name], from_pandas=True)
        digest.update(f"\n{name}\n".encode())
        if pa.types.is_integer(values.type):
            digest.update(np.asarray(pc.is_null(values)).tobytes())
            digest.update(np.asarray(pc.fill_null(values.cast(pa.int64()), 0)).tobytes())
        else:
            text = values.cast(pa.large_string())
            if isinstance(text, pa.ChunkedArray):
                text = text.combine_chunks()
            if text.null_count:
                raise ValueError(f"column {name}: missing text is '', never null")
            offsets = np.frombuffer(text.buffers()[1], dtype="<i8")[: len(text) + text.offset + 1]
            offsets = offsets[text.offset :]
            digest.update(np.diff(offsets).tobytes())
            if len(text):
                digest.update(memoryview(text.buffers()[2])[offsets[0] : offsets[-1]])
    return digest.hexdigest()
