"""The database that an accession number tells."""

from __future__ import annotations

from livingreview.corpus.reading.raw import RawRecord

_BEGINNINGS = {"WOS:": "Web of Science", "ISI:": "Web of Science", "2-S2.0-": "Scopus"}


def database_of(accession: str) -> str:
    """The database of an accession number, ``""`` where it tells none.

    >>> database_of("WOS:000123"), database_of("2-s2.0-85"), database_of("123")
    ('Web of Science', 'Scopus', '')
    """
    number = accession.upper()
    return next((name for start, name in _BEGINNINGS.items() if number.startswith(start)), "")


def common_database(records: list[RawRecord], other: str) -> str:
    """The database all records come from; ``other`` where they name none, or several."""
    found = {database_of(record.joined.get("UT", "")) for record in records}
    return found.pop() or other if len(found) == 1 else other
