"""A small boolean language that says which records speak of something, readable on a page.

The rules
---------
- A *phrase* stands in double quotes, a *word* may stand without: ``"machine learning" OR GNN``.
- ``AND``, ``OR`` and ``NOT`` are written in capitals; NOT binds before AND, AND before OR;
  parentheses group. ``a NOT b`` is ``a AND NOT b``. Two terms side by side are an error, for
  nobody can see which operator was meant.
- Capitals and diacritics do not matter; hyphens, dashes, slashes, underscores and apostrophes are
  spaces: ``"Self-driving lab*"`` finds *self driving labs*.
- A term matches whole words. ``*`` stands for any run of letters and digits, none included, at the
  start, the end or inside a word: ``descriptor*`` finds the plural, ``descriptor`` does not.
- A term stands in the title, in the abstract or in one keyword; it never runs across two of them,
  nor across any other mark such as a comma, a full stop or a parenthesis.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from livingreview.errors import InputError
from livingreview.select.normalise import normalise

_TOKEN = re.compile(r'\s*(?:(?P<open>\()|(?P<close>\))|"(?P<phrase>[^"]*)"|(?P<word>[^\s()"]+))')
_OPERATORS = {"AND", "OR", "NOT"}


@dataclass(frozen=True)
class Term:
    """A word or phrase, as written and normalised (``*`` kept)."""

    written: str
    words: str

    def __str__(self) -> str:
        return f'"{self.written}"' if " " in self.written else self.written


@dataclass(frozen=True)
class Not:
    """Records that the part does not match."""

    part: Node

    def __str__(self) -> str:
        return f"NOT {_inner(self.part)}"


@dataclass(frozen=True)
class All:
    """Records that every part matches."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " AND ".join(_inner(part) for part in self.parts)


@dataclass(frozen=True)
class Any:
    """Records that at least one part matches."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(str(part) for part in self.parts)


Node = Term | Not | All | Any


def _inner(node: Node) -> str:
    return str(node) if isinstance(node, Term | Not) else f"({node})"


def terms(node: Node) -> list[Term]:
    """Terms that can make a record match, in the order written; those under NOT are left out."""
    if isinstance(node, Term):
        return [node]
    if isinstance(node, Not):
        return []
    return list(dict.fromkeys(term for part in node.parts for term in terms(part)))


class _Parser:
    def __init__(self, text: str, where: str):
        self.text, self.where, self.tokens, self.at = text, where, [], 0
        place = 0
        while place < len(text.rstrip()):
            found = _TOKEN.match(text, place)
            if not found:
                quote = text.index('"', place)
                raise self.error("a closing quotation mark", "the end", quote)
            kind = found.lastgroup
            value = found[kind]
            if kind == "word" and value in _OPERATORS:
                kind = value
            self.tokens.append((kind, value, found.start(found.lastgroup)))
            place = found.end()

    def error(self, expected: str, found: str, place: int) -> InputError:
        return InputError(
            f"{self.where}, character {place + 1} of {self.text!r}", expected, found,
            'join terms by AND, OR, NOT in capitals and put phrases in "quotation marks"',
        )

    def peek(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else "end"

    def fail(self, expected: str) -> InputError:
        if self.at == len(self.tokens):
            return self.error(expected, "the end", len(self.text))
        _, value, place = self.tokens[self.at]
        return self.error(expected, repr(value), place)

    def whole(self) -> Node:
        node = self.any()
        if self.peek() != "end":
            raise self.fail("AND, OR, NOT or the end")
        return node

    def any(self) -> Node:
        parts = [self.all()]
        while self.peek() == "OR":
            self.at += 1
            parts.append(self.all())
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def all(self) -> Node:
        parts = [self.part()]
        while self.peek() in ("AND", "NOT"):
            self.at += self.peek() == "AND"
            parts.append(self.part())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def part(self) -> Node:
        kind = self.peek()
        if kind == "NOT":
            self.at += 1
            return Not(self.part())
        if kind == "open":
            self.at += 1
            node = self.any()
            if self.peek() != "close":
                raise self.fail("AND, OR, NOT or ')'")
            self.at += 1
            return node
        if kind not in ("word", "phrase"):
            raise self.fail("a word, a phrase or '('")
        _, value, place = self.tokens[self.at]
        words = normalise(value, keep="*")
        if not words.replace("*", "").strip() or "|" in words or " * " in f" {words} ":
            raise self.error(
                "words of letters and digits, with '*' only joined to one", repr(value), place
            )
        self.at += 1
        return Term(value, words)


def parse(text: str, where: str = "expression") -> Node:
    """Read an expression by the rules of this module.

    Raises
    ------
    InputError
        For anything the rules do not allow, with the character at fault, counted from 1.

    Examples
    --------
    >>> print(parse('GNN* OR "graph neural network*" AND NOT brain'))
    GNN* OR "graph neural network*" AND NOT brain
    """
    return _Parser(text, where).whole()


_SAME_IN_PLURAL = ("ss", "us", "is", "ics", "series", "species")


def either_number(term: str) -> str:
    """An expression for a term with its last word in the singular and in the plural.

    Only the regular English endings (-s, -es, -ies) are known; *analysis*, *gas*, *physics* and
    the like are left as they are.

    >>> either_number("neural network")
    '"neural network" OR "neural networks"'
    >>> either_number("optical properties")
    '"optical properties" OR "optical property"'
    """
    lower = term.casefold()
    last = lower.split()[-1]
    if last.endswith(_SAME_IN_PLURAL) or (last.endswith("s") and len(last) < 4):
        return f'"{term}"'
    if lower.endswith("ies"):
        other = term[:-3] + "y"
    elif lower.endswith(("xes", "ches", "shes", "sses")):
        other = term[:-2]
    elif lower.endswith("s"):
        other = term[:-1]
    elif last.endswith("y") and len(last) > 1 and last[-2] not in "aeiou":
        other = term[:-1] + "ies"
    elif lower.endswith(("x", "ch", "sh")):
        other = term + "es"
    else:
        other = term + "s"
    return f'"{term}" OR "{other}"'
