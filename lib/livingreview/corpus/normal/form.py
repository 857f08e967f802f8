"""A block of records in the normal form: every table of the schema, and what was repaired."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from livingreview.corpus.ledger import Finding
from livingreview.corpus.normal import addresses, lists, people, records, references, spans
from livingreview.corpus.reading.columns import Columns, Values
from livingreview.corpus.reading.databases import database_of
from livingreview.corpus.schema import TABLES, arrow_schema

# Every tag that the normal form reads.
TAGS = records.TAGS | frozenset({"AU", "AF", "C1", "C3", "RP", "RI", "OI", "FU", "CR", "DE", "ID", "WC", "SC"})
_IDENTITY = ("DI", "TI", "SO", "PY", "VL", "BP", "AR")
_COLUMNS = {name: frozenset(c.name for c in columns) for name, columns in TABLES.items()}


@dataclass(frozen=True)
class Block:
    """Some consecutive records of one file in the normal form.

    Attributes
    ----------
    identities : list of str
        For each record its accession number, else a hash of its text (not yet unique).
    rows : dict
        For each table its columns; ``record`` is the number of the record in the block (int64).
    findings : list of Finding
        What was repaired, by line.
    """

    identities: list[str]
    rows: dict[str, dict]
    findings: list[Finding]

    def tables(self, identities: pa.StringArray) -> dict[str, pa.Table]:
        """The tables, with these identities for the records."""
        made = {}
        for name, rows in self.rows.items():
            columns = dict(rows)
            columns["record"] = identities if name == "records" else identities.take(pa.array(rows["record"]))
            if columns.keys() != _COLUMNS[name]:
                raise KeyError(f"table {name} is written with other columns than the schema's")
            schema = arrow_schema(name)
            made[name] = pa.Table.from_arrays([columns[field.name] for field in schema], schema=schema)
        return made


def form(file: str, source: str, columns: Columns, by_number: bool = False) -> Block:
    """The normal form of a block of records of one file.

    ``source`` is the database they were exported from; where ``by_number`` that of each record is
    told by its accession number first.
    """
    fields = records.Fields(file, columns)
    rows: dict[str, dict] = {"records": records.table(fields, source)}
    if by_number:
        rows["records"]["source"] = spans.texts([database_of(value) or source for value in fields.text("UT").to_pylist()])
    names = people.Names(columns)
    rows["authors"] = people.authors(columns, names)
    rows["author_ids"] = people.identifiers(columns, names)
    cited, printed_addresses = _stray_references(fields)
    of_author, rows["author_addresses"] = addresses.of_authors(printed_addresses.records, printed_addresses.text, names)
    of_reprint, unmarked = addresses.of_corresponding(columns)
    for place in unmarked:
        reason = "no mark of the corresponding author; all read as address"
        fields.repair("RP", place, reason, columns.of("RP").text[place].as_py())
    rows["addresses"] = addresses.table(of_author, of_reprint)
    rows["affiliations"] = lists.affiliations(columns)
    rows["funding"] = lists.funding(columns)
    rows["keywords"] = lists.of_kinds(columns, lists.KEYWORDS)
    rows["categories"] = lists.of_kinds(columns, lists.CATEGORIES)
    rows["references"] = _references(columns, cited)
    rows["assignments"] = {name: np.empty(0, np.int64) if name == "record" else spans.blank(0) for name in _COLUMNS["assignments"]}
    fields.findings.sort(key=lambda f: (f.line, f.field, f.reason))
    return Block(_identities(fields), rows, fields.findings)


def _stray_references(fields: records.Fields) -> tuple[Values, Values]:
    """The lines of C1, those that are cited references apart from the addresses."""
    lines = fields.columns.of("C1")
    cited = addresses.stray_references(lines.text)
    if not cited.any():
        return Values(np.empty(0, np.int64), spans.blank(0), np.empty(0, np.int64)), lines
    for record in np.unique(lines.records[cited]):
        mine = np.flatnonzero(cited & (lines.records == record))
        reason = f"{len(mine)} cited references without CR; read as CR"
        fields.repair("C1", mine[0], reason, lines.text[mine[0]].as_py())
    parts = [
        Values(lines.records[keep], lines.text.filter(pa.array(keep)), lines.lines[keep]) for keep in (cited, ~cited)
    ]
    return parts[0], parts[1]


def _references(columns: Columns, cited: Values) -> dict:
    values = columns.of("CR")
    owner = np.concatenate([cited.records, values.records])
    printed = pa.concat_arrays([cited.text, values.text])
    if len(cited.records):
        order = np.argsort(owner, kind="stable")
        owner, printed = owner[order], printed.take(pa.array(order))
    parts = references.take_apart(printed)
    if columns.references:
        owner, printed, parts = _given_references(columns.references)
    return {"record": owner, "position": spans.numbers(spans.ranks(owner)), "printed": printed, **parts}


def _given_references(given: dict[int, list[tuple]]) -> tuple[np.ndarray, pa.StringArray, dict]:
    rows = [(record, *one) for record, many in sorted(given.items()) for one in many]
    owner = np.array([row[0] for row in rows], np.int64)
    names = ("printed", "first_author", "year", "source_title", "volume", "page", "doi")
    parts = {
        name: pa.array([row[n] for row in rows], pa.int64() if name == "year" else pa.string())
        for n, name in enumerate(names, start=1)
    }
    return owner, parts.pop("printed"), parts


def _identities(fields: records.Fields) -> list[str]:
    """Accession numbers; the same number was printed as ISI:... before 2011 and as WOS:... since."""
    accessions = pc.utf8_trim_whitespace(fields.text("UT"))
    found = pc.replace_substring_regex(accessions, r"(?i)\A(?:ISI|WOS):", "WOS:").to_pylist()
    without = [place for place, accession in enumerate(found) if not accession]
    if without:
        columns = [fields.text(tag) for tag in _IDENTITY]
        authors = fields.columns.of("AU")
        for place in without:
            rows = np.flatnonzero(authors.records == place)
            parts = [column[place].as_py() for column in columns] + authors.text.take(pa.array(rows)).to_pylist()
            digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
            found[place] = f"text:{digest}"
    return found
