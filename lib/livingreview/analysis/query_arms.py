"""The review's search query taken apart: what each of its parts finds in a corpus.

The query is one for the advanced search of Web of Science. It has two clauses: papers of named
journals that speak of a technique and of a material, or papers of two groups of categories that do::

    (TS=(techniques) AND TS=(materials) AND SO=(journals)) OR
    ((WC=(category) OR TS=(techniques)) AND TS=(materials) AND WC=(materials) AND WC=(chemistry))

and may end in ``AND PY=(years)``. Read here: tags and operators in either case, a tag that lacks
its ``=`` as if it had one (the appendix prints ``Ts(`` for ``TS=(``), one full stop at the end.
AND binds before OR. A parenthesis within quotation marks is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from livingreview.analysis.behind import record_ids
from livingreview.errors import InputError
from livingreview.select import expression as language
from livingreview.select.search import Searchable, matches
from livingreview.select.window import date_records

PARTS = (
    "technique-term", "material-arm", "technique", "material", "journals", "category-ai",
    "categories-materials", "categories-chemistry", "clause-1", "clause-2", "years", "query",
)  # fmt: skip
"""Every key that the column ``part`` can hold; the first two on several rows, the others on one."""

_CLAUSES = "((TS AND TS AND SO) OR ((WC OR TS) AND TS AND WC AND WC))"
_SHAPES = (_CLAUSES, f"({_CLAUSES} AND PY)")
_NEXT_STEP = "compare the query with data/query/appendix_verbatim.txt"


@dataclass(frozen=True)
class Field:
    """A field tag with what stands in its parentheses; ``text`` is the whole as printed."""

    tag: str
    body: str
    text: str

    def __str__(self) -> str:
        return self.tag


@dataclass(frozen=True)
class Joined:
    """Parts joined by one operator, AND or OR; ``text`` as in :class:`Field`."""

    operator: str
    parts: tuple[Node, ...]
    text: str

    def __str__(self) -> str:
        return f"({f' {self.operator} '.join(map(str, self.parts))})"


Node = Field | Joined


def _error(text: str, place: int, expected: str) -> InputError:
    place += len(text[place:]) - len(text[place:].lstrip())
    found = repr(text[place : place + 20]) if place < len(text) else "the end"
    return InputError(f"query, character {place + 1}", expected, found, _NEXT_STEP)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _marks(text: str, start: int = 0) -> Iterator[tuple[re.Match[str], int]]:
    """Parentheses and ORs outside quotation marks, each as a match with the depth it stands in."""
    depth = 0
    for mark in re.compile(r'"[^"]*"|[()]|\bor\b', re.IGNORECASE).finditer(text, start):
        if mark[0] == ")":
            depth -= 1
        if not mark[0].startswith('"'):
            yield mark, depth
        if mark[0] == "(":
            depth += 1


def _closing(text: str, start: int) -> int:
    """Where the parenthesis that opens at ``start`` is closed."""
    for mark, depth in _marks(text, start):
        if mark[0] == ")" and depth == 0:
            return mark.start()
    raise _error(text, len(text), f"a ')' for the '(' of character {start + 1}")


def _alternatives(body: str) -> list[str]:
    """The parts of ``a OR b OR c``, divided only outside parentheses and quotation marks."""
    cuts = [mark.span() for mark, depth in _marks(body) if depth == 0 and mark[0] not in "()"]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(body)]
    return [_one_line(body[start:end]) for start, end in zip(starts, ends, strict=True)]


def _listed(body: str) -> list[str]:
    """The names of a list such as ``((nature) or (science))``, in lower case."""
    names = []
    for name in _alternatives(body):
        if name.startswith("(") and _closing(name, 0) == len(name) - 1:
            names += _listed(name[1:-1])
        else:
            names.append(name.strip('" ').casefold())
    return names


class _Reader:
    def __init__(self, query: str):
        self.text, self.at = query.rstrip().removesuffix("."), 0

    def take(self, pattern: str) -> re.Match[str] | None:
        found = re.compile(rf"\s*({pattern})", re.IGNORECASE).match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def whole(self) -> Node:
        node = self.any()
        if self.text[self.at :].strip():
            raise _error(self.text, self.at, "AND, OR or the end")
        return node

    def any(self) -> Node:
        return self.joined("OR", lambda: self.joined("AND", self.part))

    def joined(self, operator: str, below: Callable[[], Node]) -> Node:
        start, parts = self.at, [below()]
        while self.take(rf"{operator}\b"):
            parts.append(below())
        if len(parts) == 1:
            return parts[0]
        return Joined(operator, tuple(parts), _one_line(self.text[start : self.at]))

    def part(self) -> Node:
        if tag := self.take(r"(?:TS|SO|WC|PY)\s*=?\s*(?=\()"):
            opened, self.at = self.at, _closing(self.text, self.at) + 1
            body = self.text[opened + 1 : self.at - 1]
            return Field(tag[1][:2].upper(), body, _one_line(self.text[tag.start(1) : self.at]))
        if self.take(r"\("):
            node = self.any()
            if not self.take(r"\)"):
                raise _error(self.text, self.at, "AND, OR or ')'")
            return node
        raise _error(self.text, self.at, "TS=(, SO=(, WC=(, PY=( or (")


def parse(query: str) -> Node:
    """A query as a tree of fields joined by AND and OR; ``str`` of it shows the tags alone.

    Raises InputError, with the character at fault counted from 1, for anything the rules of this
    module do not allow. What stands within a field is read only when it is searched for.

    >>> str(parse('TS=(alloy*) or Ts("a (b" and c) And so=((nature) or (science))'))
    '(TS OR (TS AND SO))'
    """
    return _Reader(query).whole()


def _parts(query: str) -> list[tuple[str, Node]]:
    """Every part of the review's query with its key, in the order of :data:`PARTS`."""
    root = parse(query)
    if str(root) not in _SHAPES:
        raise InputError("query", " or ".join(_SHAPES), str(root), _NEXT_STEP)
    clauses, years = root.parts if root.operator == "AND" else (root, None)
    first, second = clauses.parts
    technique, material, journals = first.parts
    either, again, materials, chemistry = second.parts
    category, technique_again = either.parts
    for group, other in ((technique, technique_again), (material, again)):
        if _alternatives(group.body) != _alternatives(other.body):
            raise InputError("query, clause 2", group.text, other.text, _NEXT_STEP)
    return [
        *(("technique-term", Field("TS", term, term)) for term in _alternatives(technique.body)),
        *(("material-arm", Field("TS", arm, arm)) for arm in _alternatives(material.body)),
        ("technique", technique), ("material", material), ("journals", journals),
        ("category-ai", category), ("categories-materials", materials),
        ("categories-chemistry", chemistry), ("clause-1", first), ("clause-2", second),
        *([("years", years)] if years else []),
        ("query", Joined(root.operator, root.parts, _one_line(query))),
    ]  # fmt: skip


