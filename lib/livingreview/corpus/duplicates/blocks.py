"""Which pairs are worth comparing: records that share a key made of title or place.

Four keys, each a 64-bit hash: the first 24 letters of the compact title, its last 24, the initials
of its first ten words, and volume, page and initial of the source. Only records under one key are
compared, so the cost grows with the number of records and not with its square; what the keys cannot
see is a pair whose titles differ at the beginning, at the end and in an initial, and whose place is
not printed.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from livingreview.corpus.duplicates import places, titles

#: Records under one key that are all compared with each other; above it, only near neighbours.
BLOCK = 48
#: Neighbours that a record of a larger block is compared with.
NEIGHBOURS = 12
_WIDTH, _INITIALS, _FEWEST_WORDS = 24, 10, 5
_CHUNK = 1 << 15

_FOLD = np.zeros(256, dtype=np.uint8)
for _code in range(256):
    _letter = chr(_code)
    if _code >= 0x80 or (_letter.isascii() and _letter.isalnum()):
        _FOLD[_code] = ord(_letter.lower()) if _code < 0x80 else _code


def title_keys(column: pa.ChunkedArray) -> np.ndarray:
    """Three keys a title: uint64 array of shape (records, 3), 0 where a title has no such key.

    >>> keys = title_keys(pa.chunked_array([["On TiO2 and its uses", "ON TiO<sub>2</sub> AND ITS USES", ""]]))
    >>> bool((keys[0] == keys[1]).all()), keys[2].tolist()
    (True, [0, 0, 0])
    """
    keys = np.zeros((len(column), 3), dtype=np.uint64)
    start = 0
    for chunk in column.chunks:
        for begin in range(0, len(chunk), _CHUNK):
            piece = chunk.slice(begin, _CHUNK)
            keys[start : start + len(piece)] = _keys_of(piece)
            start += len(piece)
    return keys


def _keys_of(piece: pa.Array) -> np.ndarray:
    piece = piece.cast(pa.string())
    marked = pc.match_substring_regex(piece, f"{titles.KIND_MARK}|{titles.SPECIAL}")
    if pc.any(marked).as_py():
        folded = [titles.folded(text) for text in piece.filter(marked).to_pylist()]
        piece = pc.replace_with_mask(piece, marked, pa.array(folded, pa.string()))
    letters, kept, offsets = _letters(piece)
    first = _word_starts(kept, offsets)
    bounds, starts = _bounds(kept, offsets), _bounds(first, offsets)
    compact, initials = letters[kept], letters[first]
    size = np.diff(bounds)
    keys = np.empty((len(piece), 3), np.uint64)
    keys[:, 0] = _hash(_window(compact, bounds[:-1], bounds[1:], _WIDTH), 1)
    keys[:, 1] = _hash(_window(compact, np.maximum(bounds[1:] - _WIDTH, bounds[:-1]), bounds[1:], _WIDTH), 2)
    few = np.minimum(starts[1:], starts[:-1] + _INITIALS)
    keys[:, 2] = _hash(_window(initials, starts[:-1], few, 16), 3)
    keys[size == 0] = 0
    keys[np.diff(starts) < _FEWEST_WORDS, 2] = 0
    return keys


def _letters(piece: pa.Array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Bytes of the texts in lower case, which of them are letters or digits, where each text starts."""
    # A slice keeps the buffers of its parent: offsets say where its own text lies.
    _, offsets_buffer, data_buffer = piece.cast(pa.string()).buffers()
    offsets = np.frombuffer(offsets_buffer, np.int32)[piece.offset : piece.offset + len(piece) + 1].astype(np.int64)
    data = np.frombuffer(data_buffer, np.uint8)[offsets[0] : offsets[-1]] if data_buffer else np.zeros(0, np.uint8)
    letters = _FOLD[data]
    return letters, letters != 0, offsets - offsets[0]


