"""The flow of records: from those read to those an edition shows, every one accounted for."""

from __future__ import annotations

import pandas as pd

STEPS = ("read", "merged", "rejected", "corpus", "outside", "undated_apart", "edition")


def flow(
    read: int, merged: int, rejected: int, outside: tuple[str, ...], undated_apart: tuple[str, ...], kept: tuple[str, ...]
) -> pd.DataFrame:
    """Steps from records read to records of the edition.

    Parameters
    ----------
    read, merged, rejected : int
        Totals of the import ledger.
    outside, undated_apart, kept : tuple of str
        Record ids outside the range, without a year and so set apart by a range, and kept.

    Returns
    -------
    DataFrame
        ``step`` (one of ``STEPS``), ``papers`` (int64), ``records``.

    Raises
    ------
    ValueError
        If read = merged + rejected + outside + undated + kept does not hold.

    Examples
    --------
    >>> flow(5, 1, 1, ("a",), (), ("b", "c"))["papers"].tolist()
    [5, 1, 1, 3, 1, 0, 2]
    """
    corpus = tuple(sorted((*outside, *undated_apart, *kept)))
    if read != merged + rejected + len(corpus):
        raise ValueError(f"{read} records read, but {merged} + {rejected} + {len(corpus)} accounted for")
    rows = [
        ("read", read, ()), ("merged", merged, ()), ("rejected", rejected, ()), ("corpus", len(corpus), corpus),
        ("outside", len(outside), outside), ("undated_apart", len(undated_apart), undated_apart),
        ("edition", len(kept), kept),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["step", "papers", "records"])
