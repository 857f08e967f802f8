"""Lens CSV: scholarly works as lens.org exports them."""

from __future__ import annotations

import datetime
import re

from livingreview.corpus.reading.delimited import Delimited, Row, header_of
from livingreview.corpus.reading.raw import RawRecord, Reading
from livingreview.errors import InputError

SOURCE = "The Lens"
NOT_CARRIED: tuple[str, ...] = (
    "CR",  # only the Lens IDs of the works cited, as ``references``
    "FU",  # funders without grants
    "OA",  # its colour only
    *("C1", "C3", "RP", "EM", "RI", "OI", "FX", "NR", "Z9", "U1", "U2", "LA", "WC", "SC", "WE"),
    *("PT", "J9", "JI", "EI", "BN", "PI", "PA", "AR", "PN", "SU", "SI", "MA", "PG", "EA", "DA"),
    *("CT", "CA", "HC", "HP"),
)
_PLAIN = {
    "lens id": "UT", "title": "TI", "publication year": "PY", "publication type": "DT",
    "source title": "SO", "publisher": "PU", "abstract": "AB", "volume": "VL", "issue number": "IS",
    "start page": "BP", "end page": "EP", "keywords": "DE", "funding": "FU", "pmid": "PM", "doi": "DI",
    "citing works count": "TC", "open access colour": "OA",
}  # fmt: skip
_NEEDED = {"lens id", "title", "author/s"}
_LENS_ID = re.compile(r"\d{3}-\d{3}-\d{3}-\d{3}-\d{2}[\dX]")
_FIRST_LENS_ID = re.compile(rf'^"?{_LENS_ID.pattern}"?[,;\t]', re.M)
_SPACE = re.compile(r"\s+")


def recognises(head: str) -> bool:
    """Whether a text begins with the columns of a Lens CSV.

    >>> recognises("Lens ID,Title,Author/s\\n"), recognises("Title,Authors\\n")
    (True, False)
    """
    return {column.casefold() for column in header_of(head)} >= _NEEDED


def read(name: str, text: str) -> Reading:
    """Records of a Lens CSV.

    Names stand first name first and are both ``AU`` and ``AF``; ``ID`` holds the fields of study
    and MeSH terms, the keywords that the database gave; ``TC`` counts citing works; ``references``
    are the Lens IDs of the works cited, which say no more than that.

    Raises
    ------
    InputError
        A file with none of the columns of the Lens, or without any record.
    """
    table = Delimited(name, text)
    columns = [column.casefold() for column in table.header]
    if not set(columns) >= _NEEDED:
        found = f"the columns {', '.join(table.header[:8])}"
        raise InputError(name, "a CSV export of the Lens", found, "export from lens.org as CSV, all fields")
    rows = table.rows()
    if not rows and not table.findings:
        raise InputError(name, "at least one record", "a header only", "repeat the export")
    records = [_record(columns, row) for row in rows]
    announced = len(_FIRST_LENS_ID.findall(text)) if columns[0] == "lens id" else None
    return Reading(records, table.findings, [], announced, SOURCE)


def _record(columns: list[str], row: Row) -> RawRecord:
    values = {
        column: _SPACE.sub(" ", field).strip()
        for column, field, quoted in zip(columns, row.fields, row.quoted, strict=True)
        if field.strip() and (quoted or field.strip() != "NA")  # R writes missing values so
    }
    joined = {tag: values[column] for column, tag in _PLAIN.items() if column in values}
    given = [*_entries(values.get("fields of study", "")), *_entries(values.get("mesh terms", ""))]
    if given:
        joined["ID"] = "; ".join(dict.fromkeys(given))
    if issns := _entries(values.get("issns", "")):
        joined["SN"] = "; ".join(f"{i[:4]}-{i[4:]}" if re.fullmatch(r"\d{7}[\dXx]", i) else i for i in issns)
    if day := _day(values.get("date published", "")):
        joined["PD"] = day
    names = _entries(values.get("author/s", ""))
    listed = {"AU": names, "AF": list(names)} if names else {}
    cited = [(i, "", None, "", "", "", "") for i in _entries(values.get("references", ""))]
    return RawRecord(row.line, listed, joined, dict.fromkeys([*listed, *joined], row.line), cited or None)


def _entries(value: str) -> list[str]:
    return [part for part in map(str.strip, value.split(";")) if part]


def _day(printed: str) -> str:
    """A date as Web of Science prints it: "NOV 22" for 2020-11-22."""
    try:
        day = datetime.date.fromisoformat(printed)
    except ValueError:
        return ""
    months = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
    return f"{months[day.month - 1]} {day.day}"
