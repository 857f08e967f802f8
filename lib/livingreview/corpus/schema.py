"""The normal form of a corpus: a few tables, each column with its type, meaning and origin.

Every table is keyed by ``record``. The printed form is kept beside what was interpreted, so that
an auditor can always go back to what the export said. Missing text is ``""``; a missing number
is ``<NA>`` (dtype ``Int64``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    import pandas as pd

TEXT, INTEGER = "str", "Int64"


@dataclass(frozen=True)
class Column:
    """A column: pandas dtype, what it means, and the Web of Science tag it comes from."""

    name: str
    dtype: str
    meaning: str
    tag: str = ""


def _t(name: str, meaning: str, tag: str = "") -> Column:
    return Column(name, TEXT, meaning, tag)


def _n(name: str, meaning: str, tag: str = "") -> Column:
    return Column(name, INTEGER, meaning, tag)


_RECORD = _t("record", "identity of the record: accession number, else a hash of its text", "UT")
_POSITION = _n("position", "place in the printed list, from 1")

TABLES: dict[str, tuple[Column, ...]] = {
    "records": (
        _RECORD,
        _t("file", "name of the file the record was read from"),
        _n("line", "line of that file where the record starts, from 1"),
        _t("source", "database the record was exported from"),
        _t("accession", "accession number", "UT"),
        _t("doi", "digital object identifier, lower case", "DI"),
        _t("title", "title", "TI"),
        _t("abstract", "abstract", "AB"),
        _t("source_title", "journal, book or proceedings as printed", "SO"),
        _t("source_abbreviated", "title of the source, ISO abbreviation, else the 29-character one", "JI/J9"),
        _t("publication_type", "J journal, B book, S series, P patent, C conference", "PT"),
        _t("document_types", "document types, joined by '; '", "DT"),
        _t("language", "language of the text", "LA"),
        _n("issue_year", "year of final publication", "PY"),
        _n("issue_month", "month of final publication where a month is printed", "PD"),
        _t("issue_date_printed", "publication date as printed", "PD"),
        _n("early_year", "year of early access", "EA"),
        _n("early_month", "month of early access", "EA"),
        _t("early_date_printed", "early access date as printed", "EA"),
        _t("harvested", "day of the export as printed, YYYY-MM-DD", "DA"),
        _t("volume", "volume", "VL"),
        _t("issue", "issue", "IS"),
        _t("first_page", "first page", "BP"),
        _t("last_page", "last page", "EP"),
        _t("article_number", "article number", "AR"),
        _t("part_number", "part of the issue", "PN"),
        _t("supplement", "supplement of the issue", "SU"),
        _t("special_issue", "special issue", "SI"),
        _t("meeting_abstract", "number of the meeting abstract", "MA"),
        _n("page_count", "pages as counted by the database", "PG"),
        _t("publisher", "publisher", "PU"),
        _t("issn", "ISSN of the printed journal", "SN"),
        _t("eissn", "ISSN of the electronic journal", "EI"),
        _t("isbn", "ISBN, the first printed", "BN"),
        _t("conference", "title of the conference", "CT"),
        _t("group_authors", "group authors, joined by '; '", "CA"),
        _t("emails", "e-mail addresses as printed", "EM"),
        _t("pubmed", "PubMed number", "PM"),
        _t("open_access", "open access status as printed", "OA"),
        _t("highly_cited", "'Y' for a highly cited paper of the Essential Science Indicators", "HC"),
        _t("hot_paper", "'Y' for a hot paper of the Essential Science Indicators", "HP"),
        _t("index", "index of the Core Collection as printed", "WE"),
        _t("funding_text", "acknowledgement of funding", "FX"),
        _n("times_cited", "citations at harvest, Core Collection", "TC"),
        _n("times_cited_all", "citations at harvest, all databases", "Z9"),
        _n("usage_180_days", "usage count of the last 180 days", "U1"),
        _n("usage_since_2013", "usage count since 2013", "U2"),
        _n("reference_count", "cited references as announced", "NR"),
    ),
    "authors": (
        _RECORD,
        _POSITION,
        _t("printed", "name as printed", "AU"),
        _t("full_name", "full name as printed", "AF"),
    ),
    "addresses": (
        _RECORD,
        _n("position", "place in the printed list of its role, from 1", "C1/RP"),
        _t("role", "'author' for an author address, 'reprint' for the corresponding one", "C1/RP"),
        _t("printed", "address as printed, without the bracketed authors", "C1/RP"),
        _t("authors_printed", "authors of the address as printed, joined by '; '", "C1/RP"),
        _t("organisation_printed", "first part of the address, as printed"),
        _t("institution", "institution: the name used, else as printed"),
        _t("country_printed", "country as printed, without postcode or full stop"),
        _t("country", "ISO 3166-1 alpha-3 code, '' if unknown"),
    ),
    "author_addresses": (
        _RECORD,
        _n("author_position", "place of the author in AU, from 1"),
        _n("address_position", "position of the address among those of role 'author'"),
    ),
    "author_ids": (
        _RECORD,
        _t("kind", "'orcid' (OI) or 'researcher' (RI)", "OI/RI"),
        _POSITION,
        _t("name_printed", "name as printed with the identifier", "OI/RI"),
        _t("identifier", "ORCID iD or ResearcherID", "OI/RI"),
        _n("author_position", "place of the author in AU, from 1; missing where the name matches none or two"),
    ),
    "funding": (
        _RECORD,
        _POSITION,
        _t("printed", "funder and grants as printed", "FU"),
        _t("funder", "funder as printed, without the grants", "FU"),
        _t("grants", "grant numbers, joined by '; '", "FU"),
    ),
    "affiliations": (
        _RECORD,
        _POSITION,
        _t("printed", "organisation as Web of Science unified it: a system and its campus", "C3"),
    ),
    "keywords": (
        _RECORD,
        _t("kind", "'author' (DE), 'plus' (ID) or 'review' (given by the review's text)", "DE/ID"),
        _POSITION,
        _t("printed", "keyword as printed"),
    ),
    "categories": (
        _RECORD,
        _t("kind", "'WC' Web of Science category or 'SC' research area", "WC/SC"),
        _POSITION,
        _t("printed", "category as printed"),
    ),
    "references": (
        _RECORD,
        _POSITION,
        _t("printed", "cited reference as printed", "CR"),
        _t("first_author", "first author as printed"),
        _n("year", "year"),
        _t("source_title", "abbreviated source"),
        _t("volume", "volume"),
        _t("page", "page or article number"),
        _t("doi", "first DOI, lower case"),
    ),
    "duplicates": (
        _RECORD,
        _t("member", "identity of the record that was merged into it"),
        _t("file", "name of the file the merged record was read from"),
        _n("line", "line of that file where it starts"),
        _t("source", "database it was exported from"),
        _t("reason", "'accession', 'doi', 'title' or 'decision'"),
        _t("similarity", "similarity of the titles, 0 to 1; 1 for an exact key"),
        _t("linked_to", "the record of the cluster it was found alike to"),
        _t("won_by", "the first criterion by which the kept record won"),
    ),
    "merged_fields": (
        _RECORD,
        _t("field", "column of records, or table, that was merged"),
        _t("kind", "'filled': the kept record had none; 'kept': both had one, and differ"),
        _t("value", "value that stands"),
        _t("other", "value set aside"),
        _t("member", "the merged record it comes from"),
    ),
    "undecided": (
        _RECORD,
        _t("other", "the record it may be the same as"),
        _t("reason", "what they share"),
        _t("similarity", "similarity of the titles, 0 to 1"),
        _t("differs", "what speaks against it, joined by '; '"),
    ),
    "assignments": (
        _RECORD,
        _t("kind", "what the review's text assigns: technique, material, task, section, direction"),
        _t("value", "the value assigned"),
        _t("place", "where the review says so"),
    ),
}


@cache
def arrow_schema(table: str) -> pa.Schema:
    """The schema of a table as it is written: text without nulls, numbers that may be missing."""
    types = {TEXT: pa.string(), INTEGER: pa.int64()}
    return pa.schema([pa.field(c.name, types[c.dtype]) for c in TABLES[table]])


def empty(table: str) -> pd.DataFrame:
    """An empty table of the normal form with its columns and dtypes."""
    return frame(table, [])


def frame(table: str, rows: list[dict]) -> pd.DataFrame:
    """Rows as a checked table: columns in order, dtypes cast, missing text as ``""``.

    Raises KeyError for a column the schema does not know.

    >>> frame("authors", [{"record": "r1", "position": 1, "printed": "Wu, S"}]).shape
    (1, 4)
    """
    import pandas as pd  # here: an import of exports does without it

    columns = TABLES[table]
    known = {c.name for c in columns}
    for row in rows:
        if unknown := set(row) - known:
            raise KeyError(f"table {table} has no column {sorted(unknown)}")
    data = {}
    for column in columns:
        missing = "" if column.dtype == TEXT else pd.NA
        values = [row.get(column.name, missing) for row in rows]
        values = [missing if v is None else v for v in values]
        data[column.name] = pd.Series(values, dtype=column.dtype)
    return pd.DataFrame(data)
