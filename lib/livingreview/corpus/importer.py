"""Exports in, one corpus out: every file recognised, read, entered in the ledger, duplicates united."""

from __future__ import annotations

import os
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from livingreview.corpus import duplicates
from livingreview.corpus.duplicates import Decision
from livingreview.corpus.files import list_files
from livingreview.corpus.folder import check_target, finish
from livingreview.corpus.identities import Identities
from livingreview.corpus.ledger import REJECTED, FileEntry, Finding, Ledger
from livingreview.corpus.parts import gaps
from livingreview.corpus.reading.blocks import decode
from livingreview.corpus.reading.mapped import SUFFIX, Mapping, load_mapping
from livingreview.corpus.reading.parsing import Opened, Parsed, open_file, read_bytes, tasks
from livingreview.corpus.reading.recognise import decoded_head
from livingreview.corpus.uniting import READ, Read, unite
from livingreview.corpus.writing import TableWriters
from livingreview.errors import InputError
from livingreview.placing import aside, exchange
from livingreview.words import say

if TYPE_CHECKING:
    from livingreview.corpus.store import Corpus

Progress = Callable[[str], None]
_HEADER = 1 << 12  # bytes in which the header of a file of decisions stands
_RELEASE = 4  # blocks after which freed memory is given back
_THREADS = min(4, os.cpu_count() or 1)


@dataclass
class _File:
    """What is known of a file while it is read."""

    opened: Opened
    read: int = 0
    announced: int | None = None
    columns: frozenset[str] | None = None
    sources: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def import_to(
    paths: Sequence[Path], out: Path, *, strict: bool = False, progress: Progress | None = None
) -> Ledger:
    """Read exports of any formats into a corpus folder; returns its ledger.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders, side by side; see :func:`livingreview.corpus.files.list_files`.
    out : Path
        The corpus folder: new, empty, or a corpus, which is replaced when all is done.
    strict : bool
        Whether a record that must be rejected stops the import.
    progress : callable, optional
        Called with one line of text before each file.

    Raises
    ------
    InputError
        A missing or empty path, a file that is no export, exports none of whose records could be
        read, or, where strict, any rejected record. What was at ``out`` stays.
    """
    out = Path(out).resolve()
    check_target(out)
    listing = list_files(paths)
    mappings, decisions = _take_companions(listing.files)
    with aside(out) as stage, _lean_memory():
        read = Read(stage / "first", stage / "again")
        read.first.mkdir()
        read.again.mkdir()
        identities = Identities()
        files: list[_File] = []
        notes = list(listing.notes)
        with TableWriters(read.first, READ) as writers, TableWriters(read.again, READ) as again:
            for number, (file, parsed) in enumerate(_read_in_order(listing.files, mappings, files, progress)):
                _take(file, parsed, identities, writers, again)
                notes += parsed.notes
                if number % _RELEASE == 0:
                    pa.default_memory_pool().release_unused()
        _refuse(paths, files, strict)
        notes += [
            f"{file.opened.name} announces {file.announced} records, {file.read} were read"
            for file in files if file.announced not in (None, file.read)
        ]  # fmt: skip
        notes += gaps([file.opened.name for file in files], {file.opened.name: file.read for file in files})
        done = unite(read, stage / "corpus", identities, decisions, writers)
        merged = Counter(finding.file for finding in done.findings)
        entries = tuple(_entry(file, merged[file.opened.name]) for file in files)
        findings = [finding for file in files for finding in file.findings] + done.findings
        order = {entry.name: place for place, entry in enumerate(entries)}
        findings.sort(key=lambda f: (order[f.file], f.line, f.kind, f.field, f.reason))
        ledger = Ledger(entries, tuple(findings), tuple(notes + done.notes))
        ledger = finish(done.folder, ledger, done.hashes, done.rows["records"])
        exchange(done.folder, out)
    return ledger


@contextmanager
def _lean_memory() -> Iterator[None]:
    """Arrow's own pools keep what was freed; while much passes through, the system's does not."""
    pool = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(pool)


