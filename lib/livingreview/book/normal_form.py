"""What the appendix on the normal form shows: tables, their columns, and the formats that fill them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from livingreview import words
from livingreview.corpus.reading.recognise import FORMATS, MAPPED
from livingreview.corpus.schema import TABLES


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
        """The formats that an import recognises and what each cannot carry."""
        formats = (*FORMATS, MAPPED)
        names = [(format.key, words.say(f"labels.formats.{format.key}")) for format in formats]
        table = pd.DataFrame(names, columns=["format", "what"])
        return table.join(tags_told([format.reader.NOT_CARRIED for format in formats]))


def columns_of(name: str) -> pd.DataFrame:
    """The columns of a table of the normal form: ``table``, ``column``, ``type``, ``meaning``, ``tag``."""
    rows = [
        (name, column.name, words.say(f"labels.types.{column.dtype}"), column.meaning, column.tag or words.say("labels.no_tag"))
        for column in TABLES[name]
    ]
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


def tags_told(of_formats: Iterable[tuple[str, ...]]) -> pd.DataFrame:
    """Tags with their meaning (``not_carried``), and those the normal form has no place for (``beyond``)."""
    rows = []
    for tags in of_formats:
        told = {tag: meaning_of(tag) for tag in sorted(tags)}
        known = "; ".join(f"{tag} ({meaning})" for tag, meaning in told.items() if meaning)
        beyond = ", ".join(tag for tag, meaning in told.items() if not meaning)
        rows.append((known or words.say("labels.nothing"), beyond or words.say("labels.nothing")))
    return pd.DataFrame(rows, columns=["not_carried", "beyond"])
