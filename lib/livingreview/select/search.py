"""Which records match an expression, and by which words in which field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from livingreview.select import expression as language
from livingreview.select.normalise import normalise

FIELDS = ("title", "abstract", "keywords")


@dataclass
class Searchable:
    """Texts made ready for many searches: one long normalised string and where fields begin.

    Build it once with :meth:`of` and hand it to :func:`matches` in place of the texts.
    """

    records: list[str]
    text: str
    starts: np.ndarray
    _hits: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, texts: pd.DataFrame) -> Searchable:
        """From a frame with columns ``record``, ``title``, ``abstract``, ``keywords`` (str)."""
        ordered = texts.sort_values("record", kind="stable")
        pieces = [
            normalise(value)
            for row in zip(*(ordered[name] for name in FIELDS), strict=True)
            for value in row
        ]
        lengths = np.fromiter((len(piece) + 1 for piece in pieces), int, len(pieces))
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if pieces else np.empty(0, int)
        return cls(ordered["record"].tolist(), "\n".join(pieces), starts)

    def hits(self, term: language.Term) -> list[tuple[int, int, str]]:
        """Each occurrence of a term as (number of the field, place, words), in order of text."""
        if term.words not in self._hits:
            places, found = [], []
            for match in _pattern(term.words).finditer(self.text):
                start, end = match.span()
                if term.words.startswith("*"):
                    while start and self.text[start - 1].isalnum():
                        start -= 1
                places.append(start)
                found.append(self.text[start:end])
            numbers = np.searchsorted(self.starts, places, side="right") - 1
            self._hits[term.words] = list(
                zip(numbers.tolist(), places, found, strict=True)
            )
        return self._hits[term.words]


def _pattern(words: str) -> re.Pattern[str]:
    # The pattern begins with its literal text, which the regex engine finds fast; that a word
    # starts there is looked at afterwards (a leading \b would make it try every position).
    head, star, rest = words.lstrip("*").partition("*")
    literal = re.escape(head)
    before = "" if words.startswith("*") else rf"(?<!\w{literal})"
    after = r"\w*" + r"\w*".join(re.escape(part) for part in rest.split("*")) if star else ""
    return re.compile(rf"{literal}{before}{after}(?!\w)")


def _mask(node: language.Node, texts: Searchable) -> np.ndarray:
    if isinstance(node, language.Term):
        mask = np.zeros(len(texts.records), bool)
        mask[[number // len(FIELDS) for number, _, _ in texts.hits(node)]] = True
        return mask
    if isinstance(node, language.Not):
        return ~_mask(node.part, texts)
    combine = np.logical_and if isinstance(node, language.All) else np.logical_or
    return combine.reduce([_mask(part, texts) for part in node.parts])


def matches(expression: str | language.Node, texts: pd.DataFrame | Searchable) -> pd.DataFrame:
    """Records that match an expression, and the evidence for each.

    Parameters
    ----------
    expression : str or parsed expression
        See :mod:`livingreview.select.expression` for the rules.
    texts : DataFrame or Searchable
        ``record``, ``title``, ``abstract``, ``keywords`` (keywords joined by ``' ; '``).

    Returns
    -------
    DataFrame
        A row for each matching record, by record: ``record``; ``field``, the first of title,
        abstract and keywords that holds a term; ``words``, the distinct words found, normalised,
        in the order of the text, joined by ``'; '``. Both are ``""`` for a record that matches
        only by what it does not say.

    Examples
    --------
    >>> texts = pd.DataFrame({"record": ["r1", "r2"], "title": ["Graph-neural networks", "Alloys"],
    ...                       "abstract": ["", "No network."], "keywords": ["", ""]})
    >>> matches('"graph neural network*" NOT alloys', texts).values.tolist()
    [['r1', 'title', 'graph neural networks']]
    """
    node = language.parse(expression) if isinstance(expression, str) else expression
    ready = texts if isinstance(texts, Searchable) else Searchable.of(texts)
    inside = np.flatnonzero(_mask(node, ready))
    evidence: dict[int, list[tuple[int, int, str]]] = {int(place): [] for place in inside}
    for term in language.terms(node):
        for hit in ready.hits(term):
            if (place := hit[0] // len(FIELDS)) in evidence:
                evidence[place].append(hit)
    rows = []
    for place, found in evidence.items():
        found.sort()
        rows.append(
            {
                "record": ready.records[place],
                "field": FIELDS[found[0][0] % len(FIELDS)] if found else "",
                "words": "; ".join(dict.fromkeys(words for _, _, words in found)),
            }
        )
    return pd.DataFrame(rows, columns=["record", "field", "words"])
