"""Authors, their identifiers, and the link from a name printed elsewhere to a place in the list."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from livingreview.corpus.normal import spans
from livingreview.corpus.reading.columns import Columns, Values

_IDENTIFIERS = (("orcid", "OI"), ("researcher", "RI"))


class Names:
    """Finds the place in AU of a name printed as in AF or AU, within one record."""

    def __init__(self, columns: Columns) -> None:
        short, full = columns.of("AU"), columns.of("AF")
        self.count = np.bincount(short.records, minlength=len(columns.lines))
        paired = np.bincount(full.records, minlength=len(columns.lines)) == self.count
        keep = paired[full.records]
        self.full = Values(full.records[keep], full.text.filter(pa.array(keep)), full.lines[keep])
        self.paired = paired
        self.short = short
        self._owner = np.concatenate([self.full.records, short.records])
        self._place = np.concatenate([spans.ranks(self.full.records), spans.ranks(short.records)])
        self._text = pa.concat_arrays([self.full.text, short.text])

    def places(self, owner: np.ndarray, names: pa.StringArray, unique: bool = False) -> np.ndarray:
        """Place of each name in AU of its record, from 1, 0 for none.

        A name that two authors of a record share gives the first, or none where ``unique``.
        """
        if not len(names) or not len(self._text):
            return np.zeros(len(names), np.int64)
        codes = pc.dictionary_encode(pa.concat_arrays([self._text, names])).indices.to_numpy()
        codes = codes.astype(np.int64)
        known = self._owner << 32 | codes[: len(self._text)]
        asked = owner << 32 | codes[len(self._text) :]
        order = np.argsort(known, kind="stable")
        known, place = known[order], self._place[order]
        at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
        found = np.where(known[at] == asked, place[at], 0)
        if unique:
            # Sorted by name, then place: a name of two authors has another place where its run ends.
            last = np.maximum(np.searchsorted(known, asked, side="right") - 1, 0)
            spread = self._highest(known, place)
            found[(found > 0) & (spread[last] != found)] = 0
        return found

    @staticmethod
    def _highest(known: np.ndarray, place: np.ndarray) -> np.ndarray:
        """For each row the highest place among the rows of the same name."""
        begins = np.flatnonzero(np.concatenate([[True], known[1:] != known[:-1]]))
        return np.repeat(np.maximum.reduceat(place, begins), np.diff(np.append(begins, len(known))))


def authors(columns: Columns, names: Names) -> dict[str, pa.Array | np.ndarray]:
    """Rows of the table ``authors``; ``record`` as the number of the record in the block."""
    owner = names.short.records
    full = spans.blank(len(owner))
    if len(names.full.records):
        full = pc.replace_with_mask(full, pa.array(names.paired[owner]), names.full.text)
    return {
        "record": owner,
        "position": spans.numbers(spans.ranks(owner)),
        "printed": names.short.text,
        "full_name": full,
    }


def identifiers(columns: Columns, names: Names) -> dict[str, pa.Array | np.ndarray]:
    """Rows of the table ``author_ids``, from entries ``name/identifier``."""
    parts = []
    for kind, tag in _IDENTIFIERS:
        values = columns.of(tag)
        value, entries = spans.split(values.text)
        owner = values.records[value]
        cut = pc.split_pattern(entries, "/", max_splits=1, reverse=True)
        both = pc.equal(pc.list_value_length(cut), 2)
        known = both.to_numpy(zero_copy_only=False)
        owner, cut = owner[known], cut.filter(both)
        printed = spans.trim(pc.list_element(cut, 0)) if len(cut) else spans.blank(0)
        identifier = spans.trim(pc.list_element(cut, 1)) if len(cut) else spans.blank(0)
        place = names.places(owner, printed, unique=True)
        parts.append((owner, kind, spans.ranks(owner), printed, identifier, place))
    owner = np.concatenate([part[0] for part in parts])
    order = np.argsort(owner, kind="stable")
    take = pa.array(order)
    place = np.concatenate([part[5] for part in parts])[order]
    return {
        "record": owner[order],
        "kind": pa.concat_arrays([pa.repeat(pa.scalar(p[1], pa.string()), len(p[0])) for p in parts]).take(take),
        "position": spans.numbers(np.concatenate([part[2] for part in parts])[order]),
        "name_printed": pa.concat_arrays([part[3] for part in parts]).take(take),
        "identifier": pa.concat_arrays([part[4] for part in parts]).take(take),
        "author_position": spans.numbers(place, place == 0),
    }
