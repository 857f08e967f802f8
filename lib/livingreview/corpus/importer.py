"""Exports in, one corpus out: every file recognised, read, merged and entered in the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from livingreview.corpus.ledger import MERGED, REJECTED, FileEntry, Finding, Ledger
from livingreview.corpus.normal_form import Builder
from livingreview.corpus.parts import gaps
from livingreview.corpus.reading.sniff import PLAIN_TEXT, sniff
from livingreview.corpus.store import Corpus
from livingreview.corpus.reading.wos_tab import read_tab
from livingreview.corpus.reading.wos_text import read_text
from livingreview.errors import InputError
from livingreview.words import say

_IGNORED = ("readme", "thumbs.db", "desktop.ini")
_SIDECAR = ".meta.toml"


def import_exports(path: Path, progress: Callable[[str], None] | None = None) -> Corpus:
    """Read one export, or every export in a folder and the folders below it.

    Files are read in the order of their names. Records with the same accession number are one
    record: the first one read stays, the others are counted as merged. Left out are hidden files
    and folders, ``README*``, ``*.meta.toml``, and what operating systems put in; any other file
    that is no export stops the import, so that nothing is lost quietly.

    Parameters
    ----------
    path : Path
        A file or a folder.
    progress : callable, optional
        Called with one line of text before each file.

    Raises
    ------
    InputError
        A missing or empty path, a file that is no export, a truncated export, or exports none of
        whose records could be read.
    """
    path = Path(path)
    files = _files(path)
    base = path.parent if path.is_file() else path
    builder = Builder()
    entries: list[FileEntry] = []
    findings: list[Finding] = []
    notes: list[str] = []
    for number, file in enumerate(files, start=1):
        name = file.relative_to(base).as_posix()
        if progress:
            progress(say("corpus.import.reading", name=name, number=number, total=len(files)))
        entry, found, remarks = _import_file(builder, name, _read(file, name))
        entries.append(entry)
        findings.extend(found)
        notes.extend(remarks)
    notes.extend(gaps([entry.name for entry in entries]))
    ledger = Ledger(tuple(entries), tuple(findings), tuple(notes))
    if not ledger.total("kept"):
        first = ledger.of_kind(REJECTED)[0]
        raise InputError(
            str(path),
            "at least one record that can be read",
            f"{ledger.total('rejected')} records, all damaged; "
            f"the first in {first.file}, line {first.line}: {first.reason}",
            "export again",
        )
    ledger.check(str(path))
    return Corpus(builder.tables(), ledger)


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise InputError(
            str(path), "a file or folder of exports", "nothing there", "check the path"
        )
    found = []
    for file in path.rglob("*"):
        parts = file.relative_to(path).parts
        hidden = any(part.startswith(".") for part in parts)
        ignored = file.name.lower().startswith(_IGNORED) or file.name.endswith(_SIDECAR)
        if file.is_file() and not hidden and not ignored:
            found.append(file)
    if not found:
        raise InputError(
            str(path), "a folder with exports", "no file to read", "put the exports there"
        )
    return sorted(found, key=lambda file: file.relative_to(path).as_posix())


def _read(file: Path, name: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(
            name, "a file that can be read", str(error.strerror), "check its permissions"
        ) from error


def _import_file(
    builder: Builder, name: str, content: bytes
) -> tuple[FileEntry, list[Finding], list[str]]:
    sniffed = sniff(name, content)
    reader = read_text if sniffed.format == PLAIN_TEXT else read_tab
    reading = reader(name, sniffed.text)
    findings = [*sniffed.repairs, *reading.findings]
    builder.findings = []
    kept = merged = 0
    for raw in reading.records:
        if first := builder.read_before(raw):
            merged += 1
            accession = raw.joined["UT"]
            findings.append(
                Finding(MERGED, name, raw.line, "UT", f"already read in {first}", accession)
            )
        else:
            builder.add(name, raw)
            kept += 1
    findings += builder.findings
    rejected = sum(finding.kind == REJECTED for finding in findings)
    entry = FileEntry(
        name=name,
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        format=sniffed.format,
        encoding=sniffed.encoding,
        read=len(reading.records) + rejected,
        kept=kept,
        merged=merged,
        rejected=rejected,
    )
    findings.sort(key=lambda f: (f.line, f.kind, f.field, f.reason))
    return entry, findings, reading.notes
