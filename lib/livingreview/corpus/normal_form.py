"""From the tags of a record to the rows of the normal form, for every layout of export."""

from __future__ import annotations

import hashlib
from operator import itemgetter

import pandas as pd
import pyarrow as pa

from livingreview.corpus import fields
from livingreview.corpus.ledger import REPAIRED, Finding
from livingreview.corpus.reading.raw import RawRecord
from livingreview.corpus.schema import INTEGER, TABLES, TEXT
from livingreview.names.countries import country_of
from livingreview.names.institutions import institution_of

_PLAIN = (
    ("title", "TI"), ("abstract", "AB"), ("source_title", "SO"), ("language", "LA"),
    ("volume", "VL"), ("issue", "IS"), ("first_page", "BP"), ("last_page", "EP"),
    ("article_number", "AR"), ("issue_date_printed", "PD"), ("early_date_printed", "EA"),
    ("harvested", "DA"),
)  # fmt: skip
_LISTS = (
    ("keywords", "author", "DE"), ("keywords", "plus", "ID"),
    ("categories", "WC", "WC"), ("categories", "SC", "SC"),
)  # fmt: skip
_ARROW = {TEXT: pa.large_string(), INTEGER: pa.int64()}
_IDENTITY = ("DI", "TI", "SO", "PY", "VL", "BP", "AR")


