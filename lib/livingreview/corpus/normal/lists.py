"""Fields that are lists: keywords, categories, affiliations, funding."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from livingreview.corpus.normal import fields, spans
from livingreview.corpus.reading.columns import Columns

KEYWORDS = (("author", "DE"), ("plus", "ID"))
CATEGORIES = (("WC", "WC"), ("SC", "SC"))


def of_kinds(columns: Columns, kinds: tuple[tuple[str, str], ...]) -> dict:
    """Rows of a table with ``kind``, ``position`` and ``printed``: one kind after the other, by record."""
    owners, names, entries = [], [], []
    for kind, tag in kinds:
        values = columns.of(tag)
        value, printed = spans.split(values.text)
        owners.append(values.records[value])
        names.append(pa.repeat(pa.scalar(kind, pa.string()), len(printed)))
        entries.append(printed)
    position = np.concatenate([spans.ranks(owner) for owner in owners])
    owner = np.concatenate(owners)
    order = np.argsort(owner, kind="stable")
    take = pa.array(order)
    return {
        "record": owner[order],
        "kind": pa.concat_arrays(names).take(take),
        "position": spans.numbers(position[order]),
        "printed": pa.concat_arrays(entries).take(take),
    }


def affiliations(columns: Columns) -> dict:
    """Rows of the table ``affiliations`` (C3)."""
    values = columns.of("C3")
    value, printed = spans.split(values.text)
    owner = values.records[value]
    return {"record": owner, "position": spans.numbers(spans.ranks(owner)), "printed": printed}


def funding(columns: Columns) -> dict:
    """Rows of the table ``funding`` from ``Funder [grant, grant]; Funder [grant]``."""
    values = columns.of("FU")
    value, printed = spans.split(values.text)
    openings, closings = (pc.count_substring(printed, mark) for mark in "[]")
    if pc.any(pc.not_equal(openings, closings)).as_py():
        # A semicolon between grants: these are taken apart one by one.
        entries = [fields.split_funding(text) for text in values.text.to_pylist()]
        owner = np.repeat(values.records, [len(found) for found in entries])
        printed = spans.texts([one for found in entries for one in found])
    else:
        owner = values.records[value]
    funder, grants = spans.mapped(printed, fields.funder_and_grants, 2)
    position = spans.numbers(spans.ranks(owner))
    return {"record": owner, "position": position, "printed": printed, "funder": funder, "grants": grants}
