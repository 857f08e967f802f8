"""Text by column: spans of a buffer made into strings, and strings taken apart, without a loop.

Exports hold millions of short values. A Python loop over them costs more than everything else,
so they are found by NumPy on the bytes and copied once, by Arrow.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from livingreview.corpus.reading.compiled import scan

BLANK = " \t\r\f\v"


def gather(buffer: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> pa.StringArray:
    """Strings from spans of a buffer of UTF-8.

    Parameters
    ----------
    buffer : ndarray of uint8
        Below 2 GB.
    starts, ends : ndarray of int64
        Half-open spans in ascending order, none of which overlap or cut a character.

    Notes
    -----
    The spans and what lies between them are one Arrow array over the buffer without a copy
    (https://arrow.apache.org/docs/format/Columnar.html#variable-size-binary-layout); a filter then
    copies every other value, which is the fastest copy of many short pieces at hand.

    >>> gather(np.frombuffer(b"one two six", np.uint8), np.array([0, 8]), np.array([3, 11])).to_pylist()
    ['one', 'six']
    """
    count = len(starts)
    if not count:
        return pa.array([], pa.string())
    offsets = np.empty(2 * count + 1, np.int32)
    offsets[0:-1:2], offsets[1::2], offsets[-1] = starts, ends, ends[-1]
    whole = pa.StringArray.from_buffers(2 * count, pa.py_buffer(offsets), pa.py_buffer(buffer))
    every_other = np.zeros(2 * count, bool)
    every_other[::2] = True
    return whole.filter(pa.array(every_other))


def from_bytes(offsets: bytes, data: bytes) -> pa.StringArray:
    """A text column from its Arrow buffers: int32 offsets and UTF-8.

    >>> from_bytes(np.array([0, 2, 3], np.int32).tobytes(), b"abc").to_pylist()
    ['ab', 'c']
    """
    return pa.StringArray.from_buffers(len(offsets) // 4 - 1, pa.py_buffer(offsets), pa.py_buffer(data))


def raw(text: pa.StringArray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The bytes of a column without nulls, and where each value starts and ends (int64); no copy.

    >>> content, starts, ends = raw(pa.array(["ab", "c"]))
    >>> content.tolist(), starts.tolist(), ends.tolist()
    ([97, 98, 99], [0, 2], [2, 3])
    """
    offsets = np.frombuffer(text.buffers()[1], np.int32)[text.offset : text.offset + len(text) + 1]
    data = text.buffers()[2]
    content = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(0, np.uint8)
    offsets = offsets.astype(np.int64)
    return content[: offsets[-1]], offsets[:-1], offsets[1:]


def split(values: pa.StringArray, separator: str = ";") -> tuple[np.ndarray, pa.StringArray]:
    """Entries of list fields, trimmed, none of them blank, and the value each comes from (int64).

    >>> owner, entries = split(pa.array(["a; b;", "", "c"]))
    >>> owner.tolist(), entries.to_pylist()
    ([0, 0, 2], ['a', 'b', 'c'])
    """
    if not len(values):
        return np.empty(0, np.int64), values
    if scan is None:
        return split_plainly(values, separator)
    content, starts, ends = raw(values)
    offsets = np.append(starts[:1], ends).astype(np.int32)
    owner, *parts = scan.split(content, offsets, ord(separator))
    return np.frombuffer(owner, np.int32).astype(np.int64), from_bytes(*parts)


def split_plainly(values: pa.StringArray, separator: str = ";") -> tuple[np.ndarray, pa.StringArray]:
    """:func:`split` without the help of C."""
    lists = pc.split_pattern(values, separator)
    owner = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False).astype(np.int64)
    entries = trim(lists.flatten())
    filled = pc.greater(pc.binary_length(entries), 0)
    keep = filled.to_numpy(zero_copy_only=False)
    return owner[keep], entries.filter(filled)


def aligned(values: pa.StringArray, places: np.ndarray, count: int) -> pa.StringArray:
    """A column of ``count`` rows with the values at ``places`` (ascending), ``""`` elsewhere; no copy.

    >>> aligned(pa.array(["a", "b"]), np.array([1, 3]), 5).to_pylist()
    ['', 'a', '', 'b', '']
    """
    offsets = np.frombuffer(values.buffers()[1], np.int32)[values.offset : values.offset + len(values) + 1]
    before = np.zeros(count + 1, np.int64)
    before[places + 1] = 1
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets[np.cumsum(before)]), values.buffers()[2])


def trim(values: pa.StringArray) -> pa.StringArray:
    """Values without the ASCII blanks around them."""
    return pc.utf8_trim(values, characters=BLANK)


def ranks(owner: np.ndarray) -> np.ndarray:
    """Place of each row within its group of equal neighbours, from 1 (int64).

    >>> ranks(np.array([0, 0, 2, 5, 5, 5])).tolist()
    [1, 2, 1, 1, 2, 3]
    """
    count = len(owner)
    if not count:
        return np.empty(0, np.int64)
    first = np.flatnonzero(np.concatenate([[True], owner[1:] != owner[:-1]]))
    lengths = np.diff(np.append(first, count))
    return np.arange(count) - np.repeat(first, lengths) + 1


def numbers(values: np.ndarray, missing: np.ndarray | None = None) -> pa.Int64Array:
    """An integer column; ``missing`` is true where there is no number."""
    return pa.array(np.asarray(values, np.int64), pa.int64(), mask=missing)


def texts(values: list[str]) -> pa.StringArray:
    """A text column from Python strings."""
    return pa.array(values, pa.string())


def blank(count: int) -> pa.StringArray:
    """A text column without text."""
    return pa.repeat(pa.scalar("", pa.string()), count)


def mapped(values: pa.StringArray, function, width: int) -> list[pa.StringArray]:
    """``function`` of each distinct value, a tuple of ``width`` strings, as columns.

    >>> [column.to_pylist() for column in mapped(pa.array(["a", "b", "a"]), lambda v: (v, v * 2), 2)]
    [['a', 'b', 'a'], ['aa', 'bb', 'aa']]
    """
    encoded = pc.dictionary_encode(values)
    made = [function(value) for value in encoded.dictionary.to_pylist()]
    return [texts([row[n] for row in made]).take(encoded.indices) for n in range(width)]
