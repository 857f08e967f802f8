"""Names for records while an import runs: unique ones, and the keys that duplicates are found by."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_KEYS = (
    "record", "source", "accession", "doi", "title", "first_page", "article_number", "volume",
    "source_title", "document_types", "harvested", "file", "line",
)  # fmt: skip
_MARK = "~"


class Identities:
    """Keeps record names apart and gathers the keys of all records, in reading order.

    ``base`` gives the printed name for each name that was made because it was given before.
    """

    def __init__(self) -> None:
        self._times: dict[str, int] = {}
        self.base: dict[str, str] = {}
        self._keys: list[pa.Table] = []

    def unique(self, names: list[str]) -> list[str]:
        """The names, a number behind each that was given before.

        >>> Identities().unique(["WOS:1", "WOS:2", "WOS:1"])
        ['WOS:1', 'WOS:2', 'WOS:1~2']
        """
        given = []
        times = self._times
        for name in names:
            again = times[name] = times.get(name, 0) + 1
            if again > 1:
                # A printed number may look like one of ours.
                while (made := f"{name}{_MARK}{again}") in times:
                    again += 1
                times[name], times[made] = again, 1
                self.base[made] = name
                name = made
            given.append(name)
        return given

    def keep_keys(self, tables: dict[str, pa.Table], names: list[str]) -> None:
        """Take the keys of a block of records from its tables; ``names`` as they were before
        :meth:`unique`, the accession number in its one form."""
        records, authors = tables["records"], tables["authors"]
        columns = {name: records[name] for name in _KEYS}
        known = pc.not_equal(records["accession"].combine_chunks(), "")
        columns["accession"] = pc.if_else(known, pa.array(names, pa.string()), "")
        columns["year"] = pc.coalesce(records["issue_year"], records["early_year"])
        first = authors.filter(pc.equal(authors["position"], 1))
        at = pc.index_in(records["record"], first["record"].combine_chunks())
        columns["first_author"] = pc.fill_null(first["printed"].take(at), "")
        columns["complete"] = _filled(records)
        self._keys.append(pa.table(columns))

    def keys(self) -> pa.Table:
        """The keys of all records: what ``duplicates.find`` takes, with file and line."""
        return pa.concat_tables(self._keys)


def _filled(records: pa.Table) -> pa.Array:
    """How many fields of each record are filled."""
    total = np.zeros(len(records), np.int64)
    for column in records.columns:
        values = column.combine_chunks()
        if pa.types.is_string(values.type):
            offsets = np.frombuffer(values.buffers()[1], np.int32)[values.offset : values.offset + len(values) + 1]
            total += offsets[1:] > offsets[:-1]
        else:
            total += values.is_valid().to_numpy(zero_copy_only=False)
    return pa.array(total)
