"""Where a work stands - source, volume, pages - compared across the ways databases print it.

Each comparison answers True (they agree), False (they contradict) or None (they cannot tell).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LOCATOR = re.compile(r"[a-z]*\d[\da-z.]*")
_DRESS = re.compile(r"artn|article|no\.|pp\.")
_DIGITS = re.compile(r"\d+")
_SMALL = frozenset("of the and for in on de la le des und der die et to a an".split())
_MEETING = frozenset(
    "proc proceedings conf conference symp symposium workshop congress meeting meet int annual ieee acm".split()
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONGEST = 500  # characters of a source or a page that are read
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=8192)
def locator(printed: str) -> str:
    """A page or article number without its dress.

    >>> [locator(p) for p in ("e0123", "ARTN 045301", "123-130", "S12", "n/a")]
    ['123', '45301', '123', 's12', '']
    """
    found = _LOCATOR.search(_DRESS.sub(" ", printed[:_LONGEST].casefold()))
    if not found:
        return ""
    text = found[0].rstrip(".")
    letters = re.match(r"[a-z]*", text)[0]
    if letters in ("e", "p", "art"):
        text = text[len(letters) :]
    return text.lstrip("0") or "0"


def pages_agree(a_page: str, a_number: str, b_page: str, b_number: str, a_final: bool, b_final: bool) -> bool | None:
    """Whether first pages or article numbers agree.

    A page against an article number proves nothing unless they are equal; nor does page 1 of a
    record without a volume, which is how papers are printed before they have pages.

    >>> pages_agree("e045", "", "", "45", True, True), pages_agree("1", "", "210", "", False, True)
    (True, None)
    """
    page_a, number_a, page_b, number_b = locator(a_page), locator(a_number), locator(b_page), locator(b_number)
    if (page_a == "1" and not a_final) or (page_b == "1" and not b_final):
        return True if number_a and number_a == number_b else None
    if {page_a, number_a} & {page_b, number_b} - {""}:
        return True
    if number_a and number_b:
        return _same_digits(number_a, number_b)
    if page_a and page_b:
        return _same_digits(page_a, page_b)
    return None


def _same_digits(one: str, other: str) -> bool | None:
    """None where only letters differ (L12 and 12), else False."""
    return None if _DIGITS.findall(one) == _DIGITS.findall(other) else False


def volumes_agree(one: str, other: str) -> bool | None:
    """Whether two volumes agree; letters and parts aside.

    >>> volumes_agree("12 A", "12"), volumes_agree("12", "13"), volumes_agree("", "3")
    (True, False, None)
    """
    a, b = _DIGITS.search(one), _DIGITS.search(other)
    if not a or not b:
        return None
    return int(a[0][:18]) == int(b[0][:18])


@lru_cache(maxsize=8192)
def _source_words(printed: str) -> tuple[str, ...]:
    text = unicodedata.normalize("NFKD", _BRACKETS.sub(" ", printed[:_LONGEST]).casefold().replace("&", " and "))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return tuple(w for w in _WORD.findall(text) if w not in _SMALL)


def _shortens(short: str, long: str) -> bool:
    """Whether a word abbreviates another: first letter the same, the rest in its order."""
    if len(short) > len(long):
        short, long = long, short
    if short[0] != long[0]:
        return False
    rest = iter(long)
    return all(c in rest for c in short)


def sources_agree(one: str, other: str) -> bool | None:
    """Whether two printed sources can be one journal, book or series.

    Abbreviations are read word by word; letters of sections must be there on both sides. Names of
    meetings vary too much to contradict each other.

    >>> sources_agree("J MATER CHEM A", "Journal of Materials Chemistry A")
    True
    >>> sources_agree("Journal of Materials Chemistry", "Journal of Materials Chemistry C")
    False
    >>> sources_agree("Proc. 5th Int. Conf. on Glass", "Glass Conference Proceedings") is None
    True
    """
    a, b = _source_words(one), _source_words(other)
    if not a or not b:
        return None
    if a == b:
        return True
    if len(a) == len(b) and all(_shortens(x, y) for x, y in zip(a, b, strict=True)):
        return True
    short, long = sorted((a, b), key=len)
    if len(short) == 1 and len(long) > 2 and short[0] == "".join(w[0] for w in long):
        return True
    if all(_shortens(x, y) for x, y in zip(short, long, strict=False)) and len(short) > 1:
        more = long[len(short) :]
        return False if len(more[0]) == 1 or more[0].isdigit() else None
    if _MEETING & set(a) and _MEETING & set(b):
        return None
    return False
