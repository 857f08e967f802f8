"""Labels that fit: wrapping, and numbers as people write them."""

from __future__ import annotations

import textwrap
import unicodedata

import pandas as pd


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, width: int, lines: int = 3) -> str:
    """Break a label into at most ``lines`` lines of ``width`` columns, the rest cut by an ellipsis.

    Chinese characters are two columns wide and may be parted anywhere.

    >>> print(wrap("Harbin Institute of Technology", 18))
    Harbin Institute
    of Technology
    """
    if any(_width(character) == 2 for character in text):
        pieces, line, used = [], "", 0
        for character in text:
            if used + _width(character) > width:
                pieces, line, used = [*pieces, line], "", 0
            line, used = line + character, used + _width(character)
        pieces = [piece.strip() for piece in [*pieces, line] if piece.strip()]
    else:
        pieces = textwrap.wrap(text, width, break_long_words=True) or [""]
    if len(pieces) > lines:
        pieces = [*pieces[: lines - 1], pieces[lines - 1][: width - 1].rstrip() + "\u2026"]
    return "\n".join(pieces)


def number(value: float) -> str:
    """A count with thousands parted, a share or fraction with one decimal; ``""`` if missing.

    >>> number(2338), number(12.34)
    ('2,338', '12.3')
    """
    if pd.isna(value):
        return ""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.1f}"


def line_count(labels: list[str]) -> int:
    """Lines that the labels take together."""
    return sum(label.count("\n") + 1 for label in labels)
