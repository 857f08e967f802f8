"""Web of Science plain text: two-letter tags, values indented by three spaces, ``ER`` at the end.

Field tags: https://images.webofknowledge.com/images/help/WOS/hs_wos_fieldtags.html
"""

from __future__ import annotations

import re

from livingreview.corpus.ledger import REJECTED, REPAIRED, TRUNCATED, Finding
from livingreview.corpus.reading.raw import LISTED, RawRecord, Reading
from livingreview.errors import InputError

NOT_CARRIED: tuple[str, ...] = ()
TAG = re.compile(r"[A-Z][A-Z0-9]")
_FIRST_TAG = re.compile(r"(FN|VR|PT)( |$)")
_CLOSING = re.compile(r"^EF\s*$", re.MULTILINE)
_BLANK = " \t\r\f\v"

# Tags of a record; a line whose tag lost its space ("AUGilles, H") is known by them.
TAGS = frozenset(
    "PT AU AF BA BF CA GP BE TI SO SE BS LA DT CT CY CL SP HO DE ID AB C1 C3 RP EM RI OI FU FP FX"
    " CR NR TC Z9 U1 U2 PU PI PA SN EI BN J9 JI PD PY VL IS SI PN SU MA BP EP AR DI DL D2 EA EY PG"
    " P2 WC WE SC GA UT PM OA HC HP DA".split()
)
_HEADER = frozenset({"FN", "VR"})
_ONCE = ("UT", "TI")


def recognises(head: str) -> bool:
    """Whether a file begins as a plain-text export does: with FN, VR or PT."""
    first = next((line for line in head.split("\n") if line.strip("\ufeff \t\r")), "")
    return bool(_FIRST_TAG.match(first.strip("\ufeff \t\r")))


def openings(text: bytes) -> int:
    """Records that a text announces: its lines that begin with ``PT``.

    >>> openings(b"PT J\\nER\\n\\nPT J\\n")
    2
    """
    return text.count(b"\nPT ") + text.startswith((b"PT ", b"\xef\xbb\xbfPT "))


def remarks(name: str, end: str) -> list[str]:
    """Remarks on a file by its last block: an export closes with ``EF``."""
    return [] if _CLOSING.search(end) else [f"{name} has no closing EF; its last record is whole"]


def read(name: str, text: str) -> Reading:
    """Records of a plain-text export; InputError where it holds none."""
    reading = read_block(name, text)
    if not reading.records and not reading.findings:
        raise InputError(name, "at least one record", "an export without any", "repeat the export")
    notes = remarks(name, text) if not any(f.reason == TRUNCATED for f in reading.findings) else []
    return Reading(reading.records, reading.findings, notes, openings(text.encode(errors="replace")))


def read_block(name: str, text: str, first_line: int = 1) -> Reading:
    """Records of a plain-text export, or of a part of one that begins where a record does.

    A record ends at ``ER`` and nowhere else: blank lines inside it, a missing ``FN``/``VR`` header
    and a missing ``EF`` are fine. A record that is broken off by the next ``PT``, a header, ``EF``
    or the end of the text is rejected with its text, and so are tagged lines without ``PT``; their
    neighbours are read. A line without tag or indent continues the field before it and is noted as
    a repair. ``first_line`` is the line of the file where the text begins.
    """
    lines = text.split("\n")
    reader = _Reader(name, lines, first_line)
    for number, line in enumerate(lines, start=first_line):
        # Most lines by far are continuations: they are taken here, without a call.
        if line[:3] == "   " and reader.field:
            reader.field.append(line)
        elif line.strip(_BLANK):
            reader.take(number, line)
    reader.finish()
    return Reading(reader.records, reader.findings, [])


