"""Cited references, all of a block at once; :func:`fields.cited_reference` says what each part means."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from livingreview.corpus.normal import spans
from livingreview.corpus.normal.fields import cited_reference, first_doi
from livingreview.corpus.reading.compiled import scan

_TEXTS = ("first_author", "source_title", "volume", "page", "doi")


def take_apart(printed: pa.StringArray) -> dict[str, pa.Array]:
    """The parts of cited references as columns: first_author, year, source_title, volume, page, doi.

    Parameters
    ----------
    printed : StringArray
        Trimmed, none of them empty, without nulls.

    Examples
    --------
    >>> parts = take_apart(pa.array(["Wu S, 2020, J CHEM, V5, P17, DOI 10.1000/A", "Li Q, IN PRESS"]))
    >>> parts["year"].to_pylist()
    [2020, None]
    >>> parts["source_title"].to_pylist(), parts["page"].to_pylist(), parts["doi"].to_pylist()
    (['J CHEM', 'IN PRESS'], ['17', ''], ['10.1000/a', ''])
    """
    if scan is None:
        return one_by_one(printed)
    content, starts, ends = spans.raw(printed)
    offsets = np.append(starts[:1], ends).astype(np.int32)
    years, odd, *columns = scan.references(content, offsets)
    year = np.frombuffer(years, np.int64)
    made = {
        name: spans.from_bytes(*columns[2 * n : 2 * n + 2]) for n, name in enumerate(_TEXTS)
    }
    if odd:
        rows = np.frombuffer(odd, np.int32)
        mask = np.zeros(len(printed), bool)
        mask[rows] = True
        strange = made["doi"].take(pa.array(rows)).to_pylist()
        made["doi"] = pc.replace_with_mask(made["doi"], pa.array(mask), spans.texts([first_doi(v) for v in strange]))
    return made | {"year": spans.numbers(year, year == 0)}


def one_by_one(printed: pa.StringArray) -> dict[str, pa.Array]:
    """:func:`take_apart` the plain way."""
    rows = [cited_reference(text) for text in printed.to_pylist()]
    made = {name: spans.texts([getattr(row, name) for row in rows]) for name in _TEXTS}
    return made | {"year": pa.array([row.year for row in rows], pa.int64())}


def dois(printed: pa.StringArray) -> pa.StringArray:
    """The first DOI of each value, lower case; see ``fields.first_doi``."""
    lowered = pc.utf8_lower(printed)
    plain = pc.and_(pc.string_is_ascii(printed), pc.starts_with(printed, "10."))
    plain = pc.and_not(plain, pc.match_substring_regex(printed, r"[\],]"))
    odd = pc.and_not(pc.greater(pc.binary_length(printed), 0), plain)
    strange = printed.filter(odd).to_pylist()
    if not strange:
        return lowered
    return pc.replace_with_mask(lowered, odd, spans.texts([first_doi(value) for value in strange]))
