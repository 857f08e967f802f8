"""Web of Science tab-delimited: a header row of two-letter tags, one record a line, no quoting."""

from __future__ import annotations

import re

from livingreview.corpus.ledger import REJECTED, TRUNCATED, Finding
from livingreview.corpus.reading.raw import RawRecord, Reading
from livingreview.corpus.reading.tables import record
from livingreview.errors import InputError


NOT_CARRIED: tuple[str, ...] = ()
_TAG = re.compile(r"[A-Z][A-Z0-9]")


def recognises(head: str) -> bool:
    """Whether the first line is a header of two-letter tags, PT among them."""
    first = next((line for line in head.split("\n") if line.strip("\ufeff \t\r")), "")
    tags = [tag for tag in first.strip("\ufeff \t\r").split("\t") if tag]
    return len(tags) > 2 and "PT" in tags and all(_TAG.fullmatch(tag) for tag in tags)


def read(name: str, text: str) -> Reading:
    """Records of a tab-delimited export.

    Quotation marks are text. Web of Science ends the rows of some exports with one more tab than
    the header has; a line with any other number of fields is rejected, located, and its
    neighbours are read. A last line that breaks off is rejected as cut short.

    Raises InputError where there is no record at all.
    """
    lines = text.split("\n")
    first = next(n for n, line in enumerate(lines) if line.strip())
    header = lines[first].strip("\ufeff\r\n ").rstrip("\t").split("\t")
    width = len(header)
    records: list[RawRecord] = []
    findings: list[Finding] = []
    last = max(n for n, line in enumerate(lines) if line.strip())
    for index in range(first + 1, last + 1):
        line = lines[index]
        if not line.strip():
            continue
        number = index + 1
        fields = line.rstrip("\r").split("\t")
        if [f.strip("\ufeff ") for f in fields[:width]] == header:
            continue  # parts joined by hand repeat the header
        unterminated = index == len(lines) - 1
        if unterminated and (len(fields) < width or _cut(header, fields, records)):
            findings.append(Finding(REJECTED, name, number, "", TRUNCATED, line.rstrip("\r")))
            continue
        if len(fields) < width or any(f.strip() for f in fields[width:]):
            reason = f"{len(fields)} fields where the header has {width}"
            findings.append(Finding(REJECTED, name, number, "", reason, line.rstrip("\r")))
        elif not any(f.strip() for tag, f in zip(header, fields, strict=False) if tag != "PT"):
            reason = "record without any field but PT"
            findings.append(Finding(REJECTED, name, number, "PT", reason, line.rstrip("\r")))
        else:
            records.append(record(number, header, fields))
    if not records and not findings:
        raise InputError(name, "at least one record", "a header only", "repeat the export")
    return Reading(records, findings, [], len(records) + len(findings), columns=frozenset(header))


def _cut(header: list[str], fields: list[str], records: list[RawRecord]) -> bool:
    """Whether the last field, an accession number in every export, is shorter than all others."""
    if header[-1] != "UT" or not records:
        return False
    shortest = min(len(raw.joined.get("UT", "")) for raw in records)
    return len(fields[len(header) - 1].strip()) < shortest
