"""Blanks and line ends of a value as single blanks, without a list of all its words."""

from __future__ import annotations

import re

_RUN = re.compile(r"\s{2,}|[^\S ]")


def one_line(value: str) -> str:
    """A value on one line, its words parted by single blanks.

    >>> one_line("  a wrapped\\n   title\\tof 2020 ")
    'a wrapped title of 2020'
    """
    return _RUN.sub(" ", value).strip()
