"""Web of Science plain text, a block of many records at a time: the fast way.

It reads what is regular and declines everything else: a block with one odd line is read by
:mod:`wos_text`, record by record. Both give the same, which the tests hold them to.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from livingreview.corpus.normal.spans import gather, padded, within
from livingreview.corpus.reading.columns import Columns, Values
from livingreview.corpus.reading.raw import LISTED

_PT, _ER, _FN, _VR, _EF = (ord(tag[0]) << 8 | ord(tag[1]) for tag in ("PT", "ER", "FN", "VR", "EF"))
# What stands between two lines of a field that is one value.
_REGULAR_BREAK = "\n   "
_ANY_BREAK = r"[ \t\r\f\v]*\n[ \t\r\f\v\n]*"


def tokenise(block: bytes, first_line: int, wanted: frozenset[str]) -> Columns | None:
    """Columns of a block of whole records, None where the block is not regular.

    Parameters
    ----------
    block : bytes
        Plain text in UTF-8, with ``\\n`` line ends, from the end of one record to that of another.
    first_line : int
        Line of the file where the block begins, from 1.
    wanted : frozenset of str
        The tags to hand on.

    Examples
    --------
    >>> found = tokenise(b"PT J\\nAU Wu, S\\n   Li, Q\\nTI A\\n   title\\nER\\n", 3, frozenset({"AU", "TI"}))
    >>> found.lines.tolist(), found.of("TI").text.to_pylist(), found.of("AU").text.to_pylist()
    ([3], ['A title'], ['Wu, S', 'Li, Q'])
    >>> tokenise(b"PT J\\nno tag\\nER\\n", 1, frozenset({"TI"})) is None
    True
    """
    if b"\r" in block or b"\x00" in block or len(block) > 1 << 30:
        return None
    content = padded(block if block.endswith(b"\n") else block + b"\n")
    lines = _lines(content)
    if lines is None:
        return None
    numbers, starts, ends, raw_ends, tagged = lines
    at = np.flatnonzero(tagged)
    codes = content[raw_ends[0][at]].astype(np.int64) << 8 | content[raw_ends[0][at] + 1]
    if (opened := _record_of(codes)) is None:
        return None
    record_of, inside = opened
    last = np.append(at[1:], len(numbers)) - 1
    if np.any(last[~inside] != at[~inside]):
        return None  # lines that continue no field
    if np.any(np.bincount(record_of[inside], minlength=1) < 2):
        return None  # a record of PT only
    odd = _odd_fields(numbers, starts, ends, raw_ends, at, last)
    order = np.argsort(codes.astype(np.uint16), kind="stable")
    sorted_codes = codes[order]
    values = {}
    for tag in sorted(wanted):
        code = ord(tag[0]) << 8 | ord(tag[1])
        fields = order[np.searchsorted(sorted_codes, code) : np.searchsorted(sorted_codes, code + 1)]
        if not len(fields):
            continue
        owners = record_of[fields]
        if np.any(np.diff(owners) <= 0):
            return None  # a tag twice in one record
        first, final = at[fields], last[fields]
        if tag in LISTED:
            rows, field = within(first, final + 1)
            filled = ends[rows] > starts[rows]
            rows, field = rows[filled], field[filled]
            text = gather(content, starts[rows], ends[rows])
            if tag == "C1" and _wrapped(text):
                return None
            values[tag] = Values(owners[field], text, first_line + numbers[first[field]])
        else:
            text = gather(content, starts[first], np.maximum(ends[final], starts[first]))
            text = _joined(text, final > first, odd[fields])
            values[tag] = Values(owners, text, first_line + numbers[first])
    return Columns(first_line + numbers[at[codes == _PT]], values)


def _lines(content: np.ndarray):
    """The lines that are not blank: number, trimmed span of the value, span as it stands, and
    whether a tag stands there. None where a line is neither tagged nor indented."""
    raw_ends = np.flatnonzero(content == 10)
    raw_starts = np.concatenate([[0], raw_ends[:-1] + 1])
    length = raw_ends - raw_starts
    first, second, third = (content[raw_starts + n] for n in range(3))
    indented = (first == 32) & (second == 32) & (third == 32) & (length >= 3)
    capital = (first >= 65) & (first <= 90)
    after = ((second >= 65) & (second <= 90)) | ((second >= 48) & (second <= 57))
    tagged = capital & after & (((third == 32) & (length > 2)) | (length == 2))
    keep = indented | tagged
    if not np.all(keep | (length == 0)):
        return None
    numbers = np.flatnonzero(keep)
    if len(numbers) == 0 or not tagged[numbers[0]]:
        return None
    raw_starts, raw_ends, tagged = raw_starts[numbers], raw_ends[numbers], tagged[numbers]
    starts, ends = np.minimum(raw_starts + 3, raw_ends), raw_ends.copy()
    _trim(content, starts, ends)
    filled = tagged | (ends > starts)
    if not filled.all():
        numbers, raw_starts, raw_ends = numbers[filled], raw_starts[filled], raw_ends[filled]
        starts, ends, tagged = starts[filled], ends[filled], tagged[filled]
    return numbers, starts, ends, (raw_starts, raw_ends), tagged


def _trim(content: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> None:
    rows = np.arange(len(starts))
    while len(rows := rows[(ends[rows] > starts[rows]) & _is_blank(content[ends[rows] - 1])]):
        ends[rows] -= 1
    rows = np.arange(len(starts))
    while len(rows := rows[(ends[rows] > starts[rows]) & _is_blank(content[starts[rows]])]):
        starts[rows] += 1


def _is_blank(letters: np.ndarray) -> np.ndarray:
    return (letters == 32) | ((letters >= 9) & (letters <= 13) & (letters != 10))


def _record_of(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """The number of the record each tag belongs to, and whether it is one of its fields."""
    begins, finishes = codes == _PT, codes == _ER
    outside = (codes == _FN) | (codes == _VR) | (codes == _EF)
    begun, finished = np.cumsum(begins), np.cumsum(finishes)
    open_before = (begun - begins) - (finished - finishes)
    expected = ~(begins | outside)
    if len(codes) == 0 or np.any(open_before != expected) or begun[-1] != finished[-1]:
        return None
    return begun - 1, ~(outside | finishes)


def _odd_fields(numbers, starts, ends, raw, at, last) -> np.ndarray:
    """Fields whose lines have blanks to trim, or blank lines between them."""
    raw_starts, raw_ends = raw
    trimmed = (starts != np.minimum(raw_starts + 3, raw_ends)) | (ends != raw_ends)
    sums = np.concatenate([[0], np.cumsum(trimmed)])
    return (sums[last + 1] > sums[at]) | (numbers[last] - numbers[at] != last - at)


def _joined(text: pa.StringArray, several: np.ndarray, odd: np.ndarray) -> pa.StringArray:
    """Each field on one line."""
    if np.any(odd & several):
        whole = pc.replace_substring_regex(text, _ANY_BREAK, " ")
        return pc.utf8_trim(whole, characters=" ")
    if np.any(several):
        return pc.replace_substring(text, _REGULAR_BREAK, " ")
    return text


def _wrapped(addresses: pa.StringArray) -> bool:
    """Whether an address goes on in the next line (it stops inside brackets or after a comma)."""
    openings, closings = (pc.count_substring(addresses, mark) for mark in "[]")
    stops = pc.or_(pc.greater(openings, closings), pc.ends_with(addresses, ","))
    return bool(pc.any(stops).as_py())
