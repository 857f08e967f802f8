"""Cited references, all of a block at once; :func:`fields.cited_reference` says what each part means."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from livingreview.corpus.normal import spans
from livingreview.corpus.normal.fields import first_doi

_DOI = b", DOI "
_PAGE = r"\A[Pp][A-Za-z]{0,2}[0-9][^ \t\r\f\v]*\z"
_VOLUME = r"\AV[A-Z]{0,2}[0-9][^ \t\r\f\v]*\z"


def take_apart(printed: pa.StringArray) -> dict[str, pa.Array]:
    """The parts of cited references as columns: first_author, year, source_title, volume, page, doi.

    Parameters
    ----------
    printed : StringArray
        Trimmed, none of them empty, without nulls.

    Examples
    --------
    >>> parts = take_apart(pa.array(["Wu S, 2020, J CHEM, V5, P17, DOI 10.1000/A", "Li Q, IN PRESS"]))
    >>> {name: column.to_pylist() for name, column in parts.items()}["year"]
    [2020, None]
    >>> parts["source_title"].to_pylist(), parts["page"].to_pylist(), parts["doi"].to_pylist()
    (['J CHEM', 'IN PRESS'], ['17', ''], ['10.1000/a', ''])
    """
    content, starts, ends = spans.raw(printed)
    comma = np.flatnonzero(content[:-1] == 44)
    comma = comma[content[comma + 1] == 32]
    counts = np.diff(np.searchsorted(comma, ends), prepend=0)
    owner = np.repeat(np.arange(len(ends)), counts)
    body_ends, doi_starts = _doi(content, ends, comma, owner)
    inside = comma < body_ends[owner]
    cut = _Parts(starts, body_ends, comma[inside], owner[inside])

    at, year = _year(content, cut)
    known = at >= 0
    author_ends = np.where(known, np.where(at > 0, cut.end(at - 1), starts), cut.end(np.zeros_like(at)))
    first = np.where(known, at + 1, 1)
    end = cut.count.copy()
    page, end = _marked(content, cut, first, end, b"Pp", _PAGE)
    volume, end = _marked(content, cut, first, end, b"V", _VOLUME)
    some = end > first
    return {
        "first_author": spans.gather(content, starts, np.maximum(author_ends, starts)),
        "year": spans.numbers(year, ~known),
        "source_title": spans.gather(
            content, np.where(some, cut.start(first), starts), np.where(some, cut.end(end - 1), starts)
        ),
        "volume": volume,
        "page": page,
        "doi": dois(spans.gather(content, doi_starts, ends)),
    }


class _Parts:
    """Where the comma-separated parts of each reference begin and end."""

    def __init__(self, starts: np.ndarray, ends: np.ndarray, comma: np.ndarray, owner: np.ndarray):
        self.starts, self.ends = starts, ends
        self.comma = np.append(comma, 0)
        commas = np.bincount(owner, minlength=len(starts))
        self.count = commas + 1
        self.first = np.cumsum(commas) - commas
        self.limit = len(comma)

    def start(self, part, rows=slice(None)) -> np.ndarray:
        """Start of the part of that number, from 0, of the references; the body's end past the last."""
        place = np.clip(self.first[rows] + part - 1, 0, self.limit)
        begun = np.where(np.asarray(part) <= 0, self.starts[rows], self.comma[place] + 2)
        return np.where(part < self.count[rows], begun, self.ends[rows])

    def end(self, part, rows=slice(None)) -> np.ndarray:
        """End of that part."""
        place = np.clip(self.first[rows] + part, 0, self.limit)
        return np.where(part < self.count[rows] - 1, self.comma[place], self.ends[rows])


def _doi(content, ends, comma, owner) -> tuple[np.ndarray, np.ndarray]:
    """Where the body ends and where the DOI begins; both are the end where there is none."""
    rows = np.flatnonzero(comma + len(_DOI) < ends[owner])
    for place, letter in enumerate(_DOI[2:], start=2):
        rows = rows[content[comma[rows] + place] == letter]
    whose = owner[rows]
    first = np.ones(len(whose), bool)
    first[1:] = whose[1:] != whose[:-1]
    body_ends, doi_starts = ends.copy(), ends.copy()
    body_ends[whose[first]] = comma[rows[first]]
    doi_starts[whose[first]] = comma[rows[first]] + len(_DOI)
    return body_ends, doi_starts


def _year(content: np.ndarray, cut: _Parts) -> tuple[np.ndarray, np.ndarray]:
    """The number of the part, among the first three, that is a year (-1 for none), and the year."""
    at, year = np.full(len(cut.starts), -1), np.zeros(len(cut.starts), np.int64)
    last = max(len(content) - 1, 0)
    for part in range(3):
        rows = np.flatnonzero((at < 0) & (part < cut.count))
        start = cut.start(part, rows)
        length = cut.end(part, rows) - start
        shaped = (length == 4) | (length == 5)
        rows, start, length = rows[shaped], start[shaped], length[shaped]
        one, two, three, four, five = (content[np.minimum(start + n, last)] for n in range(5))
        digits = _digit(two) & _digit(three) & _digit(four)
        century = (one == 49) | ((one == 50) & (two == 48))
        letter = five | 32
        suffix = (length == 4) | ((letter >= 97) & (letter <= 122))
        found = digits & century & suffix
        at[rows[found]] = part
        numbers = [digit[found].astype(np.int64) - 48 for digit in (one, two, three, four)]
        year[rows[found]] = numbers[0] * 1000 + numbers[1] * 100 + numbers[2] * 10 + numbers[3]
    return at, year


def _digit(letters: np.ndarray) -> np.ndarray:
    return (letters >= 48) & (letters <= 57)


def _marked(content, cut: _Parts, first, end, marks: bytes, pattern: str) -> tuple[pa.StringArray, np.ndarray]:
    """The last part where it carries the mark of a page or a volume, without it; and the parts left."""
    rows = np.flatnonzero(end > first)
    start, stop = cut.start(end[rows] - 1, rows), cut.end(end[rows] - 1, rows)
    some = stop > start
    rows, start, stop = rows[some], start[some], stop[some]
    candidate = np.isin(content[start], np.frombuffer(marks, np.uint8))
    rows, start, stop = rows[candidate], start[candidate], stop[candidate]
    shaped = pc.match_substring_regex(spans.gather(content, start, stop), pattern).to_numpy(zero_copy_only=False)
    rows = rows[shaped]
    begins, ends = cut.starts.copy(), cut.starts.copy()
    begins[rows], ends[rows] = start[shaped] + 1, stop[shaped]
    left = end.copy()
    left[rows] -= 1
    return spans.gather(content, begins, ends), left


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
