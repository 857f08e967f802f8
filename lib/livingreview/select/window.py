"""The date range of an edition: which records it holds, and which years it cuts short."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from livingreview.errors import InputError

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def _month(text: str, where: str) -> tuple[int, int] | None:
    if text == "":
        return None
    found = _MONTH.fullmatch(text)
    if not found:
        raise InputError(where, "a month YYYY-MM", repr(text), f"write {where} 2016-01")
    return int(found[1]), int(found[2])


def _printed(year: int, month: int | None) -> str:
    return f"{year:04d}" if month is None else f"{year:04d}-{month:02d}"


@dataclass(frozen=True)
class Window:
    """A range of months, both ends included; an end left open is ``None``.

    Attributes
    ----------
    first, last : tuple of (year, month) or None
    """

    first: tuple[int, int] | None = None
    last: tuple[int, int] | None = None

    @classmethod
    def parse(cls, date_from: str = "", date_to: str = "") -> Window:
        """Read ``YYYY-MM`` (or ``""`` for an open end); InputError if malformed or reversed.

        >>> Window.parse("2016-01", "2024-09")
        Window(first=(2016, 1), last=(2024, 9))
        >>> Window.parse("2016-13")
        Traceback (most recent call last):
        ...
        livingreview.errors.InputError: --from: expected a month YYYY-MM, found '2016-13'. \
