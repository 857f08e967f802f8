"""Scopus CSV, in the columns until 2022 and those since: names, addresses and references differ."""

from __future__ import annotations

import re

from livingreview.corpus.ledger import REPAIRED, Finding
from livingreview.corpus.reading.delimited import Delimited, Row, header_of
from livingreview.corpus.reading.raw import RawRecord, Reading
from livingreview.corpus.reading.scopus_people import addresses, correspondence, full_names, names
from livingreview.corpus.reading.scopus_references import reference, split_references
from livingreview.errors import InputError

SOURCE = "Scopus"
NOT_CARRIED: tuple[str, ...] = (
    "CR",  # as ``references``, and only what is certain of them
    "NR",
    "FU",  # funders and grants, told apart where the file does
    *("PT", "WC", "SC", "WE", "C3", "RI", "OI", "J9", "EI", "Z9", "U1", "U2", "PI", "PA"),
    *("PD", "EA", "DA", "PN", "SU", "SI", "MA", "HC", "HP", "CA", "GA"),
)
# Columns whose text is taken as it stands, by tag; the others need a reading of their own.
_PLAIN = {
    "title": "TI", "year": "PY", "source title": "SO", "volume": "VL", "issue": "IS",
    "art. no.": "AR", "article number": "AR", "page start": "BP", "page end": "EP", "page count": "PG",
    "cited by": "TC", "doi": "DI", "abstract": "AB", "author keywords": "DE", "index keywords": "ID",
    "publisher": "PU", "conference name": "CT", "conference date": "CY", "conference location": "CL",
    "sponsors": "SP", "pubmed id": "PM", "language of original document": "LA", "editors": "BE",
    "abbreviated source title": "JI", "document type": "DT", "open access": "OA", "isbn": "BN",
}  # fmt: skip
_NEEDED = {"authors", "title", "year", "source title"}
_TELLING = {"eid", "cited by", "author(s) id", "document type"}
_EID = re.compile(r"2-s2\.0-\d+")
_LAST_EID = re.compile(r'2-s2\.0-\d+"?[ \r]*$', re.M)
_ABSENT = re.compile(r"\[No [\w() ]+ available\]", re.I)
_FUNDING_TEXT = re.compile(r"funding texts?(?: \d+)?")
_SPACE = re.compile(r"\s+")


def recognises(head: str) -> bool:
    """Whether a text begins with the columns of a Scopus CSV.

    >>> recognises("Authors,Title,Year,Source title,Cited by,EID\\n")
    True
    >>> recognises("Authors,Article Title,Source Title\\n")
    False
    """
    columns = {column.casefold() for column in header_of(head)}
    return columns >= _NEEDED and bool(columns & _TELLING)


def read(name: str, text: str) -> Reading:
    """Records of a Scopus CSV.

    Authors are told apart by ", " or "; " as the file has them, addresses joined to authors by the
    names that begin them, references taken apart as far as certain. ``ID`` holds the index
    keywords, ``UT`` the EID. Scopus prints as many columns "Funding Text" as the longest record
    needs; a row with more of them than the header is aligned from both ends and told as a repair.

    Raises
    ------
    InputError
        A file with none of Scopus's columns, or without any record.
    """
    table = Delimited(name, text)
    columns = [column.casefold() for column in table.header]
    if not set(columns) >= _NEEDED:
        raise InputError(
            name,
            "a CSV export of Scopus",
            f"the columns {', '.join(table.header[:8])}",
            "export from Scopus as CSV, all information",
        )
    by_identity = columns[-1] == "eid"

    def fits(fields: list[str]) -> bool:
        more = len(fields) - len(columns)
        if more == 0:
            return True
        whole = by_identity and _EID.fullmatch(fields[-1].strip()) and fields[-2].strip() == SOURCE
        return bool(whole) and 0 < more <= 9 and any(map(_FUNDING_TEXT.fullmatch, columns))

    rows = table.rows(fits, identity_last=by_identity)
    if not rows and not table.findings:
        raise InputError(name, "at least one record", "a header only", "repeat the export")
    new = "author full names" in columns or _has_semicolons(rows, columns.index("authors"))
    findings = list(table.findings)
    records = []
    for row in rows:
        values, repair = _values(columns, row)
        if repair:
            findings.append(Finding(REPAIRED, name, row.line, "FX", repair, ""))
        records.append(_record(name, row.line, values, new, findings))
    announced = len(_LAST_EID.findall(text)) if by_identity else None
    return Reading(records, findings, [], announced, SOURCE)


