"""First authors made comparable, in every order and shortening that databases print."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

_FOLD = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "þ": "th"})
_WORD = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)*")
_PARTICLES = frozenset("van von der den de del della di da dos du la le el al bin ibn ter ten zu zur af".split())
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_LONGEST = 200  # characters of a name that are read
# Letters that transliterations exchange at the start of a given name.
_SAME_INITIAL = tuple(set(letters) for letters in ("ijy", "ckq", "xhk", "zcj", "vw", "ey", "scz"))


def _fold(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(_FOLD)
    # Mueller, Müller and Muller are one.
    return text.replace("ue", "u").replace("oe", "o").replace("ae", "a")


def _initials(words: list[str], printed: list[str]) -> str:
    """First letters of given names; ``SL`` counts as two, ``Shengli`` as one."""
    found = ""
    for word, raw in zip(words, printed, strict=True):
        found += word if len(raw) <= 3 and raw.isupper() else word[:1]
    return found


@lru_cache(maxsize=8192)
def readings(printed: str) -> tuple[tuple[frozenset[str], str], ...]:
    """What a printed name can mean: pairs of (words of the surname, initials), the likeliest first.

    A comma settles it; initials settle it; ``Wu Shengli`` can be read both ways.

    >>> [(sorted(s), i) for s, i in readings("S. L. Wu")]
    [(['wu'], 'sl')]
    """
    family, comma, given = printed.partition(",")
    if comma:
        return (_reading(_words(family), _words(given)),)
    words = [w for w in _words(printed) if w.casefold() not in _SUFFIXES]
    if len(words) < 2:
        return (_reading(words, []),)
    short = [len(w) == 1 or (len(w) <= 3 and w.isupper()) for w in words]
    if all(short) and not all(len(w) == 1 for w in words):
        # "WU SL" in capitals: the surname comes first in databases that print so.
        return (_reading(words[:1], words[1:]), _reading(words[-1:], words[:-1]))
    if short[-1]:
        cut = next(i for i in range(len(words)) if all(short[i:]))
        return (_reading(words[:cut] or words[:1], words[cut:] if cut else words[1:]),)
    if short[0]:
        cut = next(i for i in range(len(words)) if not short[i])
        ways = [_reading(words[cut:], words[:cut])]
        if len(words) - cut > 1:
            ways.append(_reading(words[-1:], words[:-1]))
        return tuple(ways)
    return (_reading(words[-1:], words[:-1]), _reading(words[:1], words[1:]))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("-", " ") if text else "")


def _reading(family: list[str], given: list[str]) -> tuple[frozenset[str], str]:
    names = [_fold(w) for w in family]
    kept = [n for n in names if n not in _PARTICLES and n not in _SUFFIXES] or names
    given = [w for w in given if w.casefold() not in _PARTICLES and w.casefold() not in _SUFFIXES]
    return frozenset(kept), _initials([_fold(w) for w in given], given)


@lru_cache(maxsize=8192)
def _all_words(printed: str) -> frozenset[str]:
    return frozenset(_fold(w) for w in _words(printed) if len(w) > 1)


def _initials_agree(one: str, other: str) -> bool:
    if not one or not other or one[0] == other[0]:
        return True
    if one[0] in other and other[0] in one:
        return True
    return any(one[0] in group and other[0] in group for group in _SAME_INITIAL)


def _surnames_agree(one: frozenset[str], other: frozenset[str]) -> bool:
    if not one or not other:
        return False
    if one <= other or other <= one or "".join(sorted(one)) == "".join(sorted(other)):
        return True
    a, b = " ".join(sorted(one)), " ".join(sorted(other))
    return min(len(a), len(b)) >= 5 and fuzz.ratio(a, b) >= 82


def agree(one: str, other: str) -> bool | None:
    """Whether two printed first authors can be one person; None where a name is missing.

    Surnames must be alike (accents, particles, one half of a double name and close
    transliterations aside) and initials compatible; family and given name may be exchanged.

    >>> agree("Wu, Shengli", "S. Wu"), agree("Wu Shengli", "WU, S"), agree("Wu, S", "Li, S"), agree("", "Wu")
    (True, True, False, None)
    """
    one, other = one[:_LONGEST], other[:_LONGEST]
    if not one.strip() or not other.strip():
        return None
    if one == other:
        return True
    for surname_a, initials_a in readings(one):
        for surname_b, initials_b in readings(other):
            if _surnames_agree(surname_a, surname_b) and _initials_agree(initials_a, initials_b):
                if surname_a & surname_b or not initials_a or not initials_b or initials_a[0] == initials_b[0]:
                    return True
    whole_a, whole_b = _all_words(one), _all_words(other)
    return len(whole_a) > 1 and whole_a == whole_b
