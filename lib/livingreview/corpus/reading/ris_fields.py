"""What the tags of a RIS record are in the tags of Web of Science."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from livingreview.corpus.reading.blanks import one_line
from livingreview.corpus.reading.raw import RawRecord

_TYPES = {
    "JOUR": "J", "EJOUR": "J", "MGZN": "J", "JFULL": "J", "INPR": "J", "BOOK": "B", "CHAP": "B",
    "EBOOK": "B", "ECHAP": "B", "EDBOOK": "B", "SER": "S", "PAT": "P", "CONF": "C", "CPAPER": "C",
}  # fmt: skip
# For each tag of Web of Science those of RIS that may hold it, the best first.
_FIRST_OF = (
    ("TI", ("TI", "T1")), ("AB", ("AB", "N2")), ("SO", ("T2", "JF", "JO", "BT")),
    ("JI", ("JI", "J2", "JA")), ("J9", ("J9",)), ("SE", ("T3",)), ("LA", ("LA",)),
    ("VL", ("VL", "VO")), ("IS", ("IS",)), ("PU", ("PB", "PU")), ("PI", ("PI",)), ("PA", ("PA",)),
    ("EI", ("EI",)),
)  # fmt: skip
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_NUMERIC_DATE = re.compile(r"\d{4}[/-](\d{1,2})(?:[/-](\d{1,2}))?(?:/.*|$)")
_MONTH_NAME = re.compile(r"(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_ACCESSION = re.compile(r"(?:WOS|ISI):\w{5,20}", re.I)
_EID = re.compile(r"\beid=(2-s2\.0-\d+)")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?(10\.\d{3,9}/\S+)", re.I)
_DOI_LINK = re.compile(r"https?://(?:dx\.)?doi\.org/(10\.\d{3,9}/\S+)", re.I)
_ISSN = re.compile(r"(\d{4})-?(\d{3}[\dXx])(?![\dXx])")
_ISBN = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]")
_PAGES = re.compile(r"(\w+)\s*[-–]+\s*(\w+)")
_CITED_BY = re.compile(r"Cited By\s*:?\s*(\d+)", re.I)
_EXPORTED = re.compile(r"Export Date:\s*(\d{1,2} \w+ \d{4})", re.I)


_Put = Callable[[str, str, "Line"], None]


@dataclass
class Line:
    """A tagged line: tag, content, number of the line, and the lines that continue it.

    ``text`` is asked for when the record is whole.
    """

    tag: str
    content: str
    number: int
    more: list[str] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """The content with what continues it, on one line."""
        return one_line(" ".join((self.content, *self.more)))


def record(start: int, lines: list[Line]) -> RawRecord:
    """One record from its tagged lines, blank ones left out.

    ``UT`` is taken from AN where it is an accession number of Web of Science, and from the link
    that Scopus prints; any other number is no identity. Citations and the day of export are taken
    from the notes of Scopus.
    """
    of: dict[str, list[Line]] = {}
    for line in lines:
        if line.text:
            of.setdefault(line.tag, []).append(line)
    made = RawRecord(start, {}, {}, {})

    def put(tag: str, value: str, line: Line) -> None:
        if value and tag not in made.joined:
            made.joined[tag] = value
            made.lines[tag] = line.number

    if (kind := of.get("TY")) and (kind_of := _TYPES.get(kind[0].text.upper())):
        put("PT", kind_of, kind[0])
    for tag, sources in _FIRST_OF:
        for source in sources:
            if source in of:
                put(tag, of[source][0].text, of[source][0])
    if names := [line for source in ("AU", "A1") for line in of.get(source, [])]:
        made.listed["AU"] = [line.text for line in names]
        made.lines["AU"] = names[0].number
    if addresses := of.get("AD"):
        made.listed["C1"] = [line.text for line in addresses]
        made.lines["C1"] = addresses[0].number
    if keywords := of.get("KW"):
        put("DE", "; ".join(part for line in keywords for part in _keywords(line.text)), keywords[0])
    _identity(of, put)
    _dates(of, put)
    _pages(of, put)
    _numbers(of, put)
    _notes(of, put)
    if made.joined.get("UT", "").startswith("WOS:"):
        for source, tag in (("C3", "C3"), ("C6", "EA")):
            if source in of:
                put(tag, of[source][0].text, of[source][0])
    return made


def _keywords(text: str) -> list[str]:
    return [part for part in (p.strip() for p in text.split(";")) if part]


def _identity(of: dict[str, list[Line]], put: _Put) -> None:
    for line in of.get("AN", []):
        if _ACCESSION.fullmatch(line.text):
            put("UT", f"WOS:{line.text[4:].upper()}", line)
    for line in of.get("UR", []):
        if found := _EID.search(line.text):
            put("UT", found[1], line)
    if of.get("DB", [Line("", "", 0)])[0].text.lower() in ("pubmed", "medline") and "AN" in of:
        if of["AN"][0].text.isdigit():
            put("PM", of["AN"][0].text, of["AN"][0])
    for tag in ("DO", "DI", "L3", "M3"):  # older exports of Scopus print the DOI as M3
        for line in of.get(tag, []):
            if found := _DOI.fullmatch(line.text):
                put("DI", found[1], line)
    for line in of.get("UR", []):
        if found := _DOI_LINK.fullmatch(line.text):
            put("DI", found[1], line)
    for line in of.get("M3", []):
        if not _DOI.fullmatch(line.text):
            put("DT", line.text, line)


def _dates(of: dict[str, list[Line]], put: _Put) -> None:
    for tag in ("PY", "Y1", "DA"):
        for line in of.get(tag, []):
            if found := _YEAR.search(line.text):
                put("PY", found[1], line)
            elif tag == "PY":
                put("PY", line.text, line)
    for tag in ("DA", "Y1", "PY"):
        for line in of.get(tag, []):
            if found := _NUMERIC_DATE.fullmatch(line.text):
                month, day = int(found[1]), found[2]
                if 1 <= month <= 12:
                    put("PD", f"{_MONTHS[month - 1]} {int(day)}" if day else _MONTHS[month - 1], line)
            elif _MONTH_NAME.search(line.text):
                put("PD", one_line(_YEAR.sub("", line.text).strip(" ,/")), line)


def _pages(of: dict[str, list[Line]], put: _Put) -> None:
    if first := of.get("SP"):
        # EndNote prints the whole range as SP.
        if "EP" not in of and (found := _PAGES.fullmatch(first[0].text)):
            put("BP", found[1], first[0])
            put("EP", found[2], first[0])
        put("BP", first[0].text, first[0])
    if last := of.get("EP"):
        put("EP", last[0].text, last[0])
    if article := of.get("C7"):
        put("AR", article[0].text, article[0])


def _numbers(of: dict[str, list[Line]], put: _Put) -> None:
    for line in of.get("SN", []):
        if found := _ISSN.match(line.text):
            put("SN", f"{found[1]}-{found[2].upper()}", line)
        elif found := _ISBN.match(line.text):
            put("BN", found[0], line)


def _notes(of: dict[str, list[Line]], put: _Put) -> None:
    for line in of.get("N1", []):
        if found := _CITED_BY.search(line.text):
            put("TC", found[1], line)
        if found := _EXPORTED.search(line.text):
            put("DA", _iso(found[1]), line)


def _iso(printed: str) -> str:
    for shape in ("%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(printed, shape).date().isoformat()
        except ValueError:
            continue
    return ""
