"""Records by tag: for each tag one column of values, beside it the records they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from livingreview.corpus.reading.raw import RawRecord


@dataclass(frozen=True)
class Values:
    """The values of one tag: ``records`` (int64, ascending) says which record each belongs to,
    ``lines`` (int64) in which line of the file its tag stands."""

    records: np.ndarray
    text: pa.StringArray
    lines: np.ndarray


NONE = Values(np.empty(0, np.int64), pa.array([], pa.string()), np.empty(0, np.int64))


@dataclass(frozen=True)
class Columns:
    """Some consecutive records of one file.

    Attributes
    ----------
    lines : ndarray of int64
        Line where each record starts, from 1.
    values : dict
        The values by tag: at most one a record, any number for the tags in ``raw.LISTED``.
    references : dict
        For sources of another shape: number of the record to its cited references, taken apart.
    """

    lines: np.ndarray
    values: dict[str, Values]
    references: dict[int, list[tuple]] = field(default_factory=dict)

    def of(self, tag: str) -> Values:
        """The values of a tag, empty where no record has it."""
        return self.values.get(tag, NONE)


def from_records(records: list[RawRecord]) -> Columns:
    """Records read one by one, turned into columns.

    >>> made = from_records([RawRecord(3, {"AU": ["Wu, S", "Li, Q"]}, {"TI": "T"}, {"AU": 4})])
    >>> made.of("AU").records.tolist(), made.of("AU").text.to_pylist(), made.of("AU").lines.tolist()
    ([0, 0], ['Wu, S', 'Li, Q'], [4, 4])
    """
    gathered: dict[str, tuple[list[int], list[str], list[int]]] = {}
    for place, record in enumerate(records):
        for tag, value in record.joined.items():
            _append(gathered, tag, place, value, record)
        for tag, values in record.listed.items():
            for value in values:
                _append(gathered, tag, place, value, record)
    return Columns(
        np.array([record.line for record in records], np.int64),
        {
            tag: Values(np.array(places, np.int64), pa.array(texts, pa.string()), np.array(lines, np.int64))
            for tag, (places, texts, lines) in gathered.items()
        },
        {n: record.references for n, record in enumerate(records) if record.references is not None},
    )


def _append(gathered: dict, tag: str, place: int, value: str, record: RawRecord) -> None:
    places, texts, lines = gathered.setdefault(tag, ([], [], []))
    places.append(place)
    texts.append(value)
    lines.append(record.lines.get(tag, record.line))