def _word_starts(kept: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    first = kept.copy()
    first[1:] &= ~kept[:-1]
    begins = offsets[:-1][offsets[:-1] < offsets[1:]]
    first[begins] = kept[begins]
    return first


def _bounds(mask: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    counts = np.zeros(len(mask) + 1, np.int64)
    np.cumsum(mask, out=counts[1:])
    return counts[offsets]


def _window(data: np.ndarray, begin: np.ndarray, end: np.ndarray, width: int) -> np.ndarray:
    """Rows of ``width`` bytes from ``begin``, zero from ``end`` on."""
    if not len(data):
        return np.zeros((len(begin), width), np.uint8)
    index = begin[:, None] + np.arange(width)
    return np.where(index < end[:, None], data[np.minimum(index, len(data) - 1)], 0).astype(np.uint8)


def _hash(rows: np.ndarray, seed: int) -> np.ndarray:
    words = np.ascontiguousarray(rows).view(np.uint64)
    value = np.full(len(words), seed * 0x9E3779B97F4A7C15 % (1 << 64), np.uint64)
    for column in words.T:
        value = (value ^ column) * np.uint64(0xFF51AFD7ED558CCD)
        value ^= value >> np.uint64(32)
    return np.maximum(value, np.uint64(1))


def place_keys(
    volume: pa.ChunkedArray, page: pa.ChunkedArray, number: pa.ChunkedArray, source: pa.ChunkedArray
) -> np.ndarray:
    """A key a record from volume, first page (else article number) and initial of the source.

    uint64 of shape (records,), 0 where one of the three is missing.
    """
    place = pc.if_else(pc.equal(page, ""), number, page)
    has = pc.and_(pc.and_(pc.not_equal(volume, ""), pc.not_equal(place, "")), pc.not_equal(source, ""))
    rows = np.flatnonzero(has.to_numpy())
    keys = np.zeros(len(volume), np.uint64)
    for begin in range(0, len(rows), _CHUNK):
        part = rows[begin : begin + _CHUNK]
        index = pa.array(part)
        text = pc.binary_join_element_wise(
            pc.utf8_slice_codeunits(pc.ascii_lower(source.take(index)), 0, 1),
            pc.utf8_slice_codeunits(volume.take(index), 0, 8),
            _dressed_off(place.take(index)),
            "|",
        )
        padded = np.array([line.encode()[:32] for line in text.to_pylist()], dtype="S32")
        keys[part] = _hash(padded.view(np.uint8).reshape(len(part), 32), 4)
    return keys


def _dressed_off(place: pa.ChunkedArray) -> pa.ChunkedArray:
    plain = pc.match_substring_regex(place, r"^[1-9]\d*$")
    if pc.all(plain).as_py():
        return place
    odd = pc.invert(plain)
    mended = pa.array([places.locator(text) for text in place.filter(odd).to_pylist()], pa.string())
    return pc.replace_with_mask(place.combine_chunks(), odd.combine_chunks(), mended)


# Letters that spellings of one name exchange are one bit; a letter beyond ASCII is every bit.
_INITIAL = np.zeros(256, np.uint32)
for _bit, _class in enumerate("a b ckqsxzh d e f g ijy l m n o p r t u vw".split()):
    for _letter in _class:
        _INITIAL[ord(_letter)] = 1 << _bit
_INITIAL[0x80:] = 0xFFFFFFFF


def name_marks(column: pa.ChunkedArray) -> np.ndarray:
    """The initials of the words of each name as bits, uint32 of shape (records,); 0 without a name.

    >>> marks = name_marks(pa.chunked_array([["Wu, Shengli", "S. WU", "Ma, L", ""]]))
    >>> bool(marks[0] == marks[1]), int(marks[0] & marks[2]).bit_count(), int(marks[3])
    (True, 0, 0)
    """
    marks = np.zeros(len(column), np.uint32)
    start = 0
    for chunk in column.chunks:
        for begin in range(0, len(chunk), _CHUNK):
            letters, kept, offsets = _letters(chunk.slice(begin, _CHUNK))
            first = _word_starts(kept, offsets)
            bounds = _bounds(first, offsets)
            bits = _INITIAL[letters[first]]
            rows = np.flatnonzero(np.diff(bounds))
            if len(rows):
                marks[start + rows] = np.bitwise_or.reduceat(bits, bounds[rows])
            start += len(offsets) - 1
    return marks


def names_may_agree(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Whether two arrays of :func:`name_marks` share two initials, or one where a name has but one."""
    shared = one & other
    few = ((one & (one - 1)) == 0) | ((other & (other - 1)) == 0)
    return (one == 0) | (other == 0) | ((shared & (shared - 1)) != 0) | (few & (shared != 0))


def groups(keys: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows in the order of their keys, with start and size of every group of two or more.

    A key of 0 belongs to no group.
    """
    rows = rows[keys[rows] != 0]
    values = keys[rows]
    order = np.argsort(values, kind="stable")
    rows, values = rows[order], values[order]
    starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1]))) if len(rows) else np.zeros(0, int)
    sizes = np.diff(np.concatenate((starts, [len(rows)])))
    many = sizes > 1
    return rows, starts[many], sizes[many]


def pairs_within(rows: np.ndarray, starts: np.ndarray, sizes: np.ndarray) -> Iterator[np.ndarray]:
    """All pairs of each group of at most :data:`BLOCK` rows, as int64 arrays of shape (pairs, 2)."""
    for size in np.unique(sizes[sizes <= BLOCK]):
        left, right = np.triu_indices(size, 1)
        begin = starts[sizes == size]
        step = max(1, 500_000 // len(left))
        for at in range(0, len(begin), step):
            members = rows[begin[at : at + step, None] + np.arange(size)]
            yield np.stack([members[:, left].ravel(), members[:, right].ravel()], axis=1)


def neighbours(ordered: np.ndarray) -> np.ndarray:
    """Pairs of each row with the next :data:`NEIGHBOURS` of a block already put in order."""
    shifted = [
        np.stack([ordered[:-step], ordered[step:]], axis=1) for step in range(1, min(NEIGHBOURS, len(ordered) - 1) + 1)
    ]
    return np.concatenate(shifted)
