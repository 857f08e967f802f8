"""Any CSV, by a small file that says which column is which tag of Web of Science.

Such a file, ``something.mapping.toml``, lies beside the exports::

    source = "IEEE Xplore"
    [match]
    header = ["Document Title", "Publication Title"]   # a CSV with these columns is one of them
    [columns]
    TI = "Document Title"
    AU = "Authors"
    [separators]
    AU = ";"                                            # between the authors in one field
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from livingreview.corpus.reading.delimited import Delimited, Row, header_of
from livingreview.corpus.reading.raw import LISTED, RawRecord, Reading
from livingreview.corpus.reading.tables import TAGS
from livingreview.errors import InputError

# A mapping carries what its columns hold; what it leaves out its own table says.
NOT_CARRIED: tuple[str, ...] = ()

SUFFIX = ".mapping.toml"
_KEYS = {"source", "match", "columns", "separators"}
_LISTS = frozenset({"DE", "ID", "WC", "SC", "DT", "C3", "RI", "OI", "FU", "EM", "SN", "BN", "CA", "BE"})
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Mapping:
    """Which column of a CSV is which tag, what stands between the entries of a field, and by which
    columns a file of this kind is known. ``name`` is the mapping's own file, for messages."""

    name: str
    source: str
    columns: dict[str, str]
    separators: dict[str, str]
    header: tuple[str, ...]


def load_mapping(path_name: str, text: str) -> Mapping:
    """The mapping that a TOML text describes.

    Without ``[match]`` a file fits that has all the columns named.

    Raises
    ------
    InputError
        No TOML, an unknown key or tag, a value of another type, no title, or a separator for a
        tag that has no column.

    Examples
    --------
    >>> load_mapping("x.mapping.toml", 'source = "X"\\n[columns]\\nTI = "Name"').columns
    {'TI': 'Name'}
    >>> load_mapping("x.mapping.toml", 'source = "X"\\n[columns]\\nTX = "Name"')
    Traceback (most recent call last):
    livingreview.errors.InputError: x.mapping.toml, [columns]: expected tags of Web of Science, \
found 'TX'. What to do: see the appendix on the normal form for the tags.
    """
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(path_name, "a mapping in TOML", str(error), "mend that line") from error
    if unknown := sorted(data.keys() - _KEYS):
        found = ", ".join(map(repr, unknown))
        raise InputError(path_name, "the keys source, [match], [columns], [separators]", found, "remove or rename it")
    source = data.get("source", "")
    if not isinstance(source, str) or not source.strip():
        raise InputError(path_name, 'source = "name of the database"', repr(source), "name the database")
    columns = _texts(path_name, "columns", data.get("columns", {}))
    separators = _texts(path_name, "separators", data.get("separators", {}), blank=True)
    if "TI" not in columns:
        raise InputError(f"{path_name}, [columns]", "a column for the title (TI)", "none", 'add TI = "..."')
    if more := sorted(separators.keys() - columns.keys()):
        found = ", ".join(map(repr, more))
        raise InputError(f"{path_name}, [separators]", "tags that [columns] names", found, "add their columns")
    match = data.get("match", {})
    header = match.get("header", list(columns.values())) if isinstance(match, dict) else None
    if not isinstance(header, list) or not header or not all(isinstance(h, str) and h.strip() for h in header):
        raise InputError(f"{path_name}, [match]", 'header = ["a column", ...]', repr(match), "list columns of the CSV")
    return Mapping(path_name, source.strip(), columns, separators, tuple(h.strip() for h in header))


def _texts(path_name: str, key: str, table: object, blank: bool = False) -> dict[str, str]:
    where = f"{path_name}, [{key}]"
    if not isinstance(table, dict):
        raise InputError(where, "a table of tags", repr(table)[:60], f"write [{key}] on a line of its own")
    if unknown := sorted(table.keys() - TAGS):
        found = ", ".join(map(repr, unknown))
        raise InputError(where, "tags of Web of Science", found, "see the appendix on the normal form for the tags")
    for tag, value in table.items():
        if not isinstance(value, str) or not (value if blank else value.strip()):
            raise InputError(f"{where} {tag}", "text in quotation marks", repr(value)[:60], "mend it")
    return {tag: value if blank else value.strip() for tag, value in table.items()}


def fits(mapping: Mapping, head: str) -> bool:
    """Whether a text begins with a header that has the columns the mapping is known by.

    >>> mapping = load_mapping("x", 'source = "X"\\n[columns]\\nTI = "Name"\\nPY = "Year"')
    >>> fits(mapping, "Year;Name;Mark\\n2020;A;1"), fits(mapping, "Name,Mark\\n")
    (True, False)
    """
    columns = {column.casefold() for column in header_of(head)}
    return columns >= {column.casefold() for column in mapping.header}


def read_mapped(name: str, text: str, mapping: Mapping) -> Reading:
    """Records of a CSV (comma, semicolon or tab) by a mapping.

    Fields of several entries are split at the separator given, "; " if none is, and the entries
    joined anew as Web of Science joins them; all else stands as printed.

    Raises
    ------
    InputError
        A column that the file does not have (its columns are named), or no record at all.
    """
    table = Delimited(name, text)
    places: dict[str, int] = {}
    known = [column.casefold() for column in table.header]
    for tag, column in mapping.columns.items():
        if column.casefold() not in known:
            has = ", ".join(map(repr, table.header[:30]))
            step = f"mend {tag} in {mapping.name}, or remove it"
            raise InputError(name, f"the column {column!r} ({tag} in {mapping.name})", f"the columns {has}", step)
        places[tag] = known.index(column.casefold())
    rows = table.rows()
    if not rows and not table.findings:
        raise InputError(name, "at least one record", "a header only", "repeat the export")
    records = [_record(row, places, mapping.separators) for row in rows]
    return Reading(records, table.findings, [], None, mapping.source)


def _record(row: Row, places: dict[str, int], separators: dict[str, str]) -> RawRecord:
    listed: dict[str, list[str]] = {}
    joined: dict[str, str] = {}
    for tag, place in places.items():
        value = _SPACE.sub(" ", row.fields[place]).strip()
        if not value:
            continue
        if tag in LISTED:
            listed[tag] = _entries(value, separators.get(tag, "; "))
        elif tag in _LISTS or tag in separators:
            joined[tag] = "; ".join(_entries(value, separators.get(tag, "; ")))
        else:
            joined[tag] = value
    return RawRecord(row.line, listed, joined, dict.fromkeys([*listed, *joined], row.line))


def _entries(value: str, separator: str) -> list[str]:
    """Entries at a separator as given; after semicolons, blanks come and go."""
    parts = value.split(";" if separator.strip() == ";" else separator)
    return [part for part in map(str.strip, parts) if part]
