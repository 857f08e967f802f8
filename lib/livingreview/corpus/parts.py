"""Parts of one search: Web of Science gives 500 or 1,000 records at a time, and one gets lost."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

_Y = r"(?:19|20)\d\d"
_M = r"(?:0[1-9]|1[0-2])"
_D1 = r"(?:[12]\d|3[01]|0?[1-9])"
_D = r"(?:0[1-9]|[12]\d|3[01])"
_TIME = r"(?:[T _.-]{1,2}(?:[01]\d|2[0-3])[-.:_h][0-5]\d(?:[-.:_][0-5]\d)?(?!\d)|[T_-]\d{6}(?!\d|-\d)|T\d{4}(?!\d))?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![^\W\d_])"
)
_TO = r"[\s_]*(?:[-~\u2010-\u2015\u2212]|\.\.|to|through|\u81f3|\u5230)[\s_]*"
# The day on which an export was made says nothing of the search: such names are compared without it.
_DAY = re.compile(
    rf"(?<!\d)(?:{_Y}([-_.]?){_M}\1{_D}(?!\d){_TIME}"
    rf"|{_Y}{_M}{_D}(?:\d\d){{2,3}}(?!\d)"
    rf"|{_Y}([-_.])(?:0?[1-9]|1[0-2])\2{_D1}(?!\d|-\d)"
    rf"|\d{{1,2}}([-_.])\d{{1,2}}\3{_Y}(?!\d)"
    r"|\d\d([-_.])\d\d\4\d\d(?!\d)"
    rf"|(?<!\d[-_]){_D1}[-_. ]?{_MONTH}(?:[-_. ]?{_Y}(?!\d))?)"
    rf"|(?<![^\W\d_]){_MONTH}[-_. ]?{_D1}(?!\d|{_TO}\d)",
    re.IGNORECASE,
)
# Months, quarters, weeks and short spans of years ("2020-24") stay part of the name, as no number.
_PERIOD = re.compile(
    rf"(?<!\d)(?<!\d[-_])(?:{_Y}(?:[-_.]\d\d(?!\d)| \d\d(?!\d|\s?[-_\u2013]\s?\d)|[-_. ]?[qw]\d\d?(?!\d))"
    rf"|{_M}[-_.]{_Y}(?!\d))",
    re.IGNORECASE,
)
_YEAR = re.compile(rf"(?<!\d){_Y}(?:-\d(?!\d))?(?!\d)")
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?:,\d{3})+(?!\d)")
_DASHED = re.compile(rf"(?<!\d)(?=(\d{{1,7}}){_TO}(\d{{1,7}})(?!\d))", re.IGNORECASE)
_UNDERSCORED = re.compile(r"(?<!\d)(?=(\d{1,7})_(\d{1,7})(?!\d))")
_LAST_NUMBER = re.compile(r"(\d+)(?!.*\d)", re.DOTALL)
_NUMBERED_COPY = re.compile(r"\s*\(\d+\)$")
_EXTENSION = re.compile(r"\.[^\W\d]\w{0,5}$")
_BETWEEN = re.compile(r"[^\w#/]+|_+")
_PART = 1000  # the most that a number of a part can be
_LETTERS = str.maketrans({str(digit): chr(0xE000 + digit) for digit in range(10)})


@dataclass(frozen=True, order=True)
class _Range:
    """Records ``first`` to ``last`` as the name of a file announces them."""

    first: int
    last: int
    name: str


@dataclass(frozen=True, order=True)
class _Number:
    """One number in a name; ``copy`` where it stands as browsers put it, "savedrecs(1).txt"."""

    number: int
    name: str
    copy: bool


def gaps(names: Iterable[str], read: Mapping[str, int] | None = None) -> list[str]:
    """Parts that seem to be missing, judged by the names of the files.

    Names that differ only in a range of records ("savedrecs 1-500", "501-1000") must begin at
    record 1 and join without a hole; names that differ only in one number must count up without
    one. Case, separators and the day of an export make no difference; years and dates are no parts.
    Only ever a remark: a name proves nothing.

    Parameters
    ----------
    names : iterable of str
        Names of files, with folders if there are any ("/" between).
    read : mapping of str to int, optional
        Records read by name: fewer than a name announces is remarked on too.

    >>> gaps(["recs 1-500.txt", "recs 1001-1500.txt"])
    ['records 501 to 1000 are in no file named like recs 1-500.txt']
    >>> gaps(["part1.txt", "part2.txt", "part4.txt"])
    ['no part 3 among the files named like part1.txt']
    >>> gaps(["recs 1-500.txt"], {"recs 1-500.txt": 480})
    ['records 1-500 announced by the name of recs 1-500.txt, 480 read']
    """
    ranges: dict[str, list[_Range]] = defaultdict(list)
    perhaps_years: list[tuple[str, _Range]] = []
    numbers: dict[str, list[_Number]] = defaultdict(list)
    plain: set[str] = set()
    for name in sorted(set(names)):
        stem, extension = _stem(name)
        key, part, sure = _range(name, stem)
        if part and sure:
            ranges[key].append(part)
            continue
        if part:
            perhaps_years.append((key, part))
        text = _YEAR.sub(_hidden, stem)
        if number := _LAST_NUMBER.search(text):
            copy = text[: number.start()].endswith("(") and text[number.end() :] == ")"
            key = _folded(text[: number.start()] + "#" + text[number.end() :]) + extension
            numbers[key].append(_Number(int(number[1]), name, copy))
        else:
            plain.add(_folded(text) + extension)
    for key, part in perhaps_years:
        # "2001-2024" beside "1-500", "501-1000", ... is the last part, not a span of years.
        size = max((p.last - p.first + 1 for p in ranges.get(key, ())), default=0)
        if part.last - part.first < size and (part.first - 1) % size == 0:
            ranges[key].append(part)
    notes = [note for parts in ranges.values() for note in _holes(sorted(parts), read or {})]
    for key, parts in numbers.items():
        before, _, after = key.partition("#")
        unnumbered = after.startswith(".") and before + after in plain
        notes += _uncounted(sorted(parts), unnumbered)
    return notes


def _stem(name: str) -> tuple[str, str]:
    """The name to compare, without the day of the export, and its extension."""
    text = unicodedata.normalize("NFKC", name)
    found = _EXTENSION.search(text)
    extension = found[0].casefold() if found else "."
    text = text[: found.start()] if found else text
    text = _THOUSANDS.sub(lambda number: number[0].replace(",", ""), text)
    return _PERIOD.sub(_hidden, _DAY.sub(" ", text)).strip(), extension


def _hidden(found: re.Match[str]) -> str:
    """Digits as letters: still part of the name, but no number."""
    return found[0].translate(_LETTERS)


def _folded(text: str) -> str:
    """A name without case and separators, but where one stands between two digits."""
    text = _BETWEEN.sub(" ", text.casefold())
    return re.sub(r"(?<!\d) | (?!\d)", "", text)


def _is_year(number: str) -> bool:
    return re.fullmatch(_Y, number) is not None


def _range(name: str, stem: str) -> tuple[str, _Range | None, bool]:
    """The last range of a name that is no pair of years, else the last that is; the name without it."""
    stem = _NUMBERED_COPY.sub("", stem)
    for pattern in (_DASHED, _UNDERSCORED):
        found = [pair for pair in pattern.finditer(stem) if int(pair[1]) < int(pair[2])]
        sure = [pair for pair in found if not (_is_year(pair[1]) and _is_year(pair[2]))]
        # Of two that share a number ("1-500-2024") the one with fewer years, else the later.
        years = [_is_year(pair[1]) + _is_year(pair[2]) for pair in sure]
        while len(sure) > 1 and sure[-2].end(2) == sure[-1].end(1) and years[-2] < years[-1]:
            del sure[-1], years[-1]
        for pair in (sure or found)[-1:]:
            key = _folded(stem[: pair.start(1)] + "#" + stem[pair.end(2) :])
            return key, _Range(int(pair[1]), int(pair[2]), name), bool(sure)
    return "", None, False


def _holes(parts: list[_Range], read: Mapping[str, int]) -> Iterator[str]:
    """What ranges of records leave out, and parts with fewer records than their names say."""
    like = parts[0].name
    ends = {part.last for part in parts}
    joined = any(part.first - 1 in ends for part in parts)
    # "300-500" alone may be anything; parts begin at 51, 101, 501, ... or join one another.
    begins = parts[0].first
    if begins > 1 and (joined or begins % (50 if len(parts) == 1 else 10) == 1):
        yield _missing(1, begins - 1, like)
    for part in parts:
        announced = part.last - part.first + 1
        if read.get(part.name, announced) < announced and (joined or part.first == 0 or part.first % 10 == 1):
            yield f"records {part.first}-{part.last} announced by the name of {part.name}, {read[part.name]} read"
    end = parts[0].last
    for before, part in pairwise(parts):
        end = max(end, before.last)
        if part.first > end + 1:
            yield _missing(end + 1, part.first - 1, like)


def _missing(first: int, last: int, like: str) -> str:
    if first == last:
        return f"record {first} is in no file named like {like}"
    return f"records {first} to {last} are in no file named like {like}"


def _uncounted(parts: list[_Number], unnumbered: bool) -> Iterator[str]:
    """Numbers left out in counting; ``unnumbered`` where the same name stands without one, too."""
    have = sorted({part.number for part in parts})
    copies = any(part.copy for part in parts)
    # Numbers of parts are small; "nylon 6" and "nylon 12" count nothing.
    if have[-1] > _PART or not (unnumbered and copies) and (len(have) < 2 or have[0] > 2):
        return
    if unnumbered:  # savedrecs.txt, savedrecs(1).txt, ... or recs.txt, recs2.txt, ...
        have = sorted({0 if copies else min(1, have[0]), *have})
    elif have[0] == 2:
        have = [0, *have]
    for before, after in pairwise(have):
        if after - before == 2:
            yield f"no part {before + 1} among the files named like {parts[0].name}"
        elif after - before > 2:
            yield f"no parts {before + 1} to {after - 1} among the files named like {parts[0].name}"