def _capitals(body: str) -> str:
    """The operators outside quotation marks in capitals, as our own language wants them."""
    operator = re.compile(r'"[^"]*"|\b(?:and|or|not)\b', re.IGNORECASE)
    return operator.sub(lambda m: m[0] if m[0].startswith('"') else m[0].upper(), body)


class _Corpus:
    """Answers fields and whatever is joined of them; the same body is searched for once."""

    def __init__(self, texts: Searchable, records: pd.DataFrame, categories: pd.DataFrame):
        self.texts = texts
        self.titles = records.set_index("record")["source_title"].str.casefold()
        printed = categories[categories["kind"] == "WC"].set_index("record")["printed"]
        self.categories = printed.str.casefold()
        self.years = date_records(records).set_index("record")["year"]
        self.known: dict[tuple[str, str], frozenset[str]] = {}

    def find(self, node: Node) -> frozenset[str]:
        if isinstance(node, Joined):
            found = [self.find(part) for part in node.parts]
            return frozenset.intersection(*found) if node.operator == "AND" else frozenset.union(*found)
        key = node.tag, _one_line(node.body)
        if key not in self.known:
            self.known[key] = frozenset(self.field(*key))
        return self.known[key]

    def field(self, tag: str, body: str) -> pd.Series | pd.Index:
        if tag == "TS":
            return matches(language.parse(_capitals(body), "TS of the query"), self.texts)["record"]
        if tag == "PY":
            span = re.fullmatch(r"\s*(\d{4})(?:\s*-\s*(\d{4}))?\s*", body)
            if not span:
                raise InputError("PY of the query", "a year or YYYY-YYYY", repr(body), _NEXT_STEP)
            inside = self.years.between(int(span[1]), int(span[2] or span[1]))
            return self.years.index[inside.fillna(False).astype(bool)]
        values = self.titles if tag == "SO" else self.categories
        return values.index[values.isin(_listed(body))]