class _Reader:
    """The state of reading: ``start`` is the line of the record that is open, else 0."""

    def __init__(self, name: str, all_lines: list[str], first_line: int):
        self.name = name
        self.all_lines = all_lines
        self.first_line = first_line
        self.records: list[RawRecord] = []
        self.findings: list[Finding] = []
        self._reset()

    def _reset(self) -> None:
        self.start = 0
        self.tag = ""
        self.field: list[str] = []
        self.headless = False
        self.twice = ""
        self.values: dict[str, list[str]] = {}
        self.lines: dict[str, int] = {}
        self.repairs: list[Finding] = []

    def take(self, number: int, line: str) -> None:
        # Parts joined by hand keep the mark of the second file's beginning.
        line = line.lstrip("\ufeff")
        tag = line[:2]
        if not (TAG.fullmatch(tag) and line[2:3] in ("", " ", "\r")):
            self._untagged(number, line)
        elif tag == "ER":
            self._end(number)
        elif tag == "EF" or tag in _HEADER:
            self._break_off(number, f"no ER before {tag}")
        elif tag == "PT":
            self._break_off(number, "no ER before the next record")
            self._open(number)
            self._field(number, tag, line)
        else:
            self._field(number, tag, line)

    def _open(self, number: int, headless: bool = False) -> None:
        self.start, self.headless = number, headless

    def _field(self, number: int, tag: str, line: str) -> None:
        if not self.start:
            self._open(number, headless=True)
        value = line[3:].strip(_BLANK)
        if tag in self.values:
            if tag in _ONCE and value != " ".join(self.values[tag]):
                self.twice = tag
            self.values[tag].append(value)
        else:
            self.values[tag] = [value]
            self.lines[tag] = number
        self.tag, self.field = tag, self.values[tag]

    def _untagged(self, number: int, line: str) -> None:
        tag = line[:2]
        if not self.start:
            self._open(number, headless=True)
        if tag in TAGS and tag not in self.values and line[2:3].isalpha():
            self._repair(number, tag, "tag without the space that follows it", line)
            self._field(number, tag, f"{tag} {line[2:]}")
            return
        if self.tag:
            self.field.append(line)
            reason = f"line without tag or indent; read as continuing {self.tag}"
            self._repair(number, self.tag, reason, line)

    def _repair(self, number: int, tag: str, reason: str, line: str) -> None:
        self.repairs.append(Finding(REPAIRED, self.name, number, tag, reason, line))

    def _end(self, number: int) -> None:
        if not self.start:
            reason = "ER without a record; passed over"
            self.findings.append(Finding(REPAIRED, self.name, number, "ER", reason, "ER"))
        elif self.headless:
            self._reject(number, "record without PT")
        elif self.twice:
            self._reject(number, f"two different {self.twice}: two records run into one")
        elif len(self.values) == 1:
            self._reject(number, "record without any field but PT")
        else:
            self.records.append(self._record())
            self.findings.extend(self.repairs)
        self._reset()

    def _break_off(self, number: int, reason: str) -> None:
        if self.start:
            self._reject(number - 1, "record without PT" if self.headless else reason)
        self._reset()

    def finish(self) -> None:
        """The text ends: a record that is open is cut short."""
        if self.start:
            last = self.first_line + len(self.all_lines) - 1
            self._reject(last, "record without PT" if self.headless else TRUNCATED)
        self._reset()

    def _reject(self, last: int, reason: str) -> None:
        first = self.first_line
        text = "\n".join(self.all_lines[self.start - first : last - first + 1]).rstrip()
        self.findings.append(Finding(REJECTED, self.name, self.start, self.tag, reason, text))

    def _record(self) -> RawRecord:
        listed, joined = {}, {}
        for tag, values in self.values.items():
            if tag in LISTED:
                values = [v for v in (value.strip(_BLANK) for value in values) if v]
                listed[tag] = _addresses(values) if tag == "C1" else values
            elif len(values) == 1:
                joined[tag] = values[0]
            else:
                joined[tag] = " ".join(v for v in (value.strip(_BLANK) for value in values) if v)
        return RawRecord(self.start, listed, joined, self.lines)


def _addresses(lines: list[str]) -> list[str]:
    """Address lines; one that stops inside the brackets or after a comma goes on in the next."""
    addresses: list[str] = []
    for line in lines:
        if addresses and (
            addresses[-1].count("[") > addresses[-1].count("]") or addresses[-1].endswith(",")
        ):
            addresses[-1] += f" {line}"
        else:
            addresses.append(line)
    return addresses
