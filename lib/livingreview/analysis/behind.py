"""The records behind a value: the last column of every table that the analysis makes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd


def record_ids(values: Iterable[str]) -> tuple[str, ...]:
    """Distinct record ids, sorted.

    >>> record_ids(["r2", "r1", "r2"])
    ('r1', 'r2')
    """
    return tuple(sorted(set(values)))


def records_by(table: pd.DataFrame, keys: str | Sequence[str]) -> dict:
    """For each value of ``keys`` (a tuple if several) the sorted distinct ids in ``record``."""
    columns = [keys] if isinstance(keys, str) else list(keys)
    pairs = table[[*columns, "record"]].drop_duplicates().sort_values([*columns, "record"])
    groups: dict = {}
    if isinstance(keys, str):
        for key, record in zip(pairs[keys], pairs["record"], strict=True):
            groups.setdefault(key, []).append(record)
    else:
        for *key, record in pairs.itertuples(index=False, name=None):
            groups.setdefault(tuple(key), []).append(record)
    return {key: tuple(ids) for key, ids in groups.items()}


def competition_rank(values: Sequence[float]) -> list[int]:
    """Ranks from 1 of values sorted from high to low; equal values share the better rank.

    >>> competition_rank([9, 4, 4, 1])
    [1, 2, 2, 4]
    """
    ranks: list[int] = []
    for place, value in enumerate(values, start=1):
        ranks.append(ranks[-1] if ranks and value == values[place - 2] else place)
    return ranks
