"""Web of Science plain text: two-letter tags, values indented by three spaces, ``ER`` at the end.

Field tags: https://images.webofknowledge.com/images/help/WOS/hs_wos_fieldtags.html
"""

from __future__ import annotations

from livingreview.corpus.ledger import REJECTED, REPAIRED, Finding
from livingreview.corpus.reading.raw import LISTED, RawRecord, Reading
from livingreview.corpus.reading.sniff import TAG
from livingreview.errors import InputError

# Tags of a record; a line whose tag lost its space ("AUGilles, H") is known by them.
TAGS = frozenset(
    "PT AU AF BA BF CA GP BE TI SO SE BS LA DT CT CY CL SP HO DE ID AB C1 C3 RP EM RI OI FU FP FX"
    " CR NR TC Z9 U1 U2 PU PI PA SN EI BN J9 JI PD PY VL IS SI PN SU MA BP EP AR DI DL D2 EA EY PG"
    " P2 WC WE SC GA UT PM OA HC HP DA".split()
)
_HEADER = frozenset({"FN", "VR"})
_ONCE = ("UT", "TI")


def read_text(name: str, text: str) -> Reading:
    """Records of a plain-text export.

    A record ends at ``ER`` and nowhere else: blank lines inside it, a missing ``FN``/``VR`` header
    and a missing ``EF`` are fine. A record that is broken off by the next ``PT``, a header or
    ``EF`` is rejected with its text, and so are tagged lines without ``PT``; their neighbours are
    read. A line without tag or indent continues the field before it and is noted as a repair.

    Raises
    ------
    InputError
        Where the file ends inside a record (a truncated export), or holds no record at all.
    """
    lines = text.split("\n")
    reader = _Reader(name, lines)
    for number, line in enumerate(lines, start=1):
        # Most lines by far are continuations: they are taken here, without a call.
        if line[:3] == "   " and reader.field:
            reader.field.append(line)
        elif line and not line.isspace():
            reader.take(number, line)
    if reader.start:
        last = max(n for n, line in enumerate(lines, start=1) if line.strip())
        raise InputError(
            f"{name}, line {last}",
            f"the end (ER) of the record that starts in line {reader.start}",
            f"the end of the file, after {len(reader.records)} complete records",
            "the export is truncated: download this part again",
        )
    if not reader.records and not reader.findings:
        raise InputError(
            name, "at least one record", "an export without any", "repeat the export"
        )
    notes = [] if reader.closed else [f"{name} has no closing EF; its last record is whole"]
    return Reading(reader.records, reader.findings, notes)


class _Reader:
    """The state of reading: ``start`` is the line of the record that is open, else 0."""

    def __init__(self, name: str, all_lines: list[str]):
        self.name = name
        self.all_lines = all_lines
        self.records: list[RawRecord] = []
        self.findings: list[Finding] = []
        self.closed = False
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
            self.closed = self.closed or tag == "EF"
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
        value = line[3:].strip()
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

    def _reject(self, last: int, reason: str) -> None:
        text = "\n".join(self.all_lines[self.start - 1 : last]).rstrip()
        self.findings.append(Finding(REJECTED, self.name, self.start, self.tag, reason, text))

    def _record(self) -> RawRecord:
        listed, joined = {}, {}
        for tag, values in self.values.items():
            if tag in LISTED:
                values = [v for v in map(str.strip, values) if v]
                listed[tag] = _addresses(values) if tag == "C1" else values
            elif len(values) == 1:
                joined[tag] = values[0]
            else:
                joined[tag] = " ".join(map(str.strip, values)).strip()
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
