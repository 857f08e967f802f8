"""One record of several: what the winner lacks is filled from the others, nothing is overwritten."""

from __future__ import annotations

from dataclasses import dataclass

#: Counts of one database at one time: never taken from another record, never added up.
COUNTS = frozenset({"times_cited", "times_cited_all", "usage_180_days", "usage_since_2013", "reference_count"})
#: What says where a record was read; a record cannot have another's.
OWN = frozenset({"record", "file", "line", "source", "accession", "harvested"})
#: Fields that only mean something together: filled together, from one record, or not at all.
TOGETHER = (
    ("issue_year", "issue_month", "issue_date_printed"),
    ("early_year", "early_month", "early_date_printed"),
    ("first_page", "last_page"),
)

FILLED, KEPT = "filled", "kept"


@dataclass(frozen=True)
class Change:
    """What a merger did with one field.

    ``kind`` 'filled': the winner had nothing and got ``value`` from the record ``source_record``.
    ``kind`` 'kept': the winner's ``value`` stays and ``other``, of ``source_record``, is not used.
    """

    field: str
    kind: str
    value: object
    other: object
    source_record: str


def merge_record(winner: dict, losers: list[dict]) -> tuple[dict, list[Change]]:
    """The winner with its gaps filled, and every field where another record had more or else.

    Parameters
    ----------
    winner, losers : dict
        Fields of one record each, with ``record``; text, numbers or lists. Missing are ``None``,
        ``""``, an empty list and a field that is not there. ``losers`` come in the order of their
        standing: a gap is filled from the first that has the field.

    Returns
    -------
    merged : dict
        A new dict; its lists are those of the record they come from.
    changes : list of Change
        By field in the order of the winner's fields and then the losers'. Values that differ only
        in case, spaces or the full stop at the end do not count as others.

    Where the winner was read (:data:`OWN`) and its counts (:data:`COUNTS`) are never touched: counts
    of two databases do not add up, and one cannot stand for the other; others are listed as 'kept'. Fields of :data:`TOGETHER`
    are filled from one record only, and only where the winner has none of them.

    >>> merged, changes = merge_record(
    ...     {"record": "a", "doi": "", "title": "X", "times_cited": 3},
    ...     [{"record": "b", "doi": "10.1/x", "title": "Y", "times_cited": 5}])
    >>> merged["doi"], merged["times_cited"], [(c.field, c.kind) for c in changes]
    ('10.1/x', 3, [('doi', 'filled'), ('title', 'kept'), ('times_cited', 'kept')])
    """
    merged = dict(winner)
    changes: list[Change] = []
    fields = list(dict.fromkeys(name for record in (winner, *losers) for name in record))
    group_of = {name: group for group in TOGETHER for name in group}
    giver: dict[tuple[str, ...], str] = {}
    for group in TOGETHER:
        if all(_missing(winner.get(name)) for name in group):
            for loser in losers:
                if any(not _missing(loser.get(name)) for name in group):
                    giver[group] = loser["record"]
                    break
        else:
            giver[group] = winner["record"]
    for name in fields:
        if name in OWN:
            continue
        if name in COUNTS:
            changes += _counts(name, winner, losers)
            continue
        others: list[object] = []
        for loser in losers:
            theirs, mine = loser.get(name), merged.get(name)
            if _missing(theirs):
                continue
            group = group_of.get(name)
            if _missing(mine):
                if group is None or giver[group] == loser["record"]:
                    merged[name] = theirs
                    changes.append(Change(name, FILLED, theirs, None, loser["record"]))
                elif not any(_alike(theirs, o) for o in others):
                    others.append(theirs)
                    changes.append(Change(name, KEPT, None, theirs, loser["record"]))
            elif not _alike(mine, theirs) and not any(_alike(theirs, o) for o in others):
                others.append(theirs)
                changes.append(Change(name, KEPT, mine, theirs, loser["record"]))
    return merged, changes


def _counts(name: str, winner: dict, losers: list[dict]) -> list[Change]:
    """Counts of the others that are not the winner's: set aside, and said."""
    mine = None if _missing(winner.get(name)) else winner[name]
    others = {loser["record"]: loser.get(name) for loser in losers if not _missing(loser.get(name))}
    return [Change(name, KEPT, mine, count, record) for record, count in others.items() if count != mine]


def _missing(value: object) -> bool:
    return value is None or value != value or (isinstance(value, str | list | tuple) and not value)


def _alike(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return _folded(one) == _folded(other)
    return one == other


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
