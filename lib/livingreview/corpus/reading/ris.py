"""RIS, as Web of Science, Scopus, IEEE, Zotero and EndNote write it.

The file is cut into records here, by the lines TY and ER, so that each line keeps its number and
a damaged record its text; what a single line says (tag and content) is rispy's.

Tags: https://en.wikipedia.org/wiki/RIS_(file_format), whose variants the writers above use.
"""

from __future__ import annotations

import re

import rispy

from livingreview.corpus.ledger import REJECTED, REPAIRED, TRUNCATED, Finding
from livingreview.corpus.reading import ris_fields
from livingreview.corpus.reading.databases import common_database
from livingreview.corpus.reading.raw import RawRecord, Reading
from livingreview.corpus.reading.ris_fields import Line
from livingreview.errors import InputError

#: Tags that RIS cannot carry. In part only: AU holds the one form of a name that is printed; DE
#: also holds Keywords Plus, which RIS does not tell apart; C1 names no authors; TC and DA come
#: from the notes that Scopus writes; EI is not told from SN.
NOT_CARRIED: tuple[str, ...] = (
    "AF", "C1", "CA", "CR", "DA", "DE", "EI", "EM", "FU", "FX", "HC", "HP", "ID", "MA", "NR", "OA",
    "OI", "PG", "PM", "PN", "RI", "RP", "SC", "SI", "SU", "TC", "U1", "U2", "WC", "WE", "Z9",
)  # fmt: skip

_PARSER = rispy.RisParser()
_TAGS = frozenset(_PARSER.mapping) - {_PARSER.UNKNOWN_TAG} | {"ED", "J9", "JI", "PI", "PA", "VO", "L3", "EI", "DI"}
_OPENING = re.compile(r"^TY {0,3}- ?[A-Z]{3,}", re.M)
_TAGGED = re.compile(r"^[A-Z][A-Z0-9]  - ?", re.M)
_LOOSE = re.compile(r"([A-Z][A-Z0-9])\s{0,4}-(?:\s|$)")
_END = re.compile(r"ER\s{0,4}-?\s*$")
_TEXT_TAGS = frozenset({"AB", "N1", "N2", "TI", "T1", "AD", "KW", "UR", "L1", "C8", "RN"})
_ONCE = ("TI", "T1", "DO", "AN")


def recognises(head: str) -> bool:
    """Whether a text is RIS: a line with TY, other tagged lines, and no other format's beginning.

    >>> recognises("Provider: X\\nTY  - JOUR\\nAU  - Wu, S\\nER  - \\n")
    True
    >>> recognises("PMID- 123\\nTI  - A title\\n"), recognises("PT J\\nTI A\\n")
    (False, False)
    """
    head = head.replace("\n\r", "\n")
    first = head.lstrip("\ufeff \t\r\n")
    if first.startswith(("<", "[", "{", "@")) or re.match(r"(FN|VR|PT)[ \t]", first):
        return False
    return bool(_OPENING.search(head)) and len(_TAGGED.findall(head, 0, 64_000)) > 1


def read(name: str, text: str) -> Reading:
    """Records of a RIS file.

    A record goes from TY to ER. One that the next TY breaks off is rejected with its text, and so
    are tagged lines before the first TY or behind an ER, and a record with two different titles,
    DOIs or accession numbers. A tag without its blanks is read and noted as a repair, and a line
    without tag continues the field before it. ``announced`` counts the lines with TY.

    Raises
    ------
    InputError
        Where there is no line with TY.

    Examples
    --------
    >>> reading = read("a.ris", "TY  - JOUR\\nAU  - Wu, S\\nTI  - A\\nPY  - 2020\\nER  - \\n")
    >>> reading.records[0].joined
    {'PT': 'J', 'TI': 'A', 'PY': '2020'}
    """
    reader = _Reader(name)
    text = text.replace("\n\r", "\n")  # IEEE ends its records so; lines keep their numbers
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if line and not line.isspace():
            reader.take(number, line)
    reader.close()
    announced = len(_OPENING.findall(text))
    if not reader.records and not reader.findings:
        raise InputError(name, "a RIS file", "no line with TY", "export it again")
    notes = []
    if any("KW" in tags for tags in reader.of_wos):
        notes.append(f"{name}: RIS does not tell author keywords from Keywords Plus; both are read as DE")
    return Reading(reader.records, reader.findings, notes, announced, common_database(reader.records, "RIS"))