def parts_found(
    query: str, texts: Searchable, records: pd.DataFrame, categories: pd.DataFrame
) -> pd.DataFrame:
    """What each part of the review's query finds in a corpus.

    Parameters
    ----------
    query : str
        The query as printed or as repaired; see the rules of this module.
    texts : Searchable
        Title, abstract and keywords of the records: the topic, TS.
    records, categories : DataFrame
        Tables of the normal form. SO is the whole ``source_title``; WC is one whole ``printed``
        category of kind ``WC``; both in any case of letters. PY is the year of final publication,
        else of early access; a record without either is in no range.

    Returns
    -------
    DataFrame
        A row for each part, in the order of :data:`PARTS`: ``part`` (str), its key; ``name``
        (str), the part as printed, on one line; ``papers`` (int64); ``records``. ``technique`` and
        ``material`` are the whole groups, ``query`` is all. There is no row ``years`` where the
        query has no such clause.

    Raises
    ------
    InputError
        For a text that cannot be read, one that has not the two clauses, and one whose second
        clause repeats other techniques or materials than the first.
    """
    corpus = _Corpus(texts, records, categories)
    found = [(part, node.text, record_ids(corpus.find(node))) for part, node in _parts(query)]
    table = pd.DataFrame(found, columns=["part", "name", "records"]).astype({"part": "str", "name": "str"})
    table.insert(2, "papers", table["records"].map(len).astype("int64"))
    return table


def compared(verbatim: pd.DataFrame, repaired: pd.DataFrame) -> pd.DataFrame:
    """Groups, clauses and the query as printed beside the same as repaired.

    Both are tables of :func:`parts_found` on one corpus; single terms and arms are left out.
    Returns a row for each part that either has, in the order of :data:`PARTS`: ``part``; ``name``
    as in ``verbatim`` (in ``repaired`` where only that has the part); ``papers`` and ``repaired``,
    the papers found by each; ``gained``, those that only the repaired one finds; ``lost``, those
    that only the printed one finds; ``records``, those of either. Counts are Int64, ``<NA>`` where
    one of the two has no such part: a limit not set finds nothing and leaves nothing out.
    """
    old, new = (table.set_index("part") for table in (verbatim, repaired))
    rows = []
    for part in (p for p in PARTS[2:] if p in old.index or p in new.index):
        name = (old if part in old.index else new).at[part, "name"]
        sides = [set(t.at[part, "records"]) for t in (old, new) if part in t.index]
        counts = [t.at[part, "papers"] if part in t.index else pd.NA for t in (old, new)]
        changes = [len(sides[1] - sides[0]), len(sides[0] - sides[1])] if len(sides) == 2 else [pd.NA] * 2
        rows.append((part, name, *counts, *changes, record_ids(set().union(*sides))))
    columns = ["papers", "repaired", "gained", "lost"]
    table = pd.DataFrame(rows, columns=["part", "name", *columns, "records"])
    return table.astype({"part": "str", "name": "str"} | dict.fromkeys(columns, "Int64"))