def _take_companions(files: dict[str, Path]) -> tuple[list[Mapping], list[Decision]]:
    """Take mapping files and decisions about duplicates out of the listing and read them."""
    mappings: list[Mapping] = []
    decisions: list[Decision] = []
    for name, path in list(files.items()):
        if path.name.endswith(SUFFIX):
            mappings.append(load_mapping(name, decode(name, read_bytes(name, path))[0]))
        elif duplicates.recognises(decoded_head(read_bytes(name, path, _HEADER))):
            decisions += duplicates.read_decisions(name, decode(name, read_bytes(name, path))[0])
        else:
            continue
        del files[name]
    if not files:
        raise InputError("PATH", "at least one export", "mappings or decisions only", "name the exports too")
    return mappings, decisions


def import_exports(path: Path, progress: Progress | None = None) -> Corpus:
    """The corpus of one path, read and opened, without a folder that stays."""
    from livingreview.corpus.store import open_corpus

    with tempfile.TemporaryDirectory(prefix="livingreview-") as folder:
        import_to([Path(path)], Path(folder) / "corpus", progress=progress)
        return open_corpus(Path(folder) / "corpus")


def _read_in_order(
    paths: dict[str, Path], mappings: list[Mapping], files: list[_File], progress: Progress | None
) -> Iterator[tuple[_File, Parsed]]:
    """Parse side by side, a few blocks ahead, and hand on in the order of files and lines."""
    waiting: deque = deque()
    with ThreadPoolExecutor(_THREADS) as pool:
        try:
            for number, (name, path) in enumerate(paths.items(), start=1):
                if progress:
                    progress(say("corpus.import.reading", name=name, number=number, total=len(paths)))
                file = _File(open_file(name, path, mappings))
                files.append(file)
                for task in tasks(file.opened):
                    waiting.append((file, pool.submit(task)))
                    while len(waiting) > _THREADS + 1:
                        yield waiting[0][0], waiting.popleft()[1].result()
            while waiting:
                yield waiting[0][0], waiting.popleft()[1].result()
        finally:
            for _, future in waiting:
                future.cancel()


def _take(file: _File, parsed: Parsed, identities: Identities, writers: TableWriters, again: TableWriters) -> None:
    file.read += parsed.read
    file.findings += parsed.findings
    file.columns = parsed.columns
    if parsed.announced is not None:
        file.announced = (file.announced or 0) + parsed.announced
    for block in parsed.blocks:
        names = identities.unique(block.identities)
        tables = block.tables(pa.array(names, pa.string()))
        file.findings += block.findings
        file.sources.update(tables["records"]["source"].unique().to_pylist())
        identities.keep_keys(tables, block.identities)
        if repeated := sorted(set(names) - set(block.identities)):
            # Most often the same record of an overlapping export: kept apart, it costs no rewriting.
            mine = {name: pc.is_in(table["record"], pa.array(repeated, pa.string())) for name, table in tables.items()}
            again.write({name: table.filter(mine[name]) for name, table in tables.items()})
            tables = {name: table.filter(pc.invert(mine[name])) for name, table in tables.items()}
        writers.write(tables)


def _entry(file: _File, merged: int) -> FileEntry:
    opened = file.opened
    rejected = sum(finding.kind == REJECTED for finding in file.findings)
    return FileEntry(
        name=opened.name,
        bytes=opened.size,
        sha256=opened.sha256,
        format=opened.format.key,
        encoding=opened.encoding,
        read=file.read,
        kept=file.read - merged - rejected,
        merged=merged,
        rejected=rejected,
        announced=file.announced,
        source="; ".join(sorted(file.sources)),
        not_carried=opened.not_carried(file.columns),
    )


def _refuse(paths: Sequence[Path], files: list[_File], strict: bool) -> None:
    """InputError for a file without a record, for records all damaged and, where strict, for any rejected."""
    for file in files:
        if not file.read:
            raise InputError(file.opened.name, "at least one record", "an export without any", "repeat the export")
    rejected = [f for file in files for f in file.findings if f.kind == REJECTED]
    if not rejected:
        return
    first = rejected[0]
    if len(rejected) == sum(file.read for file in files):
        raise InputError(
            ", ".join(str(path) for path in paths),
            "at least one record that can be read",
            f"{len(rejected)} records, all damaged; "
            f"the first in {first.file}, line {first.line}: {first.reason}",
            "export again",
        )
    if strict:
        raise InputError(
            f"{first.file}, line {first.line}",
            "no record to reject, as --strict asks",
            f"{len(rejected)}; this one: {first.reason}",
            "export the file again, or import without --strict",
        )
