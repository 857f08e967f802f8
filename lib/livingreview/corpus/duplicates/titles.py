"""Titles made comparable: one spelling for markup, Greek, accents and case, and what must agree.

Two titles are compared by their letters and digits alone (:attr:`Title.compact`). Likeness is not
enough in this field: parts I and II, a correction and its paper, sulfite and sulfate are nearly
alike and are not the same. So kinds (:attr:`Title.kinds`) and numbers (:attr:`Title.numbers`) must
agree, and words may differ only as misprints do (:func:`same_wording`).
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Levenshtein

#: A title that holds none of these, and no mark of :data:`KIND_MARK`, needs only lower case.
SPECIAL = r"[^ -~]|[<&$\\{}_^]"
#: Beginnings and ends that say what a paper is to another one.
KIND_MARK = (
    r"(?i)^\W*(?:author|publisher|editorial|correct|corrig|errat|addend|retract|withdr)"
    r"|\((?:vol|retract|withdr|erratum|correct|corrig)"
)

#: Characters of a title that are read; what is longer is no title but a damaged record.
LONGEST = 2000

_SPECIAL = re.compile(SPECIAL)
_KIND_MARK = re.compile(KIND_MARK)
_TAG = re.compile(
    r"</?(?:sub|sup|inf|i|b|em|strong|it|italic|bold|scp|sc|tt|u|span|font|p|br|math|m[a-z]{1,12}|mml:[a-z]+|"
    r"jats:[a-z-]+|tex-math|inline-formula|formula)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi",
    "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon",
    "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_LETTERS = str.maketrans(
    {letter: f" {name} " for letter, name in _GREEK.items()}
    | {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | {"×": "x", "°": " degrees ", "&": " and "}
)
_COMMAND = re.compile(r"\\([A-Za-z]+)\s?")
_NOT_WORD = re.compile(r"[\W_]+")

_HEAD = re.compile(
    r"^\W*(?:(?:author|publisher)(?:'s)?\s+)?(corrections?|corrigend(?:um|a)|errat(?:um|a)|addend(?:um|a)|"
    r"retraction(?:\s+not(?:e|ice))?|withdrawal(?:\s+notice)?)\b(?:\s+(?:to|for|on|of|in)\b)?\s*[:.\-–—]*\s*",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"^\W*(?:retracted|withdrawn)(?:\s+(?:article|paper|chapter))?\s*[:.\-–—\]]+\s*", re.IGNORECASE
)
_TAIL = re.compile(
    r"\s*\((vol(?:ume)?\.?\s*\S*\d|retracted|withdrawn|retraction|withdrawal|erratum|correction|corrigendum)[^()]*"
    r"(?:\([^()]*\)[^()]*)*\)\s*\.?$",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"^(?:(?:the )?author(?:s| s)? )?(?:in )?(reply|response|rejoinder)\b(?! of| theory| surface| spectr| time)"
)
_COMMENT = re.compile(r"^comments? to |^commentary on |\bcomments? on\b")
_DISCUSSION = re.compile(r"^discussion (?:on|of) ")
_CONCERN = re.compile(r"^expression of concern\b")
_PART = re.compile(
    r"\b(?:part|pt|paper|section|chapter|episode) "
    r"(\d{1,2}|i{1,3}|iv|vi{0,3}|ix|xi{0,2}|[a-h]|one|two|three|four|five|six)\b"
)
_ORDINAL_I = re.compile(r"(?:\bI[.:,]|^I\s*[-–—]\s)")
_ROMAN = {
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11",
    "xii": "12", "xiii": "13", "xiv": "14", "xv": "15", "xvi": "16",
}  # fmt: skip
_AFTER_PART = _ROMAN | {
    "i": "1", "v": "5", "x": "10", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
}  # fmt: skip
_DIGITS = re.compile(r"\d+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_ELLIPSIS = re.compile(r"(?:\.\.\.|…)\W*$")
_SMALL = frozenset("a an the of in on for and to with by from at its as via de la le der die das und et".split())
# Endings that change the substance: sulfide, sulfite, sulfate; ethane, ethene.
_ENDING = re.compile(r"(ides?|ates?|ites?|anes?|enes?|ynes?|ols?|als?|ines?|ones?|yls?|ic|ous)$")
_GENERIC = frozenset(
    """editorial preface introduction foreword editors note news errata erratum correction corrigendum retraction
    index contents announcement obituary guest message welcome board issue special this information comment reply
    response letter editor book review reviews cover picture abstracts abstract addendum discussion conference
    report the to of a an and in for from on perspective highlights table masthead frontmatter front back matter
    author acknowledgment acknowledgement reviewers commentary overview summary conclusion conclusions
    editorial einleitung vorwort""".split()
)


@dataclass(frozen=True)
class Title:
    """A title taken apart.

    ``spaced`` is the folded title, words parted by one space, without the marks of corrections
    and retractions; ``compact`` the same without spaces. ``kinds`` says what the paper is to
    another ('correction', 'retraction', 'reply', ...), ``numbers`` are its numbers in order of
    size of their text, Roman ones counted as Arabic, ``parts`` what stands after 'Part'.
    ``cut`` says that it ends in an ellipsis.
    """

    spaced: str
    compact: str
    kinds: frozenset[str]
    numbers: tuple[str, ...]
    parts: tuple[str, ...]
    cut: bool

    @property
    def words(self) -> list[str]:
        return self.spaced.split()

    @property
    def weak(self) -> bool:
        """Whether many papers may bear it: generic words only, fewer than four words or 20 letters.

        >>> read("Editorial: This Special Issue").weak, read("Strain in twisted bilayer graphene").weak
        (True, False)
        """
        words = self.words
        return len(words) < 4 or len(self.compact) < 20 or all(w in _GENERIC or w.isdigit() for w in words)


def _plain(title: str) -> str:
    """Markup off, Greek spelt out, accents off, lower case."""
    if not _SPECIAL.search(title):
        return title.lower()
    text = _TAG.sub("", html.unescape(html.unescape(title)))
    if "\\" in text or "$" in text or "{" in text:
        text = _COMMAND.sub(lambda m: f" {m[1]} " if m[1].lower() in _GREEK.values() else "", text)
        text = text.translate({ord(c): "" for c in "${}_^\\"})
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    return unicodedata.normalize("NFKD", text.translate(_LETTERS))


def _core(title: str) -> tuple[str, set[str]]:
    """A title without the marks of corrections and retractions, and the kinds they speak of."""
    kinds: set[str] = set()
    text = title
    if not _KIND_MARK.search(title):
        return text, kinds
    if tail := _TAIL.search(text):
        word = tail[1].lower()
        if word.startswith(("retraction", "withdrawal")):
            kinds.add("retraction")
        elif not word.startswith(("retracted", "withdrawn")):
            kinds.add("correction")
        text = text[: tail.start()]
    text = _WITHDRAWN.sub("", text, count=1)
    if head := _HEAD.match(text):
        word = head[1].lower()
        kind = "retraction" if word.startswith(("retr", "withd")) else "correction"
        # "Corrections for drift in ..." is a paper of its own; both sides of a pair then say so.
        kinds.add("addendum" if word.startswith("addend") else kind)
        text = text[head.end() :]
    return (text, kinds) if any(c.isalnum() for c in text) else (title, kinds)


def folded(title: str) -> str:
    """The folded title without marks of corrections: words in lower case parted by one space.

    >>> folded("Correction to: <i>α</i>-Fe<sub>2</sub>O<sub>3</sub> Nano-Rods (vol 3, pg 1, 2020)")
    'alpha fe2o3 nano rods'
    """
    return " ".join(_NOT_WORD.sub(" ", _plain(_core(title[:LONGEST])[0])).split())


@lru_cache(maxsize=4096)
def read(title: str) -> Title:
    """A printed title taken apart.

    >>> read("Ageing of steels. Part II: Kinetics at 1,000 K").numbers
    ('1000', '2')
    >>> sorted(read("Reply to 'Comment on flat bands'").kinds)
    ['comment', 'reply']
    """
    title = title[:LONGEST]
    core, kinds = _core(title)
    spaced = " ".join(_NOT_WORD.sub(" ", _plain(core)).split())
    if _ANSWER.search(spaced):
        kinds.add("reply")
    if ("comment" in spaced and _COMMENT.search(spaced)) or _DISCUSSION.search(spaced):
        kinds.add("comment")
    if _CONCERN.search(spaced):
        kinds.add("concern")
    counted = spaced
    if "," in core and (joined := _THOUSANDS.sub("", core)) != core:
        counted = " ".join(_NOT_WORD.sub(" ", _plain(joined)).split())
    named = _PART.findall(counted)
    parts = tuple(_AFTER_PART.get(p, p) for p in named)
    words = counted.split()
    numbers = [n.lstrip("0") or "0" for n in _DIGITS.findall(counted)]
    numbers += [_ROMAN[word] for word in words if word in _ROMAN]
    # A lone I, V or X is a number only where it is told to be one.
    numbers += [p for p, raw in zip(parts, named, strict=True) if not (raw.isdigit() or raw in _ROMAN)]
    if words and words[-1] in ("i", "v", "x") and not parts:
        numbers.append(_AFTER_PART[words[-1]])
    elif _ORDINAL_I.search(core) and not parts:
        numbers.append("1")
    return Title(
        spaced, spaced.replace(" ", ""), frozenset(kinds), tuple(sorted(numbers)), parts, bool(_ELLIPSIS.search(title))
    )


def similarity(a: Title, b: Title) -> float:
    """Likeness from 0 to 1: the normalised indel similarity of the compact titles (rapidfuzz ``ratio``).

    >>> similarity(read("Nano-particles of TiO2"), read("Nanoparticles of TiO<sub>2</sub>"))
    1.0
    """
    return round(fuzz.ratio(a.compact, b.compact) / 100, 4)


def is_cut(a: Title, b: Title) -> bool:
    """Whether one title is the beginning of the other, 30 letters or more."""
    short, long = sorted((a.compact, b.compact), key=len)
    return len(short) >= 30 and len(short) < len(long) and long.startswith(short)


def same_wording(a: Title, b: Title) -> bool:
    """Whether the titles differ only as misprints, spellings, hyphens and small words do.

    >>> same_wording(read("Growth of ZnO nanorods"), read("Growth of ZnO nanowires"))
    False
    >>> same_wording(read("Behavior of sulphur cathodes"), read("The behaviour of sulfur cathodes"))
    True
    """
    if a.compact == b.compact:
        return True
    left, right = a.words, b.words
    for tag, i1, i2, j1, j2 in Levenshtein.opcodes(left, right).as_list():
        if tag != "equal" and not _misprint(left[i1:i2], right[j1:j2]):
            # Words that were parted or joined straddle the alignment: judge the whole middle once.
            return _misprint_whole(left, right)
    return True


def _misprint_whole(left: list[str], right: list[str]) -> bool:
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    end = 0
    while end < min(len(left), len(right)) - start and left[-1 - end] == right[-1 - end]:
        end += 1
    return "".join(left[start : len(left) - end]) == "".join(right[start : len(right) - end])


def _misprint(left: list[str], right: list[str]) -> bool:
    left = [w for w in left if w not in _SMALL]
    right = [w for w in right if w not in _SMALL]
    one, other = "".join(left), "".join(right)
    if one == other:
        return True
    if len(left) == len(right) > 1:
        return all(_misprint([x], [y]) for x, y in zip(left, right, strict=True))
    one, other = one.replace("ph", "f"), other.replace("ph", "f")
    if one == other:
        return True
    if not one or not other or one[0] != other[0] or any(c.isdigit() for c in one + other):
        return False
    ends = _ENDING.search(one), _ENDING.search(other)
    if all(ends) and ends[0][1].rstrip("s") != ends[1][1].rstrip("s"):
        return False
    short = min(len(one), len(other))
    allowed = 0 if short < 4 else 1 if short < 9 else 2
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed
