"""BibTeX: as Web of Science exports it with its own fields, and as Zotero, Scopus and others do.

bibtexparser takes the entries apart, one at a time: the file is cut before every line that opens
an entry, so that a damaged entry cannot swallow those behind it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from livingreview.corpus.ledger import REJECTED, REPAIRED, TRUNCATED, Finding
from livingreview.corpus.reading import bibtex_fields
from livingreview.corpus.reading.bibtex_fields import Field
from livingreview.corpus.reading.databases import common_database
from livingreview.corpus.reading.raw import RawRecord, Reading
from livingreview.errors import InputError

#: What the BibTeX of Web of Science does not carry, measured against its plain text. In part only:
#: AU is the full name (AF) once more; CT is printed with place and host; PN and SU stand in the
#: place of IS where there is no issue; PT tells no book series.
NOT_CARRIED: tuple[str, ...] = (
    "AU", "CL", "CT", "D2", "HO", "J9", "MA", "PG", "PI", "PM", "PN", "PT", "SP", "SU", "Z9",
)  # fmt: skip

# The library reports failed entries to its log as well; they are findings here.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

_OPENING = re.compile(
    r"^(?:@[A-Za-z]+[ \t]*[{(]|[ \t]+@[A-Za-z]+[ \t]*\{[ \t]*[^\s,{}=\"]+,[ \t]*$)", re.M
)
_NO_ENTRY = re.compile(r"\s*@(comment|preamble|string)", re.I)
_AT_LINE_START = re.compile(r"(?<=\n)([ \t]*)@")
_AT_AS_TEXT = "\ufdd0"  # a code that is no character and stands in no text
_FIELD_LINE = re.compile(r"^[ \t]*([A-Za-z][\w-]*)[ \t]*=[ \t]*[{\"\d]", re.M)
_SWALLOWED = re.compile(r"\n[A-Za-z][A-Za-z0-9-]*[ \t]*=[ \t]*[{\"]")
_CUT_OPENING = re.compile(r"@\w*\s*$")
_LONGEST = 2_000_000  # characters of an entry; the library takes many seconds for longer ones
_ONCE = frozenset({"unique-id", "title", "doi"})


def recognises(head: str) -> bool:
    """Whether a text is BibTeX: some line opens an entry, and the first is no other format's.

    >>> recognises("% Encoding: UTF-8\\n@article{ WOS:1,\\nTitle = {A},\\n}")
    True
    >>> recognises('[{"title": "@article{x"}]'), recognises("PT J\\nAB x\\n@article{y,\\nER")
    (False, False)
    """
    head = head.replace("\n\r", "\n")
    first = head.lstrip("\ufeff \t\r\n")
    if first.startswith(("<", "[", "{")) or re.match(r"(FN|VR|PT|TY)\b[ \t]", first):
        return False
    return bool(_OPENING.search(head))


def read(name: str, text: str) -> Reading:
    """Records of a BibTeX file.

    ``@string`` abbreviations are put in, ``@comment`` and ``@preamble`` passed over. Web of
    Science escapes single characters; any other BibTeX is LaTeX, decoded as far as that is
    certain. An entry without its closing brace, with a brace too many, or with two different
    titles, DOIs or accession numbers is rejected; any other field that is repeated is read once.
    ``announced`` counts the lines that open an entry.

    Raises
    ------
    InputError
        Where no line opens an entry.

    Examples
    --------
    >>> reading = read("a.bib", "@article{ WOS:1,\\nAuthor = {Wu, Shu and Li, Q.},\\n"
    ...     "Title = {Cu \\\\& Zn},\\nUnique-ID = {WOS:1},\\n}")
    >>> reading.records[0].listed["AF"], reading.records[0].joined["TI"]
    (['Wu, Shu', 'Li, Q.'], 'Cu & Zn')
    """
    text = text.replace("\n\r", "\n")  # line ends of some providers; lines keep their numbers
    reader = _Reader(name)
    announced = 0
    for line, chunk, last in _chunks(text):
        if not _OPENING.match(chunk):
            reader.outside(line, chunk, last)
        elif _NO_ENTRY.match(chunk):
            reader.no_entry(line, chunk)
        else:
            announced += 1
            reader.entry(line, chunk, last)
    if not _OPENING.search(text):
        raise InputError(name, "a BibTeX file", "no line that opens an entry", "export it again")
    records = reader.records()
    reader.findings.sort(key=lambda finding: finding.line)
    return Reading(records, reader.findings, [], announced, common_database(records, "BibTeX"))


def _chunks(text: str) -> Iterator[tuple[int, str, bool]]:
    """Line and text of what stands before all entries, then of each, and whether it is the last."""
    starts = [0, *(found.start() for found in _OPENING.finditer(text)), len(text)]
    line = 1
    for place, (start, end) in enumerate(zip(starts, starts[1:], strict=False)):
        chunk = text[start:end]
        yield line, chunk, place == len(starts) - 2
        line += chunk.count("\n")


class _Reader:
    """Entries taken apart, the abbreviations of the file, and what was rejected or repaired."""

    def __init__(self, name: str):
        self.name = name
        self.findings: list[Finding] = []
        self._entries: list[tuple[int, str, list[Field], str]] = []
        self._strings: dict[str, str] = {}

    def records(self) -> list[RawRecord]:
        """The records of the entries: abbreviations may stand behind the entries that use them."""
        made = []
        for line, kind, fields, text in self._entries:
            raw = bibtex_fields.record(line, kind, fields, self._strings)
            if raw.listed or raw.joined.keys() - {"PT"}:
                made.append(raw)
            else:
                self._reject(line, "", "entry without any field of a record", text)
        return made

    def outside(self, line: int, text: str, last: bool) -> None:
        """Text outside entries is a comment, unless fields or a cut opening show otherwise."""
        if found := _FIELD_LINE.search(text):
            self._reject(line, found[1], "fields without the line that opens their entry", text)
        elif last and _CUT_OPENING.search(text):
            place = text.rindex("@")
            self._reject(line + text.count("\n", 0, place), "", TRUNCATED, text[place:])

    def no_entry(self, line: int, chunk: str) -> None:
        """Abbreviations are kept, comments passed over; what follows them may be damaged."""
        rest, behind = "", line
        if len(chunk) > _LONGEST:
            reason = f"abbreviation or comment of {len(chunk)} characters; passed over"
            self._repair(line, "", reason, chunk[:200].strip())
            return
        for block in map(_unwrapped, _split(chunk)):
            if isinstance(block, String):
                self._strings[block.key.lower()] = block.value
            elif _failed(block):
                reason = "abbreviation or comment without its end; passed over"
                self._repair(line + block.start_line, "", reason, chunk.strip()[:200])
            elif isinstance(block, ImplicitComment):
                rest, behind = block.raw, line + block.start_line
        self.outside(behind, rest, last=False)

    def entry(self, line: int, chunk: str, last: bool) -> None:
        """One entry, or several that stand in one line, and the text behind the last of them."""
        if len(chunk) > _LONGEST:
            self._reject(line, "", f"entry of {len(chunk)} characters: more than any record has", chunk)
            return
        blocks = _split(chunk)
        if _failed(blocks[0]):
            reason = _why(blocks[0], last)
            self._reject(line, _last_field(blocks[0]), reason, chunk)
            return
        found: list[tuple[int, Entry, list[str]]] = []
        for block in blocks:
            entry = _unwrapped(block)
            if isinstance(entry, Entry) and (entry.fields or not found):
                found.append((line + entry.start_line, entry, []))
            else:
                found[-1][2].append(block.raw)
        for place, (where, entry, behind) in enumerate(found, start=1):
            rest = "\n".join(behind).replace(_AT_AS_TEXT, "@")
            self._judge(where, entry, rest, last and place == len(found))

    def _judge(self, line: int, entry: Entry, behind: str, last: bool) -> None:
        fields = [Field(f.key.lower(), f.value, line + f.start_line - entry.start_line) for f in entry.fields]
        whole = f"{entry.raw}\n{behind}"
        own = {field.key for field in fields}
        after = [key.lower() for key in _FIELD_LINE.findall(behind)]
        if after and not own.intersection(after).intersection(_ONCE):
            reason = "a closing brace too many: fields stand behind the end of the entry"
            self._reject(line, fields[-1].name if fields else "", reason, whole)
            return
        self.outside(line + entry.raw.count("\n") + 1, behind, last)
        first: dict[str, Field] = {}
        repeated = []
        for field in fields:
            if _SWALLOWED.search(field.value):
                reason = "field without its closing brace: the next field stands inside it"
                self._reject(field.line, field.name, reason, entry.raw)
                return
            if field.key not in first:
                first[field.key] = field
            elif field.value != first[field.key].value:
                repeated.append(field)
        for field in repeated:
            if field.key in _ONCE:
                reason = f"two different {field.name}: two records run into one"
                self._reject(line, field.name, reason, entry.raw)
                return
        for field in repeated:
            reason = "field repeated with another value; the first is read"
            self._repair(field.line, field.name, reason, field.value[:200])
        self._entries.append((line, entry.entry_type.lower(), list(first.values()), entry.raw))

    def _reject(self, line: int, field: str, reason: str, text: str) -> None:
        text = text.replace(_AT_AS_TEXT, "@").strip()
        self.findings.append(Finding(REJECTED, self.name, line, field, reason, text))

    def _repair(self, line: int, field: str, reason: str, text: str) -> None:
        self.findings.append(Finding(REPAIRED, self.name, line, field, reason, text))


def _split(chunk: str) -> list[Block]:
    # An @ that begins a line inside a value (wrapped "... @SiO2 (core)") opens no entry: openings
    # were taken apart before, and bibtexparser would stop there.
    shielded = _AT_LINE_START.sub(rf"\1{_AT_AS_TEXT}", chunk.lstrip(" \t"))
    return Splitter(shielded).split().blocks


def _unwrapped(block: Block) -> Block:
    # For the library a repeated field or key is a failure too; here the entry is an entry.
    while isinstance(block, DuplicateFieldKeyBlock | DuplicateBlockKeyBlock):
        block = block.ignore_error_block
    return block


def _failed(block: Block) -> bool:
    return isinstance(_unwrapped(block), ParsingFailedBlock)


def _why(block: ParsingFailedBlock, last: bool) -> str:
    said = block.error.abort_reason
    if "end of file" in said:
        return TRUNCATED if last else "entry without its closing brace"
    return f"not an entry of BibTeX: {' '.join(said.replace(_AT_AS_TEXT, '@').split())[:300]}"


def _last_field(block: ParsingFailedBlock) -> str:
    names = _FIELD_LINE.findall(block.raw or "")
    return Field(names[-1].lower(), "", 0).name if names else ""
