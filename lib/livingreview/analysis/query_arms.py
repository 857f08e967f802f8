"""The arms of the review's query, each run on its own."""

from __future__ import annotations

import re

import pandas as pd

from livingreview.analysis.behind import record_ids
from livingreview.select.search import Searchable, matches


def _group(text: str, start: int) -> str:
    """The text inside the parenthesis that opens at ``start``."""
    depth = 0
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return text[start + 1 : place]
    raise ValueError("a parenthesis of the query is never closed")


def _split(text: str) -> list[str]:
    """The parts of ``a or b or c`` outside parentheses and quotes, operators in either case."""
    parts, depth, quoted, last = [], 0, False, 0
    for word in re.finditer(r'"|\(|\)|\bor\b', text, flags=re.IGNORECASE):
        token = word[0].lower()
        if token == '"':
            quoted = not quoted
        elif token in "()" and not quoted:
            depth += 1 if token == "(" else -1
        elif token == "or" and depth == 0 and not quoted:
            parts.append(text[last : word.start()].strip())
            last = word.end()
    return [*parts, text[last:].strip()]


def arms(query: str) -> tuple[list[str], list[str]]:
    """The technique terms and the arms on materials of the first clause, as expressions.

    The query reads ``(TS=(technique OR ...) and Ts((arm) or (arm) ...) And so=(...)) or ...``;
    its second clause repeats both groups. Operators are given in capitals, nothing else changes.

    >>> arms('(TS=("a b" OR "c") and Ts((d* and e) or "f")) or x')
    (['"a b"', '"c"'], ['(d* AND e)', '"f"'])
    """
    techniques = _group(query, query.index("TS=(") + 3)
    materials = _group(query, query.index("Ts(") + 2)
    capitals = [
        [re.sub(r"\b(and|or|not)\b", lambda m: m[0].upper(), part) for part in _split(group)]
        for group in (techniques, materials)
    ]
    return capitals[0], capitals[1]


def arms_found(query: str, texts: Searchable) -> pd.DataFrame:
    """What each arm of the query finds in title, abstract and keywords.

    Returns ``name`` (the arm), ``papers`` (int64), ``share`` (% of all records), ``records``; the
    last row is the conjunction of both groups. Journal and category clauses are not applied.
    """
    techniques, materials = arms(query)
    both = f"({' OR '.join(techniques)}) AND ({' OR '.join(materials)})"
    rows = []
    for arm in (*techniques, *materials, both):
        ids = record_ids(matches(arm, texts)["record"])
        rows.append({"name": arm, "papers": len(ids), "share": 100 * len(ids) / max(len(texts.records), 1), "records": ids})
    return pd.DataFrame(rows, columns=["name", "papers", "share", "records"])
