"""What the appendix on the normal form shows: tables, their columns, and the formats that fill them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from livingreview import words
from livingreview.corpus.reading.recognise import FORMATS, MAPPED
from livingreview.corpus.schema import TABLES

_ALL = (*FORMATS, MAPPED)


class NormalFormViews:
    """The schema of a corpus as pages; mixed into a chapter."""

    def tables_of_form(self) -> pd.DataFrame:
        """The tables of the normal form, what a row of each is, and their rows in this corpus."""
        rows = [(name, words.say(f"labels.tables.{name}"), len(self.source.tables[name])) for name in TABLES]
        return pd.DataFrame(rows, columns=["table", "one_row", "rows"])

    def show_columns(self) -> None:
        """Show the columns of each table of the normal form."""
        for name in TABLES:
            table = columns_of(name)
            self.table(
                f"normal-form-columns-{name.replace('_', '-')}", table, "column", unit="columns", hide=["table"],
                text="normal-form-columns", name=name, one_row=words.say(f"labels.tables.{name}"),
            )  # fmt: skip

    @staticmethod
    def formats_table() -> pd.DataFrame:
        """The formats that an import recognises, in the order in which they are tried."""
        rows = []
        for format in _ALL:
            tags = ", ".join(sorted(format.reader.NOT_CARRIED)) or words.say("labels.nothing")
            rows.append((format.key, words.say(f"labels.formats.{format.key}"), tags))
        return pd.DataFrame(rows, columns=["format", "what", "not_carried"])

    @staticmethod
    def not_carried_by_formats() -> pd.DataFrame:
        """Tags that some format cannot carry, and which formats these are."""
        return not_carried({format.key: format.reader.NOT_CARRIED for format in _ALL})


def columns_of(name: str) -> pd.DataFrame:
    """The columns of a table of the normal form: ``table``, ``column``, ``type``, ``meaning``, ``tag``."""
    rows = []
    for column in TABLES[name]:
        kind, tag = words.say(f"labels.types.{column.dtype}"), column.tag or words.say("labels.no_tag")
        rows.append((name, column.name, kind, column.meaning, tag))
    return pd.DataFrame(rows, columns=["table", "column", "type", "meaning", "tag"])


def meaning_of(tag: str) -> str:
    """What the normal form keeps of a Web of Science tag, ``""`` where it keeps nothing.

    Of several columns of a record the printed one speaks; elsewhere the table does.

    >>> meaning_of("TI"), meaning_of("PD"), meaning_of("C1"), meaning_of("PI")
    ('title', 'publication date as printed', 'addresses', '')
    """
    found = [c.meaning for c in TABLES["records"][1:] if tag in c.tag.split("/")]
    if found:
        return found[-1]
    return next((name.replace("_", " ") for name in TABLES if any(tag in c.tag.split("/") for c in TABLES[name])), "")


def not_carried(by_format: Mapping[str, Iterable[str]]) -> pd.DataFrame:
    """Tags that formats cannot carry: ``tag``, its ``meaning``, and the ``formats``, joined by ", ".

    >>> not_carried({"ris": ("TC", "PI"), "lens-csv": ("PI",)}).to_numpy().tolist()
    [['PI', 'no place in the normal form', 'ris, lens-csv'], ['TC', 'citations at harvest, Core Collection', 'ris']]
    """
    found: dict[str, list[str]] = {}
    for format, tags in by_format.items():
        for tag in tags:
            found.setdefault(tag, []).append(format)
    rows = [(tag, meaning_of(tag) or words.say("labels.no_place"), ", ".join(found[tag])) for tag in sorted(found)]
    return pd.DataFrame(rows, columns=["tag", "meaning", "formats"])
