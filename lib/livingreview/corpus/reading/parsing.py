"""A file in, blocks of the normal form out: which way a file is read, and what it says of itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from livingreview.corpus.ledger import REJECTED, Finding
from livingreview.corpus.normal.form import TAGS, Block, form
from livingreview.corpus.reading import wos_text
from livingreview.corpus.reading.blocks import TextBlock, blocks, decode, encoding_of
from livingreview.corpus.reading.columns import from_records
from livingreview.corpus.reading.mapped import Mapping, fits, read_mapped
from livingreview.corpus.reading.recognise import HEAD, MAPPED, WOS_TEXT, Format, decoded_head, recognise
from livingreview.corpus.reading.text_columns import tokenise
from livingreview.errors import InputError

_AT_ONCE = 2_000
_WOS = "Web of Science"


@dataclass
class Opened:
    """A file that was recognised; size and hash are known once it is read."""

    name: str
    path: Path
    format: Format
    encoding: str
    mapping: Mapping | None = None
    size: int = 0
    _hash: object = field(default_factory=hashlib.sha256)

    def not_carried(self, columns: frozenset[str] | None) -> tuple[str, ...]:
        """The tags that the format cannot hold, and those that a table or its mapping does not name."""
        if self.mapping:
            columns = frozenset(self.mapping.columns)
        absent = TAGS - columns if columns is not None else frozenset()
        return tuple(sorted(absent | set(self.format.reader.NOT_CARRIED)))

    @property
    def sha256(self) -> str:
        """Hash of the bytes seen."""
        return self._hash.hexdigest()

    def seen(self, content: bytes) -> None:
        """Take in bytes as they are read."""
        self.size += len(content)
        self._hash.update(content)


@dataclass(frozen=True)
class Parsed:
    """Consecutive records of one file: blocks of the normal form, findings, count announced, remarks."""

    blocks: list[Block]
    findings: list[Finding]
    announced: int | None
    notes: list[str]
    columns: frozenset[str] | None = None

    @property
    def read(self) -> int:
        """Records read: those of the blocks and those rejected."""
        return sum(len(block.identities) for block in self.blocks) + sum(f.kind == REJECTED for f in self.findings)


def read_bytes(name: str, path: Path, most: int = -1) -> bytes:
    """The first ``most`` bytes of a file, all by default; InputError where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        raise InputError(name, "a file that can be read", str(error.strerror), "check its permissions") from error


def open_file(name: str, path: Path, mappings: Sequence[Mapping] = ()) -> Opened:
    """Recognise a file, first by the mappings given; InputError where it is no export."""
    head = read_bytes(name, path, HEAD)
    text = decoded_head(head) if mappings else ""
    for mapping in mappings:
        if fits(mapping, text):
            return Opened(name, path, MAPPED, encoding_of(head)[1], mapping)
    format = recognise(name, head)
    return Opened(name, path, format, "binary" if format.binary else encoding_of(head)[1])


def tasks(opened: Opened) -> Iterator[Callable[[], Parsed]]:
    """The work of reading a file, in order, as calls that may run side by side."""
    if opened.format.key == WOS_TEXT:
        for block in blocks(opened.name, opened.path, opened.seen):
            yield lambda block=block: _text_block(opened.name, block)
    else:
        content = read_bytes(opened.name, opened.path)
        opened.seen(content)
        yield lambda: _whole(opened, content)


def _text_block(name: str, block: TextBlock) -> Parsed:
    notes = []
    if block.final:
        end = block.content[-4096:].decode("utf-8", errors="replace")
        notes = wos_text.remarks(name, end)
    findings = list(block.repairs)
    columns = tokenise(block.content, block.first_line, TAGS)
    if columns is None:
        # Something in the block is not regular: record by record.
        reading = wos_text.read_block(name, block.content.decode("utf-8"), block.first_line)
        findings += reading.findings
        columns = from_records(reading.records)
        if any(finding.reason == wos_text.TRUNCATED for finding in findings):
            notes = []
    made = [form(name, _WOS, columns)] if len(columns.lines) else []
    return Parsed(made, findings, wos_text.openings(block.content), notes)


def _whole(opened: Opened, content: bytes) -> Parsed:
    name, findings = opened.name, []
    if opened.format.binary:
        reading = opened.format.reader.read(name, content)
    else:
        text, _, findings = decode(name, content)
        if opened.mapping:
            reading = read_mapped(name, text, opened.mapping)
        else:
            reading = opened.format.reader.read(name, text)
    made = [
        form(name, reading.source, from_records(reading.records[start : start + _AT_ONCE]), by_number=opened.format.shared)
        for start in range(0, len(reading.records), _AT_ONCE)
    ]
    return Parsed(made, [*findings, *reading.findings], reading.announced, reading.notes, reading.columns)
