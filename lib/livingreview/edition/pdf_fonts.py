"""Fonts of the PDF, from locked Python packages: the same glyphs on every machine.

Noto Sans SC comes as one variable font of 61,000 glyphs. Cutting it to the characters of the book
and to the two weights in use takes 2 s here; left to the renderer, it takes 4 s for each weight.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from livingreview.errors import BuildError

#: Scheme under which the style sheet asks for a font.
SCHEME = "book-font"

# family -> (file in matplotlib's own fonts, style, weight)
_STATIC = {
    "Book Serif": [
        ("STIXGeneral.ttf", "normal", 400),
        ("STIXGeneralItalic.ttf", "italic", 400),
        ("STIXGeneralBol.ttf", "normal", 700),
        ("STIXGeneralBolIta.ttf", "italic", 700),
    ],
    "Book Mono": [("DejaVuSansMono.ttf", "normal", 400), ("DejaVuSansMono-Bold.ttf", "normal", 700)],
    "Book Symbols": [
        ("DejaVuSans.ttf", "normal", 400),
        ("DejaVuSans-Bold.ttf", "normal", 700),
        ("DejaVuSans-Oblique.ttf", "italic", 400),
    ],
}
# CSS weight -> weight on the font's axis; 650 prints as dark as the bold of the text font.
_SANS = "Book Sans"
_SANS_WEIGHTS = {400: 400, 700: 650}
_SANS_FILE = "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
# Tables for vertical setting, and for layout features that Chinese and tables do without.
_UNUSED = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "HVAR", "MVAR", "VORG", "VVAR", "vhea", "vmtx")
# Full-width in this font, so they would tear Latin words apart: the symbols font has them narrow.
_FULL_WIDTH = frozenset("\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00b7")
_ALWAYS = "".join(map(chr, range(0x20, 0x7F)))


def faces(characters: Iterable[str]) -> dict[str, bytes]:
    """Font files by the address that :func:`css` gives them.

    Parameters
    ----------
    characters : iterable of str
        Every character that the book prints.

    Raises
    ------
    BuildError
        A font is not in its package.
    """
    files = {
        _address(family, number): _path("matplotlib", f"mpl-data/fonts/ttf/{name}").read_bytes()
        for family, fonts in _STATIC.items()
        for number, (name, _, _) in enumerate(fonts)
    }
    sans = _sans((frozenset(characters) | frozenset(_ALWAYS)) - _FULL_WIDTH)
    return files | {_address(_SANS, number): font for number, font in enumerate(sans)}


def css() -> str:
    """The ``@font-face`` rules of all families."""
    rules = [
        (family, number, style, weight)
        for family, fonts in _STATIC.items()
        for number, (_, style, weight) in enumerate(fonts)
    ]
    rules += [(_SANS, number, "normal", weight) for number, weight in enumerate(_SANS_WEIGHTS)]
    return "".join(
        f'@font-face{{font-family:"{family}";font-style:{style};font-weight:{weight};'
        f'src:url("{_address(family, number)}")}}\n'
        for family, number, style, weight in rules
    )


def _address(family: str, number: int) -> str:
    return f"{SCHEME}:{family.replace(' ', '-')}/{number}"


def _path(package: str, name: str) -> Path:
    spec = find_spec(package)
    path = Path(spec.origin).parent / name if spec and spec.origin else None
    if path is None or not path.is_file():
        raise BuildError(
            f"font {Path(name).name}: expected in the Python package {package}, found nothing. What to do: install from the lock."
        )
    return path


def _sans(characters: frozenset[str]) -> list[bytes]:
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(_path("justmytype_intl_cjk", _SANS_FILE), lazy=True, recalcTimestamp=False)
    for table in _UNUSED:
        if table in font:
            del font[table]
    options = subset.Options(layout_features=[], notdef_outline=True, recalc_timestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(map(ord, characters)))
    cutter.subset(font)
    small = _bytes(font)
    weights = []
    for axis in _SANS_WEIGHTS.values():
        instance = TTFont(io.BytesIO(small), recalcTimestamp=False)
        instantiateVariableFont(instance, {"wght": axis}, inplace=True, static=True, optimize=False)
        weights.append(_bytes(instance))
    return weights


def _bytes(font) -> bytes:
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
