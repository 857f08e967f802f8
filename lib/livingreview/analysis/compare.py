"""What the review reports beside what this edition recomputes, with the difference explained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

COLUMNS = ["quantity", "as_reported", "as_recomputed", "difference", "explanation", "records"]


def beside(
    reported: Iterable[tuple[str, str, int | None]],
    recomputed: Mapping[str, tuple[int | None, tuple[str, ...]]],
    *,
    same: str,
    unavailable: str,
    not_found: str,
    cause: str,
) -> pd.DataFrame:
    """Put each reported number beside its recomputed one.

    Parameters
    ----------
    reported : iterable of (key, printed name, value)
        ``None`` as value where the review's text does not give the number.
    recomputed : mapping of key to (value, record ids)
        A key that is missing was not found in this corpus: its number is 0, not unknown.
    same, unavailable, not_found, cause : str
        The explanation where both agree, where the review gives no number, where this corpus gives
        none, and where they differ.

    Returns
    -------
    DataFrame
        ``quantity`` (str), ``as_reported``, ``as_recomputed``, ``difference`` (Int64, recomputed
        minus reported), ``explanation`` (str), ``records``; in the order given.

    Examples
    --------
    >>> table = beside([("CHN", "China", 863)], {"CHN": (860, ())}, same="", unavailable="",
    ...                not_found="", cause="range")
    >>> table[["as_reported", "as_recomputed", "difference", "explanation"]].values.tolist()
    [[863, 860, -3, 'range']]
    """
    rows = []
    for key, quantity, value in reported:
        found, records = recomputed.get(key, (0, ()))
        known = not (value is None or value is pd.NA)
        difference = None if not known or found is None else int(found) - int(value)
        why = unavailable if not known else not_found if found is None else same if difference == 0 else cause
        rows.append((quantity, value if known else None, found, difference, why, records))
    table = pd.DataFrame(rows, columns=COLUMNS)
    for column in ("as_reported", "as_recomputed", "difference"):
        table[column] = table[column].astype("Int64")
    return table


def found_by(ranking: pd.DataFrame, key: str = "actor", value: str = "papers") -> dict:
    """A ranking as the ``recomputed`` mapping of :func:`beside`."""
    return {k: (int(v), r) for k, v, r in zip(ranking[key], ranking[value], ranking["records"])}
