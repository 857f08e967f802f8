"""The topics of the review and of the editorial, and the techniques, each with its expression."""

from __future__ import annotations

import io

import pandas as pd

from livingreview import paths
from livingreview.errors import InputError
from livingreview.facts import sidecar
from livingreview.select.expression import parse

KINDS = ("direction", "challenge", "frontier")
_TOPICS = ("id", "kind", "name_en", "name_zh", "expression", "place", "note")
_TECHNIQUES = ("id", "name_en", "name_zh", "expression", "parent", "place")


def _load(name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    path = paths.VOCABULARIES / f"{name}.csv"
    where = f"data/vocabularies/{name}.csv"
    table = pd.read_csv(
        io.BytesIO(sidecar.read_checked(path)), dtype="str", keep_default_na=False
    )
    if tuple(table.columns) != columns:
        raise InputError(
            where, f"columns {', '.join(columns)}", ", ".join(table.columns), "restore the header"
        )
    optional = {"note", "parent"}
    for line, row in enumerate(table.to_dict("records"), start=2):
        for column in columns:
            if row[column] == "" and column not in optional:
                raise InputError(f"{where}, line {line}", f"a {column}", "none", "fill it in")
        parse(row["expression"], f"{where}, line {line}")
    if not table["id"].is_unique:
        twice = sorted(table.loc[table["id"].duplicated(), "id"])
        raise InputError(where, "each id once", f"{twice} twice", "rename or remove one")
    return table


def topics(kind: str | None = None) -> pd.DataFrame:
    """The topics of one kind ('direction', 'challenge', 'frontier') or all, in the file's order.

    Returns ``id``, ``kind``, ``name_en``, ``name_zh``, ``expression``, ``place``, ``note`` (str).
    InputError if the file is not what its sidecar says, lacks a value, names an unknown kind or
    holds an expression that cannot be read; ValueError for an unknown ``kind``.
    """
    if kind is not None and kind not in KINDS:
        raise ValueError(f"kind must be one of {KINDS}, not {kind!r}")
    table = _load("topics", _TOPICS)
    unknown = sorted(set(table["kind"]) - set(KINDS))
    if unknown:
        raise InputError(
            "data/vocabularies/topics.csv", f"kind one of {', '.join(KINDS)}", ", ".join(unknown),
            "write one of these",
        )
    if kind is not None:
        table = table[table["kind"] == kind].reset_index(drop=True)
    return table


def techniques() -> pd.DataFrame:
    """The techniques: ``id``, ``name_en``, ``name_zh``, ``expression``, ``parent``, ``place``.

    ``parent`` is the ``id`` of the technique that a technique belongs to, ``""`` at the top.
    InputError as :func:`topics`, and for a parent that is not in the table.
    """
    table = _load("techniques", _TECHNIQUES)
    orphans = sorted(set(table["parent"]) - set(table["id"]) - {""})
    if orphans:
        raise InputError(
            "data/vocabularies/techniques.csv", "parents that are ids", ", ".join(orphans),
            "add the parent or leave it empty",
        )
    return table
