"""Fit a table to a page: leave it alone, share out the width, or turn the page.

Widths are counted in *en* (half the font size), the average advance of a Latin letter; a Chinese
character takes two. The count decides before layout, so a table never runs off the page and no
number is cut in two to make room for prose.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

#: Text width of an A4 page in en at the table font of print.css (8.5 pt), margins taken off.
PORTRAIT, LANDSCAPE = 102, 160
#: Padding and rule of one cell, in en.
PADDING = 2
#: A longer word (a DOI, a formula) may be broken anywhere.
LONGEST_WORD = 16
#: Width of bold letters against those of the body.
BOLD = 1.2
#: More columns than this go to a landscape page unless they fit as they are.
MANY_COLUMNS = 8
#: Rows taller than this, on average, are easier to read across a landscape page.
TALL_ROW = 9
#: Below this the print is too small to read.
SMALLEST_SCALE = 0.75
#: Sizes tried before the page is turned, down to 7.5 pt: a turned page leaves the one before short.
UPRIGHT_SCALES = (1.0, 0.94, 0.883)

_BREAK = re.compile(r"[\s\u200b]+|(?<=[-–—/])")


@dataclass(frozen=True)
class Fit:
    """How a table is set.

    Attributes
    ----------
    landscape : bool
        Whether it stands on a landscape page.
    widths : tuple of float, or None
        Percent of the text width for each column, adding to 100; None leaves the natural widths.
    scale : float
        Factor on the table font, at most 1.
    crowded : bool
        Words will be broken although the page is turned and the font is small.
    """

    landscape: bool
    widths: tuple[float, ...] | None = None
    scale: float = 1.0
    crowded: bool = False


def measure(text: str) -> int:
    """Width of a line of text in en.

    >>> measure("AI"), measure("材料")
    (2, 4)
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def longest_word(text: str) -> int:
    """Width in en of the longest stretch that should stay on one line, at most LONGEST_WORD.

    A break may fall at white space, after a hyphen or slash, and between two Chinese characters.

    >>> longest_word("band-gap energy"), longest_word("人工智能")
    (6, 2)
    """
    best = 0
    for word in _BREAK.split(text):
        run = 0
        for char in word:
            if unicodedata.east_asian_width(char) in "WF":
                best, run = max(best, run, 2), 0
            else:
                run += 1
        best = max(best, run)
    return min(best, LONGEST_WORD)


def fit(rows: Sequence[Sequence[str]]) -> Fit:
    """Decide how a table is set.

    Parameters
    ----------
    rows : sequence of rows of cell text
        The head and then the body; every row has the same number of cells.

    Raises
    ------
    ValueError
        If there is no row, or the rows differ in length.

    Examples
    --------
    >>> fit([["Year", "Papers"], ["2016", "52"]])
    Fit(landscape=False, widths=None, scale=1.0, crowded=False)
    """
    if not rows or not rows[0]:
        raise ValueError("a table needs at least one row with one cell")
    if len({len(row) for row in rows}) != 1:
        raise ValueError("rows of a table differ in the number of cells")
    columns = list(zip(*rows, strict=True))
    natural = [max(_least(column), max(map(measure, column)) + PADDING) for column in columns]
    least = [_least(column) for column in columns]
    for scale in UPRIGHT_SCALES:
        room = PORTRAIT / scale
        if sum(natural) <= room:
            return Fit(landscape=False, scale=scale)
        if len(columns) <= MANY_COLUMNS and sum(least) <= room:
            widths = _share(columns, least, natural, room)
            if _mean_lines(rows, widths) <= TALL_ROW:
                return Fit(landscape=False, widths=_percent(widths), scale=scale)
    if sum(natural) <= LANDSCAPE:
        return Fit(landscape=True)
    scale = max(SMALLEST_SCALE, min(1.0, LANDSCAPE / sum(least)))
    room = LANDSCAPE / scale
    widths = _share(columns, least, natural, room)
    return Fit(
        landscape=True,
        widths=_percent(widths),
        scale=round(scale, 3),
        crowded=sum(least) > room,
    )


def _least(column) -> int:
    # The head is bold, and bold letters are wider.
    head = math.ceil(BOLD * longest_word(column[0]))
    return max([head, *(longest_word(cell) for cell in column)]) + PADDING


def _share(columns, least, natural, room) -> list[float]:
    """Widths that fill ``room``: the least each column needs, the rest where it shortens most rows."""
    spare = room - sum(least)
    if spare <= 0:
        return [width * room / sum(least) for width in least]
    rows = [[measure(cell) for cell in row] for row in zip(*columns, strict=True)]
    widths = [float(width) for width in least]
    for _ in range(int(spare)):
        # What each column adds to the height of the table: the lines of the rows it is tallest in.
        adds = [0.0] * len(columns)
        for row in rows:
            lines = [size / max(1, width - PADDING) for size, width in zip(row, widths, strict=True)]
            adds[lines.index(max(lines))] += max(0.0, max(lines) - 1)
        wanting = [at for at, width in enumerate(widths) if adds[at] and width < natural[at]]
        if not wanting:
            break
        widths[max(wanting, key=adds.__getitem__)] += 1
    return [width * room / sum(widths) for width in widths]


def _mean_lines(rows, widths) -> float:
    lines = [
        max(
            math.ceil(measure(cell) / max(1, width - PADDING)) if cell else 1
            for cell, width in zip(row, widths, strict=True)
        )
        for row in rows
    ]
    return sum(lines) / len(lines)


def _percent(widths) -> tuple[float, ...]:
    total = sum(widths)
    return tuple(round(100 * width / total, 2) for width in widths)