class _Reader:
    """The record that is open: its lines as text, and as tags with contents."""

    def __init__(self, name: str):
        self.name = name
        self.records: list[RawRecord] = []
        self.findings: list[Finding] = []
        self.of_wos: list[set[str]] = []
        self._reset()

    def _reset(self) -> None:
        self.start = 0
        self.headless = False
        self.printed: list[str] = []
        self.lines: list[Line] = []
        self.repairs: list[Finding] = []

    def take(self, number: int, line: str) -> None:
        line = line.lstrip("\ufeff").rstrip("\r")
        tag, content = _PARSER.parse_line(line)
        if tag is None and line[:1].isupper():
            tag, content = self._loose(number, line)
        if tag == "TY":
            self._break_off("no ER before the next record")
            self.start = number
        elif tag == "ER" or _END.match(line):
            self._end(number, line)
            return
        if not self.start:
            if tag is None:
                return  # what some providers print before the first record
            self.start, self.headless = number, True
        self.printed.append(line)
        if tag is None:
            self._continue(number, content)
        else:
            self.lines.append(Line(tag, content, number))

    def close(self) -> None:
        """The end of the file."""
        self._break_off(TRUNCATED)
        self.findings.sort(key=lambda finding: finding.line)

    def _loose(self, number: int, line: str) -> tuple[str | None, str]:
        """A known tag whose blanks are lost or doubled."""
        found = _LOOSE.match(line)
        if not found or found[1] not in _TAGS:
            return None, line.strip()
        if found[1] != "ER":
            reason = "tag without the blanks that belong to it"
            self.repairs.append(Finding(REPAIRED, self.name, number, found[1], reason, line))
        return found[1], line[found.end() :].strip()

    def _continue(self, number: int, content: str) -> None:
        if not self.lines:
            return
        before = self.lines[-1]
        if before.tag not in _TEXT_TAGS and not before.more:
            reason = f"line without tag; read as continuing {before.tag}"
            self.repairs.append(Finding(REPAIRED, self.name, number, before.tag, reason, content))
        # EndNote prints keywords and links one a line, with the tag before the first only.
        if before.tag in ("KW", "UR", "AD"):
            self.lines.append(Line(before.tag, content, number))
        else:
            before.more.append(content)

    def _end(self, number: int, line: str) -> None:
        if not self.start:
            reason = "ER without a record; passed over"
            self.findings.append(Finding(REPAIRED, self.name, number, "ER", reason, line))
            return
        self.printed.append(line)
        made = ris_fields.record(self.start, self.lines)
        if self.headless:
            self._reject("record without TY")
        elif tag := self._twice():
            self._reject(f"two different {tag}: two records run into one", tag)
        elif not made.listed and not made.joined.keys() - {"PT"}:
            self._reject("record without any field but TY")
        else:
            self.records.append(made)
            self.findings.extend(self.repairs)
            if made.joined.get("UT", "").startswith("WOS:"):
                self.of_wos.append({line.tag for line in self.lines})
        self._reset()

    def _twice(self) -> str:
        for tag in _ONCE:
            if len({line.text.casefold() for line in self.lines if line.tag == tag and line.text}) > 1:
                return tag
        return ""

    def _break_off(self, reason: str) -> None:
        if self.start:
            self._reject("record without TY" if self.headless else reason)
        self._reset()

    def _reject(self, reason: str, tag: str = "") -> None:
        tag = tag or (self.lines[-1].tag if self.lines else "")
        text = "\n".join(self.printed)
        self.findings.append(Finding(REJECTED, self.name, self.start, tag, reason, text))
