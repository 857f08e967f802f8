"""Web of Science plain text, a block of many records at a time: the fast way.

It reads what is regular and declines everything else: a block with one odd line is read by
:mod:`wos_text`, record by record. Both give the same, which the tests hold them to.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from livingreview.corpus.normal.spans import from_bytes
from livingreview.corpus.reading.columns import Columns, Values
from livingreview.corpus.reading.compiled import scan
from livingreview.corpus.reading.raw import LISTED

_LISTED = "".join(sorted(LISTED)).encode()
_START, _END, _RECORD, _CODE, _LINE = range(5)


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
    >>> found is None or (found.lines.tolist(), found.of("TI").text.to_pylist(), found.of("AU").text.to_pylist())
    ([3], ['A title'], ['Wu, S', 'Li, Q'])
    >>> tokenise(b"PT J\\nno tag\\nER\\n", 1, frozenset({"TI"})) is None
    True
    """
    found = scan.fields(block, _LISTED) if scan else None
    if found is None:
        return None
    lines, *tables = (np.frombuffer(part, np.int32) for part in found)
    if not len(lines):
        return None
    values = {}
    for table, mine in zip(tables, (wanted - LISTED, wanted & LISTED), strict=True):
        rows = table.reshape(-1, 5)
        order = np.argsort(rows[:, _CODE], kind="stable")
        codes = rows[order, _CODE]
        for tag in sorted(mine):
            code = ord(tag[0]) << 8 | ord(tag[1])
            here = order[np.searchsorted(codes, code) : np.searchsorted(codes, code + 1)]
            if not len(here):
                continue
            part = np.ascontiguousarray(rows[here])
            text = from_bytes(*scan.gather(block, part, 5))
            if tag == "C1" and _wrapped(text):
                return None
            record, line = part[:, _RECORD].astype(np.int64), part[:, _LINE].astype(np.int64)
            values[tag] = Values(record, text, first_line + line)
    return Columns(first_line + lines.astype(np.int64), values)


def _wrapped(addresses: pa.StringArray) -> bool:
    """Whether an address goes on in the next line (it stops inside brackets or after a comma)."""
    openings, closings = (pc.count_substring(addresses, mark) for mark in "[]")
    stops = pc.or_(pc.greater(openings, closings), pc.ends_with(addresses, ","))
    return bool(pc.any(stops).as_py())
