"""Tables of Web of Science records, whatever carries them: which column is which tag, and what a
row makes as a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from livingreview.corpus.ledger import REJECTED, REPAIRED, Finding
from livingreview.corpus.reading.raw import LISTED, RawRecord, Reading

# Names of columns in workbooks of Web of Science (2008 to 2026), by the tag of plain text.
# "Web of Science Record" and the DOI link are links to pages, no data of the record.
_LONG_NAMES = {
    "PT": "Publication Type",
    "AU": "Authors",
    "BA": "Book Authors",
    "BE": "Book Editors",
    "GP": "Book Group Authors",
    "AF": "Author Full Names",
    "BF": "Book Author Full Names",
    "CA": "Group Authors",
    "TI": "Article Title",
    "SO": "Source Title",
    "SE": "Book Series Title",
    "BS": "Book Series Subtitle",
    "LA": "Language",
    "DT": "Document Type",
    "CT": "Conference Title",
    "CY": "Conference Date",
    "CL": "Conference Location",
    "SP": "Conference Sponsor",
    "HO": "Conference Host",
    "DE": "Author Keywords",
    "ID": "Keywords Plus",
    "AB": "Abstract",
    "C1": "Addresses",
    "C3": "Affiliations",
    "RP": "Reprint Addresses",
    "EM": "Email Addresses",
    "RI": "Researcher Ids",
    "OI": "ORCIDs",
    "FU": "Funding Orgs",
    "FP": "Funding Name Preferred",
    "FX": "Funding Text",
    "CR": "Cited References",
    "NR": "Cited Reference Count",
    "TC": "Times Cited, WoS Core",
    "Z9": "Times Cited, All Databases",
    "U1": "180 Day Usage Count",
    "U2": "Since 2013 Usage Count",
    "PU": "Publisher",
    "PI": "Publisher City",
    "PA": "Publisher Address",
    "SN": "ISSN",
    "EI": "eISSN",
    "BN": "ISBN",
    "J9": "Journal Abbreviation",
    "JI": "Journal ISO Abbreviation",
    "PD": "Publication Date",
    "PY": "Publication Year",
    "VL": "Volume",
    "IS": "Issue",
    "PN": "Part Number",
    "SU": "Supplement",
    "SI": "Special Issue",
    "MA": "Meeting Abstract",
    "BP": "Start Page",
    "EP": "End Page",
    "AR": "Article Number",
    "DI": "DOI",
    "D2": "Book DOI",
    "EA": "Early Access Date",
    "PG": "Number of Pages",
    "WC": "WoS Categories",
    "WE": "Web of Science Index",
    "SC": "Research Areas",
    "GA": "IDS Number",
    "PM": "Pubmed Id",
    "OA": "Open Access Designations",
    "HC": "Highly Cited Status",
    "HP": "Hot Paper Status",
    "DA": "Date of Export",
    "UT": "UT (Unique WOS ID)",
}
_OTHER_NAMES = {
    "unique wos id": "UT",
    "ut (unique id)": "UT",
    "ut": "UT",
    "times cited, wos core collection": "TC",
    "wos index": "WE",
}
_TAG_OF = {name.casefold(): tag for tag, name in _LONG_NAMES.items()} | _OTHER_NAMES
# Tags without a long name that tab-delimited exports use.
TAGS = frozenset(_LONG_NAMES) | {"DL", "P2", "PS", "EY", "FN", "VR", "SR"}
# Scopus and others share "Authors" or "Abstract"; these long names only Web of Science prints.
_TELLING = frozenset({"TI", "UT", "WC", "WE", "TC", "ID", "RP", "GA"})
_TITLE_AND = frozenset({"AU", "UT", "SO", "PT"})
_NEVER_DATA = frozenset({"DL", "FN", "VR"})

_OUTSIDE_BRACKETS = re.compile(r";\s+(?![^\[\]]*\])")
_SPACE = re.compile(r"\s+")
_LINE_END = re.compile(r"\s*[\r\n\t]\s*")
# Workbooks print "address.;Next, A (corresponding author)" where plain text has a space.
_NEXT_ADDRESS = re.compile(r"\.;(?=\S)")
CELL_LIMIT = 32_767  # characters that a cell of a workbook can hold


def tag_of(column: str) -> str:
    """The tag of a column by its long name or by the tag itself; ``""`` for any other.

    >>> tag_of("Article Title"), tag_of("TI"), tag_of("Times Cited, WoS  Core"), tag_of("Notes")
    ('TI', 'TI', 'TC', '')
    """
    name = _SPACE.sub(" ", column.replace("\ufeff", "")).strip()
    if name in TAGS:
        return name
    return _TAG_OF.get(name.casefold(), "")


def header_tags(cells: Sequence[str]) -> list[str] | None:
    """The tags of a header row of Web of Science, ``""`` for columns it does not have.

    None for any other row: a header names the title, the authors, source or accession number, and
    at least one column that no other database calls so. A tag named twice counts once.

    >>> header_tags(["PT", "AU", "TI", "SO"])
    ['PT', 'AU', 'TI', 'SO']
    >>> header_tags(["Authors", "Article Title", "My notes"])
    ['AU', 'TI', '']
    >>> header_tags(["Authors", "Title", "Abstract"]) is None
    True
    """
    tags = [tag_of(cell) for cell in cells]
    found = set(tags) - {""}
    named = sum(bool(cell.strip()) for cell in cells)
    if "TI" not in found or not found & _TITLE_AND or 2 * len(found) < named:
        return None
    by_tag = sum(cell.strip() in TAGS for cell in cells)
    if not by_tag and not found & _TELLING:
        return None
    seen: set[str] = set()
    for place, tag in enumerate(tags):
        if tag in seen or tag in _NEVER_DATA:
            tags[place] = ""
        seen.add(tag)
    return tags


def split(tag: str, value: str) -> list[str]:
    """The entries of a listed tag from one cell: "; " stands between them.

    >>> split("C1", "[Wu, S.; Li, Q.] Univ X, Japan; Univ Y, France")
    ['[Wu, S.; Li, Q.] Univ X, Japan', 'Univ Y, France']
    """
    parts = _OUTSIDE_BRACKETS.split(value) if tag == "C1" else value.split("; ")
    return [p.strip() for p in parts if p.strip()]


def record(line: int, tags: Sequence[str], fields: Iterable[str]) -> RawRecord:
    """The record of one row; blank cells and columns without tag are left out.

    >>> record(2, ["AU", "", "PY"], ["Wu, S; Li, Q", "read it", "2020"]).listed
    {'AU': ['Wu, S', 'Li, Q']}
    """
    listed: dict[str, list[str]] = {}
    joined: dict[str, str] = {}
    lines: dict[str, int] = {}
    for tag, printed in zip(tags, fields, strict=False):
        value = printed.strip()
        if not value or not tag:
            continue
        lines[tag] = line
        if tag in LISTED:
            listed[tag] = split(tag, value)
        else:
            joined[tag] = _NEXT_ADDRESS.sub(".; ", value) if tag == "RP" else value
    return RawRecord(line, listed, joined, lines)


@dataclass
class Rows:
    """Gathers the rows of a table below its header: records, those rejected, and their count.

    >>> rows = Rows("a.xlsx", ["Authors", "Article Title"])
    >>> rows.take(2, ["Wu, S", "A title"]); rows.take(3, ["", ""]); rows.take(4, ["Li, Q"])
    >>> made = rows.reading()
    >>> len(made.records), [(f.line, f.reason) for f in made.findings], made.announced
    (2, [], 2)
    """

    name: str
    header: Sequence[str]
    cell_limit: int | None = None
    records: list[RawRecord] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    announced: int = 0

    def __post_init__(self) -> None:
        self.tags = header_tags(self.header) or []
        self._header = [cell.strip() for cell in self.header]

    def take(self, line: int, cells: Sequence[str]) -> None:
        """One row. Blank rows and a header repeated by joining parts are no records."""
        values = [_LINE_END.sub(" ", cell).strip() for cell in cells]
        if not any(values) or values[: len(self._header)] == self._header:
            return
        self.announced += 1
        text = "\t".join(values).rstrip("\t")
        if any(values[len(self.tags) :]):
            self.reject(line, "", f"{len(text.split(chr(9)))} cells where the header has {len(self.tags)}", text)
            return
        made = record(line, self.tags, values)
        if not (made.joined.keys() | made.listed.keys()) - {"PT"}:
            self.reject(line, "", "row without any field of a record", text)
            return
        if self.cell_limit:
            self._full_cells(made, cells)
        self.records.append(made)

    def reject(self, line: int, tag: str, reason: str, text: str) -> None:
        """Enter a row that makes no record."""
        self.findings.append(Finding(REJECTED, self.name, line, tag, reason, text))

    def reading(self, source: str = "Web of Science") -> Reading:
        """What the rows made."""
        return Reading(self.records, self.findings, self.notes, self.announced, source, frozenset(self.tags))

    def _full_cells(self, made: RawRecord, cells: Sequence[str]) -> None:
        for tag, cell in zip(self.tags, cells, strict=False):
            if not tag or 2 * len(cell) < self.cell_limit:
                continue
            if len(cell.encode("utf-16-le", "replace")) // 2 == self.cell_limit:  # the unit of workbooks
                reason = f"cell filled to the {self.cell_limit:,} characters it can hold: its end is missing"
                if len(made.listed.get(tag, ())) > 1:
                    made.listed[tag].pop()
                    reason += ", and its last entry was left out"
                self.findings.append(Finding(REPAIRED, self.name, made.line, tag, reason, cell[-200:].strip()))