class Builder:
    """Gathers the rows of all tables, record by record, and turns them into frames at the end.

    Rows are plain tuples in the order of the schema: a frame a record would take most of the time.
    """

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple]] = {name: [] for name in TABLES}
        self._of_accession: dict[str, str] = {}
        self._texts: dict[str, int] = {}
        self.findings: list[Finding] = []

    def read_before(self, raw: RawRecord) -> str:
        """Where the same accession number was read first, ``""`` if it was not (or has none)."""
        return self._of_accession.get(_accession(raw), "")

    def add(self, file: str, raw: RawRecord) -> None:
        """Append one record; a field that cannot be read as it stands becomes a repair."""
        self._file, self._raw = file, raw
        if accession := _accession(raw):
            record = accession
            self._of_accession[accession] = f"{file}, line {raw.line}"
        else:
            record = self._from_text(raw)
        cited = self._addresses(record)
        self._record(record)
        self._authors(record)
        for table, kind, tag in _LISTS:
            self._list(table, tag, record, kind)
        self._list("affiliations", "C3", record)
        self._references(record, cited + raw.listed.get("CR", []))

    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables of the normal form, rows in the order added."""
        made = {}
        for name, columns in TABLES.items():
            rows = self._rows[name]
            # Through Arrow, which checks the types and is much faster than a Series a column.
            arrays = {
                column.name: pa.array(list(map(itemgetter(place), rows)), _ARROW[column.dtype])
                for place, column in enumerate(columns)
            }
            frame = pa.table(arrays).to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
            made[name] = frame.astype({column.name: column.dtype for column in columns})
        return made

    def _from_text(self, raw: RawRecord) -> str:
        parts = [raw.joined.get(tag, "") for tag in _IDENTITY] + raw.listed.get("AU", [])
        digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
        again = self._texts[digest] = self._texts.get(digest, 0) + 1
        return f"text:{digest}" if again == 1 else f"text:{digest}-{again}"

    def _repair(self, tag: str, reason: str, text: str) -> None:
        line = self._raw.lines.get(tag, self._raw.line)
        self.findings.append(Finding(REPAIRED, self._file, line, tag, reason, text))

    def _integer(self, tag: str) -> int | None:
        printed = self._raw.joined.get(tag, "")
        if not printed:
            return None
        if printed.isascii() and printed.isdigit():
            return int(printed)
        self._repair(tag, "expected a whole number; left missing", printed)
        return None

    def _issue_year(self) -> int | None:
        year = self._integer("PY")
        if year is not None and not 1500 <= year <= 2100:
            self._repair("PY", "expected a year; left missing", str(year))
            return None
        return year

    def _early_year(self, printed: str) -> int | None:
        year = fields.year_of(printed)
        if printed and year is None:
            self._repair("EA", "expected month and year; year left missing", printed)
        return year

    def _record(self, record: str) -> None:
        joined = self._raw.joined
        early = joined.get("EA", "")
        values = {name: joined.get(tag, "") for name, tag in _PLAIN}
        values |= {
            "record": record,
            "file": self._file,
            "line": self._raw.line,
            "accession": joined.get("UT", ""),
            "doi": fields.first_doi(joined.get("DI", "")),
            "document_types": "; ".join(fields.split_list(joined.get("DT", ""))),
            "issue_year": self._issue_year(),
            "issue_month": fields.month_of(joined.get("PD", "")),
            "early_year": self._early_year(early),
            "early_month": fields.month_of(early),
            "times_cited": self._integer("TC"),
            "reference_count": self._integer("NR"),
        }
        self._rows["records"].append(tuple(values[c.name] for c in TABLES["records"]))

    def _authors(self, record: str) -> None:
        printed, full = self._raw.listed.get("AU", []), self._raw.listed.get("AF", [])
        if len(full) != len(printed):
            full = [""] * len(printed)
        pairs = zip(printed, full, strict=True)
        rows = self._rows["authors"]
        rows.extend((record, n, au, af) for n, (au, af) in enumerate(pairs, start=1))

    def _addresses(self, record: str) -> list[str]:
        """Add the addresses; return cited references that stand among them without their tag."""
        lines = self._raw.listed.get("C1", [])
        if cited := [line for line in lines if fields.looks_cited(line)]:
            lines = [line for line in lines if not fields.looks_cited(line)]
            self._repair("C1", f"{len(cited)} cited references without CR; read as CR", cited[0])
        given = [fields.address(line) for line in lines]
        for place, address in enumerate(given, start=1):
            self._address(record, place, "author", address)
        self._links(record, given)
        if value := self._raw.joined.get("RP", ""):
            reprint, marked = fields.reprint_addresses(value)
            if not marked:
                self._repair("RP", "no mark of the corresponding author; all read as address", value)
            for place, address in enumerate(reprint, start=1):
                self._address(record, place, "reprint", address)
        return cited

    def _address(self, record: str, place: int, role: str, address: fields.Address) -> None:
        printed = address.printed
        organisation, institution = institution_of(printed)
        country_printed, country = country_of(printed)
        authors = "; ".join(address.authors)
        self._rows["addresses"].append(
            (record, place, role, printed, authors, organisation, institution, country_printed, country)
        )

    def _links(self, record: str, given: list[fields.Address]) -> None:
        """Link authors to addresses by the bracketed names; a sole author has every address."""
        names = self._raw.listed.get("AU", [])
        places: dict[str, int] = {}
        for tag in ("AF", "AU"):
            values = self._raw.listed.get(tag, [])
            if len(values) == len(names):
                for place, name in enumerate(values, start=1):
                    places.setdefault(name, place)
        rows = self._rows["author_addresses"]
        for number, address in enumerate(given, start=1):
            authors = address.authors
            if not authors and len(names) == 1:
                rows.append((record, 1, number))
            linked = {places[name] for name in authors if name in places}
            rows.extend((record, place, number) for place in sorted(linked))

    def _list(self, table: str, tag: str, record: str, *kind: str) -> None:
        if value := self._raw.joined.get(tag, ""):
            entries = enumerate(fields.split_list(value), start=1)
            self._rows[table].extend((record, *kind, n, printed) for n, printed in entries)

    def _references(self, record: str, printed: list[str]) -> None:
        rows = self._rows["references"]
        parse = fields.cited_reference
        rows.extend(
            (record, n, text, *parse(text)) for n, text in enumerate(printed, start=1)
        )


def _accession(raw: RawRecord) -> str:
    # The same number was printed as ISI:... before 2011 and as WOS:... since.
    accession = raw.joined.get("UT", "").upper()
    return f"WOS:{accession[4:]}" if accession.startswith("ISI:") else accession


# The order of the tuples above is that of the schema; a changed schema must be noticed here.
for _table, _columns in {
    "authors": ["record", "position", "printed", "full_name"],
    "author_addresses": ["record", "author_position", "address_position"],
    "keywords": ["record", "kind", "position", "printed"],
    "categories": ["record", "kind", "position", "printed"],
    "affiliations": ["record", "position", "printed"],
    "addresses": "record position role printed authors_printed organisation_printed institution"
    " country_printed country".split(),
    "references": "record position printed first_author year source_title volume page doi".split(),
}.items():
    if [c.name for c in TABLES[_table]] != _columns:
        raise ImportError(f"corpus.normal_form writes other columns than the schema: {_table}")
