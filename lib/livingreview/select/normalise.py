"""Text made comparable: case, diacritics, hyphens."""

from __future__ import annotations

import unicodedata

_JOINING = set("-_/'\u2019\u02bc")


class _Marks(dict):
    """Translation table that decides on each character when it first sees it."""

    def __init__(self, keep: str):
        super().__init__()
        self.keep = keep

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kind = unicodedata.category(character)
        if character.isalnum() or character in self.keep:
            out = character
        elif kind.startswith("M"):
            out = ""
        elif character.isspace() or character in _JOINING or kind == "Pd":
            out = " "
        else:
            out = "|"
        self[code] = out
        return out


_TABLES = {keep: _Marks(keep) for keep in ("", "*")}


def normalise(text: str, keep: str = "") -> str:
    """Letters and digits in lower case without diacritics, one space between words.

    Hyphens, dashes, slashes, underscores and apostrophes become spaces; any other mark becomes
    ``|``, which no phrase can cross. ``keep`` may be ``"*"`` to leave truncation marks in place.

    >>> normalise("Metal\u2013Organic  Frameworks (MOFs), Schr\u00f6dinger's cat")
    'metal organic frameworks |mofs|| schrodinger s cat'
    """
    if not text.isascii():
        # Decompose, so that accents part from letters and subscripts become digits.
        text = unicodedata.normalize("NFKD", text)
    return " ".join(text.casefold().translate(_TABLES[keep]).split())
