r"""LaTeX in the values of BibTeX to plain text, as far as it is certain.

What is not known stays as printed, its backslash included. Accents and symbols: L. Lamport, LaTeX:
A Document Preparation System, 2nd ed., Addison-Wesley 1994, tables 3.1 to 3.5.
"""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323",
    "b": "\u0331", "k": "\u0328", "r": "\u030a",
}  # fmt: skip
_LETTERS = {
    "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
}  # fmt: skip
_GREEK = {
    name: chr(0x3B1 + place)
    for place, name in enumerate(
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho"
        " varsigma sigma tau upsilon phi chi psi omega".split()
    )
}
_CAPITALS = ("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega")
_SYMBOLS = {
    **_LETTERS,
    **_GREEK,
    **{name: _GREEK[name.lower()].upper() for name in _CAPITALS},
    "times": "×", "pm": "±", "mp": "∓", "cdot": "·", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥",
    "neq": "≠", "approx": "≈", "sim": "∼", "infty": "∞", "rightarrow": "→", "to": "→",
    "leftarrow": "←", "degree": "°", "circ": "∘", "deg": "°", "textdegree": "°", "mu": "μ",
    "textmu": "μ", "textendash": "–", "textemdash": "—", "textquoteleft": "‘",
    "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "textless": "<",
    "textgreater": ">", "textbar": "|", "textasciitilde": "~", "textasciicircum": "^",
    "textbackslash": "\\", "textunderscore": "_", "textregistered": "®", "texttrademark": "™",
    "copyright": "©", "textcopyright": "©", "S": "§", "P": "¶", "pounds": "£", "dots": "…",
    "ldots": "…", "textellipsis": "…", "textasteriskcentered": "*",
}  # fmt: skip
# Macros that say how a text looks, not what it says.
_LOOKS = frozenset(
    "textit textbf textrm textsf texttt textsc textup textnormal emph text mathrm mathit mathbf"
    " mathsf mbox hbox ensuremath url NoCaseChange".split()
)
_LOW = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_HIGH = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_ANY = re.compile(r"[\\{}$~`]|--|''")

# Web of Science escapes single characters and nothing else; its text is not LaTeX.
_PLAIN_ESCAPE = re.compile(r"\\([&%_#$])|\{(\[|\]|\*|'')\}|``")

_TOKEN = re.compile(
    r"\\(?P<accent>[`'^~\"=.])\s*(?:\{\s*(?P<a1>\\?[^\W\d_])\s*\}|(?P<a2>\\?[^\W\d_](?![A-Za-z])|[^\W\d_]))"
    r"|\\(?P<letter_accent>[uvHcdbkr])(?:\s*\{\s*(?P<b1>\\?[^\W\d_])\s*\}|\s+(?P<b2>[^\W\d_]))"
    r"|(?P<degree>\^(?:\{\s*\\circ\s*\}|\\circ(?![A-Za-z])))"
    r"|(?P<script>[_^]|\\textsubscript\s*|\\textsuperscript\s*)"
    r"(?:\{(?P<s1>[0-9+\-=()n]{1,20})\}|(?P<s2>(?<=[_^])[0-9+\-]))"
    r"|\\(?P<name>[A-Za-z]+)(?P<gap>\s*)(?P<group>\{[^{}\\]*\})?"
    r"|\\(?P<literal>[&%_#${} ,/;:!-])"
    r"|(?P<dash>---?|``|''|[~])"
    r"|(?P<brace>[{}$])"
)


def plain_escapes(value: str) -> str:
    r"""The text of a field as Web of Science escapes it: ``\&``, ``{[}`` and the like.

    >>> plain_escapes("AT\\&T {[}10], ``so{''} 5\\%")
    'AT&T [10], "so" 5%'
    """
    if "\\" not in value and "{" not in value and "``" not in value:
        return value
    return _PLAIN_ESCAPE.sub(_plain, value)


def _plain(match: re.Match) -> str:
    inside = match[1] or match[2]
    return '"' if inside in (None, "''") else inside


def to_text(value: str) -> str:
    r"""Plain text of a LaTeX value: accents, letters, Greek, scripts of digits, quotes, dashes.

    Letters and their accents are composed (Unicode NFC). Grouping braces and the dollars around what was decoded go; a formula of which a part is not
    known stays as printed.

    >>> to_text("{G}{\\\"o}del, {\\'E}. and Nov{\\'a}k: CO$_2$ at 10$^{-3}$ {\\textmu}m \\& more")
    'Gödel, É. and Novák: CO₂ at 10⁻³ μm & more'
    >>> to_text("$\\alpha$-Fe and $\\frac{a}{b}$")
    'α-Fe and $\\frac{a}{b}$'
    """
    if not _ANY.search(value):
        return value
    pieces = _maths(value)
    return unicodedata.normalize("NFC", "".join(pieces))


def _maths(value: str) -> list[str]:
    """Formulas apart from the text around them: scripts mean something only inside."""
    pieces = []
    for place, part in enumerate(re.split(r"(?<!\\)\$", value)):
        if place % 2 == 0:
            pieces.append(_TOKEN.sub(_in_text, part))
            continue
        decoded = _TOKEN.sub(_in_maths, part)
        pieces.append(f"${part}$" if re.search(r"[\\{}_^]", decoded) else decoded.strip())
    if place % 2:  # a dollar without its partner is a dollar
        pieces[-1] = "$" + _TOKEN.sub(_in_text, part)
    return pieces


def _in_text(match: re.Match) -> str:
    return _token(match, maths=False)


def _in_maths(match: re.Match) -> str:
    return _token(match, maths=True)


def _token(match: re.Match, maths: bool) -> str:
    if accent := match["accent"] or match["letter_accent"]:
        letter = match["a1"] or match["a2"] or match["b1"] or match["b2"]
        letter = {"\\i": "i", "\\j": "j"}.get(letter, letter)
        if letter.startswith("\\"):
            return match[0]
        return unicodedata.normalize("NFC", letter + _ACCENTS[accent])
    if match["degree"]:
        return "°" if maths else match[0]
    if script := match["script"]:
        if script in "_^" and not maths:
            return match[0]
        low = script.startswith(("_", "\\textsub"))
        digits = match["s1"] or match["s2"]
        if low and "n" in digits:
            return match[0]
        return digits.translate(_LOW if low else _HIGH)
    if name := match["name"]:
        if name in _SYMBOLS:
            # LaTeX eats the blanks behind a macro, save where {} or a brace closes it.
            after = match["group"] or ""
            return _SYMBOLS[name] + (match["gap"] + after[1:-1] if after else "")
        return (match["group"] or "")[1:-1] if name in _LOOKS else match[0]
    if literal := match["literal"]:
        return {",": " ", ";": " ", ":": " ", "/": "", "!": "", "-": ""}.get(literal, literal)
    if dash := match["dash"]:
        if maths:
            return dash
        return {"---": "—", "--": "–", "``": "“", "''": "”", "~": " "}[dash]
    brace = match["brace"]
    return brace if brace == "$" else ""