def _has_semicolons(rows: list[Row], place: int) -> bool:
    return any("; " in row.fields[place] for row in rows)


def _values(columns: list[str], row: Row) -> tuple[dict[str, str], str]:
    """The filled fields by column, and what had to be repaired to tell which is which."""
    more = len(row.fields) - len(columns)
    repair = ""
    if more:
        last = max(n for n, column in enumerate(columns) if _FUNDING_TEXT.fullmatch(column)) + 1
        columns = [*columns[:last], *(f"funding text +{n}" for n in range(more)), *columns[last:]]
        repair = f"{more} more fields than the header has; read as further texts on funding"
    found = {}
    for column, field, quoted in zip(columns, row.fields, row.quoted, strict=True):
        value = field.strip()
        # R writes a missing value as NA without quotation marks.
        if value and not _ABSENT.fullmatch(value) and (quoted or value != "NA"):
            found[column] = value
    return found, repair


def _record(name: str, line: int, values: dict[str, str], new: bool, findings: list[Finding]) -> RawRecord:
    joined = {}
    for column, tag in _PLAIN.items():
        if column in values:
            joined[tag] = _SPACE.sub(" ", values[column])
    listed = {}
    if "authors" in values:
        listed["AU"], doubt = names(values["authors"], values.get("author(s) id", ""))
        if doubt:
            findings.append(Finding(REPAIRED, name, line, "AU", doubt, values["authors"]))
    if full := full_names(values.get("author full names", "")):
        listed["AF"] = full
    affiliated = addresses(
        listed.get("AU", []), full, values.get("authors with affiliations", ""), values.get("affiliations", "")
    )
    if affiliated:
        listed["C1"] = affiliated
    reprint, mails = correspondence(values.get("correspondence address", ""), listed.get("AU", []))
    texts = [value for column, value in values.items() if column.startswith("funding text")]
    joined |= {
        tag: value
        for tag, value in (
            ("UT", _identity(values)),
            ("SN", _issn(values.get("issn", ""))),
            ("FX", _SPACE.sub(" ", " ".join(texts))),
            ("FU", funding(values.get("funding details", ""))),
            ("RP", reprint),
            ("EM", mails),
        )
        if value
    }
    references = [
        reference(printed, new)
        for printed in split_references(_SPACE.sub(" ", values.get("references", "")), new)
    ]
    return RawRecord(line, listed, joined, dict.fromkeys([*listed, *joined], line), references or None)


def _identity(values: dict[str, str]) -> str:
    found = _EID.search(values.get("eid", "") or values.get("link", ""))
    return found[0] if found else ""


def _issn(value: str) -> str:
    """Eight characters get the hyphen that Scopus leaves out."""
    parts = re.split(r"[;,]\s*", value)
    return "; ".join(f"{p[:4]}-{p[4:]}" if re.fullmatch(r"\d{7}[\dXx]", p) else p for p in parts if p)


def funding(value: str) -> str:
    """Funders with their grants in brackets, as Web of Science has them.

    >>> funding("NSF of Hunan, (2022JJ30412); Medical Research Council,\\xa0MRC: MR/1,\\xa0MR/2")
    'NSF of Hunan [2022JJ30412]; Medical Research Council, MRC [MR/1, MR/2]'
    """
    found = []
    for entry in re.split(r";\s", value):
        entry = _SPACE.sub(" ", entry).strip()
        grants = re.fullmatch(r"(.+?), \(([^()]+)\)", entry) or re.fullmatch(r"(.+?): (.+)", entry)
        found.append(f"{grants[1]} [{grants[2]}]" if grants else entry)
    return "; ".join(entry for entry in found if entry)
