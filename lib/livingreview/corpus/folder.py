"""The folder of a corpus: what may be written over, and the ledger and rejected records in it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from livingreview.corpus.files import LEDGER
from livingreview.corpus.ledger import REJECTED, Ledger
from livingreview.corpus.schema import TABLES
from livingreview.errors import InputError
from livingreview.placing import recover

AGAIN = "import the exports again: a corpus is never edited by hand"


def check_target(folder: Path) -> None:
    """InputError unless a corpus can be written to ``folder`` without harm to other files."""
    recover(folder)
    if folder.is_file():
        raise InputError(str(folder), "a folder", "a file", "name another")
    if folder.exists() and any(folder.iterdir()) and not (folder / LEDGER).exists():
        raise InputError(
            str(folder), "a new or empty folder, or a corpus", "other files", "name another"
        )


def finish(folder: Path, ledger: Ledger, hashes: dict[str, str], records: int) -> Ledger:
    """Put the ledger and the rejected records beside the tables written; returns the whole ledger.

    InputError where ledger and tables do not agree.
    """
    ledger = replace(ledger, tables={name: hashes[name] for name in TABLES})
    check_count(ledger, records, str(folder))
    (folder / LEDGER).write_text(ledger.to_json(), encoding="utf-8", newline="\n")
    for name, text in rejected_files(ledger).items():
        (folder / "rejected").mkdir(exist_ok=True)
        (folder / "rejected" / name).write_bytes(text)
    return ledger


def rejected_files(ledger: Ledger) -> dict[str, bytes]:
    """The files in ``rejected/``, one a rejected record: name and content."""
    files = {}
    for number, finding in enumerate(ledger.of_kind(REJECTED), start=1):
        stem = re.sub(r"[^\w.-]+", "_", finding.file).encode()[-80:].decode(errors="ignore")
        text = (finding.text + "\n").encode("utf-8", errors="backslashreplace")
        files[f"{number:04d}-{stem}-line-{finding.line}.txt"] = text
    return files


def check_rejected(ledger: Ledger, folder: Path) -> None:
    """InputError unless ``rejected/`` holds what the ledger says was rejected."""
    for name, text in rejected_files(ledger).items():
        path = folder / "rejected" / name
        if not path.is_file() or path.read_bytes() != text:
            found = "another text" if path.is_file() else "no file"
            raise InputError(str(path), "the rejected record that the ledger lists", found, AGAIN)


def check_count(ledger: Ledger, records: int, where: str) -> None:
    """InputError unless the ledger adds up and vouches for this many records."""
    ledger.check(where)
    if ledger.total("kept") != records:
        raise InputError(
            where,
            f"the {ledger.total('kept')} records that the ledger says were kept",
            f"{records} records",
            AGAIN,
        )