What to do: write --from 2016-01.
        """
        first, last = _month(date_from, "--from"), _month(date_to, "--to")
        if first and last and first > last:
            raise InputError(
                "--from", f"a month not after --to {date_to}", date_from, "exchange the two"
            )
        return cls(first, last)

    @property
    def is_open(self) -> bool:
        """Whether neither end is given."""
        return self.first is None and self.last is None

    @property
    def printed(self) -> tuple[str, str]:
        """Both ends as ``YYYY-MM``; an open end is ``""``."""
        start, end = ("" if at is None else _printed(*at) for at in (self.first, self.last))
        return start, end

    def __str__(self) -> str:
        return "..".join(self.printed)


@dataclass(frozen=True)
class Selection:
    """The records of an edition, and an account of those left out.

    ``total == len(kept) + len(outside) + (0 if window.is_open else len(undated))``.

    Attributes
    ----------
    tables : dict of DataFrame
        Every table of the corpus, only the records kept; ``records`` has ``year`` and ``month``.
    window : Window
    total : int
        Records of the corpus.
    kept, outside : tuple of str
        Record ids inside and outside the range.
    undated : tuple of str
        Records without a year: kept when no range is given, else apart and not in the tables.
    without_month : tuple of str
        Kept although they print no month, in a year that the range cuts: they may lie outside.
    covered : tuple of (str, str)
        First and last date of the whole corpus, ``YYYY-MM``, or ``YYYY`` where that year prints
        no month; ``("", "")`` if nothing is dated.
    partial_years : tuple of int
        Years of the selection that the range or the harvest cuts short; see :func:`partial_years`.
    """

    tables: dict[str, pd.DataFrame]
    window: Window
    total: int
    kept: tuple[str, ...]
    outside: tuple[str, ...]
    undated: tuple[str, ...]
    without_month: tuple[str, ...]
    covered: tuple[str, str]
    partial_years: tuple[int, ...]


def date_records(records: pd.DataFrame) -> pd.DataFrame:
    """The ``records`` table with ``year`` and ``month`` (Int64, ``<NA>`` where unknown) added.

    The date is that of final publication (``issue_year``, ``issue_month``), else that of early
    access. A record still in early access prints the year but seldom the month of an issue: it
    takes the early-access month when both years agree.
    """
    issued = records["issue_year"].notna()
    early_only = records["document_types"].str.contains("early access", case=False, regex=False)
    same_year = (records["issue_year"] == records["early_year"]).fillna(False).astype(bool)
    takes_early = ~issued | (records["issue_month"].isna() & early_only & same_year)
    dated = records.copy()
    dated["year"] = records["issue_year"].where(issued, records["early_year"]).astype("Int64")
    month = records["issue_month"].where(~takes_early, records["early_month"])
    dated["month"] = month.where(dated["year"].notna()).astype("Int64")
    return dated


def covered(dated: pd.DataFrame) -> tuple[str, str]:
    """First and last date of dated records, as :attr:`Selection.covered`."""
    years = dated["year"].dropna()
    if years.empty:
        return "", ""

    def end(year: int, pick: str) -> str:
        months = dated.loc[dated["year"] == year, "month"].dropna()
        return _printed(year, int(getattr(months, pick)()) if len(months) else None)

    return end(int(years.min()), "min"), end(int(years.max()), "max")


def partial_years(dated: pd.DataFrame, window: Window, harvest: str = "") -> tuple[int, ...]:
    """Years that hold less than twelve months of publications, sorted.

    A year is partial if the window starts after its January or ends before its December; or if
    the harvest stopped in it. ``harvest`` ("YYYY-MM") says when the records were exported: its
    year is partial unless it is a December, and so is any later year (issues dated ahead). When
    it is not given, the last year of the corpus is partial unless a record of its December is
    there; a last year that prints no month at all cannot be shown to be whole and is partial.

    Parameters
    ----------
    dated : DataFrame
        The whole corpus from :func:`date_records`, not only the records in the window.
    """
    years = dated["year"].dropna()
    if years.empty:
        return ()
    lowest, highest = int(years.min()), int(years.max())
    cut: set[int] = set()
    if window.first:
        lowest = max(lowest, window.first[0])
        cut |= {window.first[0]} if window.first[1] > 1 else set()
    if window.last:
        cut |= {window.last[0]} if window.last[1] < 12 else set()
    if harvested := _month(harvest, "harvest"):
        year, month = harvested
        cut |= set(range(year if month < 12 else year + 1, highest + 1))
    else:
        months = dated.loc[dated["year"] == highest, "month"].dropna()
        cut |= {highest} if months.empty or int(months.max()) < 12 else set()
    if window.last:
        highest = min(highest, window.last[0])
    return tuple(sorted(year for year in cut if lowest <= year <= highest))


def cut(tables: dict[str, pd.DataFrame], window: Window, harvest: str = "") -> Selection:
    """The records of a corpus that lie in a window, to the month where a record prints one.

    Raises
    ------
    InputError
        If the corpus is empty, or holds no record in the window (the message says which range
        the corpus covers).
    """
    dated = date_records(tables["records"])
    if dated.empty:
        raise InputError("corpus", "at least one record", "none", "check the exports given")
    undated = dated["year"].isna()
    inside = ~undated
    loose = pd.Series(False, index=dated.index)
    # Missing months compare as the kindest month of the year: such a record is kept, and counted.
    if window.first:
        year, month = window.first
        at_edge = (dated["year"] == year).fillna(False).astype(bool)
        inside &= (dated["year"] > year).fillna(False).astype(bool) | (
            at_edge & (dated["month"].fillna(12) >= month).astype(bool)
        )
        loose |= at_edge & dated["month"].isna() & (month > 1)
    if window.last:
        year, month = window.last
        at_edge = (dated["year"] == year).fillna(False).astype(bool)
        inside &= (dated["year"] < year).fillna(False).astype(bool) | (
            at_edge & (dated["month"].fillna(1) <= month).astype(bool)
        )
        loose |= at_edge & dated["month"].isna() & (month < 12)
    keep = inside | undated if window.is_open else inside
    spans = covered(dated)
    if not keep.any():
        found = f"records from {spans[0]} to {spans[1]}" if spans[0] else "no dated record"
        raise InputError(
            "--from/--to", f"a range that holds records of the corpus, not {window}", found,
            "choose a range inside the one that the corpus covers",
        )

    def ids(mask: pd.Series) -> tuple[str, ...]:
        return tuple(sorted(dated.loc[mask, "record"]))

    kept = set(dated.loc[keep, "record"])
    selected = {
        name: table[table["record"].isin(kept)].reset_index(drop=True)
        for name, table in {**tables, "records": dated}.items()
    }
    return Selection(
        tables=selected, window=window, total=len(dated), kept=ids(keep),
        outside=ids(~inside & ~undated), undated=ids(undated), without_month=ids(loose & keep),
        covered=spans, partial_years=partial_years(dated, window, harvest),
    )
