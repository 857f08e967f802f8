"""Ways to break a stretch of an export; each takes the stretch and leaves what is around it alone.

``BYTES`` damage what is written, ``TEXT`` what is meant (lines, tags, quotation marks) before it
is encoded. Every function draws all its chances from the generator it is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

_NASTY = (
    b"\x00", b"\x00" * 64, b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1a", b"\x1b]0;x\x07", b"\r", b"\n", b"\r\r\n",
    b"\n\n\n", b"\x0c", b"\x0b", b"\x85", b"\xe2\x80\xa8", b"\xe2\x80\xa9", b"\xc2\x85", b"\x1c\x1d\x1e", b"\t", b"\t\t\t", b'"', b'""',
    b"'", b"{", b"}", b"[", b"]", b"\\", b",", b";", b"@", b"%", b"#", b"<", b"</", b"&", b"=", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
    b"\xc0\x80", b"\x80", b"\xb0", b"\xe9", b"\xc3", b"\xe4\xba", b"\xf0\x9f", b"\xd8\x00", b"\x00\xd8", b"\\ud800", b"\\u0000",
    b"PK\x03\x04", b"%PDF-1.7",
)  # fmt: skip
_LINES = (
    "ER", "EF", "PT J", "PT", "FN Clarivate Analytics Web of Science", "VR 1.0", "UT WOS:1", "TI ", "  ", "AU", "TY  - JOUR",
    "ER  - ", "TY  - ", "ER  -", "@article{", "@string{x = {y}}", "@comment{", "@preamble{", "}", "@", '"', '","', "{", "[", "]}",
    "null,", "# comment", "\ufeff", "\t", "\t" * 80, "," * 80, "<!--", "-->", "<tr>", "=1+1", "\u2028", "\x0c",
)  # fmt: skip
_BREAKS = ("\r", "\n", "\r\n", "\n\r", "\u2028", "\u2029", "\x0c", "\x0b", "\x85", "\x1e", "\n\n", "")
_NUMBERS = ("9" * 30, "9" * 5000, "-1", "1e308", "1e999", "NaN", "2147483648", "9223372036854775808", "0", "00", "٣", "1.5", "12.0")
_DIGITS = re.compile(r"\d+")


def _place(rng: Random, data: bytes) -> int:
    return rng.randrange(len(data) + 1)


def flip_bits(rng: Random, data: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def delete_bytes(rng: Random, data: bytes) -> bytes:
    at = _place(rng, data)
    return data[:at] + data[at + rng.choice((1, 1, 2, 3, 7, 100, 1000)) :]


def insert_bytes(rng: Random, data: bytes) -> bytes:
    for _ in range(rng.choice((1, 1, 3, 10))):
        at = _place(rng, data)
        more = rng.choice(_NASTY) if rng.random() < 0.8 else rng.randbytes(rng.choice((1, 2, 5, 200)))
        data = data[:at] + more + data[at:]
    return data


def overwrite_bytes(rng: Random, data: bytes) -> bytes:
    at, length = _place(rng, data), rng.choice((1, 4, 64, 512))
    fill = rng.choice((b"\x00", b"\xff", b" ", b"\n", b'"', b"{", b""))
    return data[:at] + (fill * length if fill else rng.randbytes(length)) + data[at + length :]


def repeat_bytes(rng: Random, data: bytes) -> bytes:
    at, length = _place(rng, data), rng.choice((1, 3, 50, 2000))
    return data[:at] + data[at : at + length] * rng.choice((2, 3, 40)) + data[at + length :]


def other_encoding(rng: Random, data: bytes) -> bytes:
    """Some lines in another encoding, as if parts had been pasted together."""
    codec = rng.choice(("cp1252", "gbk", "latin-1", "utf-16-le", "utf-16-be", "utf-16", "utf-7", "shift_jis", "utf-8-sig", "cp037"))
    lines = data.split(b"\n")
    for index in range(len(lines)):
        if rng.random() < 0.3:
            lines[index] = lines[index].decode("utf-8", "replace").encode(codec, "replace")
    return b"\n".join(lines)


def _lines(text: str) -> list[str]:
    return re.split(r"(?<=\n)", text)


def drop_lines(rng: Random, text: str) -> str:
    lines = _lines(text)
    at = rng.randrange(len(lines))
    del lines[at : at + rng.choice((1, 1, 1, 2, 5))]
    return "".join(lines)


def double_lines(rng: Random, text: str) -> str:
    lines = _lines(text)
    at, count = rng.randrange(len(lines)), rng.choice((1, 1, 1, 3, 10))
    lines[at:at] = lines[at : at + count] * rng.choice((1, 1, 2, 30))
    return "".join(lines)


def swap_lines(rng: Random, text: str) -> str:
    lines = _lines(text)
    for _ in range(rng.choice((1, 1, 5, 50))):
        a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
        lines[a], lines[b] = lines[b], lines[a]
    return "".join(lines)


def shuffle_lines(rng: Random, text: str) -> str:
    lines = _lines(text)
    rng.shuffle(lines)
    return "".join(lines)


def insert_line(rng: Random, text: str) -> str:
    lines = _lines(text)
    for _ in range(rng.choice((1, 1, 2, 6))):
        lines.insert(rng.randrange(len(lines) + 1), rng.choice(_LINES) + rng.choice(("\n", "\n", "\r\n", "\r")))
    return "".join(lines)


def damage_starts(rng: Random, text: str) -> str:
    """Tags: lines that begin otherwise than they did."""
    lines = _lines(text)
    for _ in range(rng.choice((1, 1, 3, 20))):
        at = rng.randrange(len(lines))
        line, cut = lines[at], rng.choice((1, 2, 3, 4, 6))
        start = rng.choice((line[:cut].lower(), line[:cut][::-1], "", " ", "??", "PT ", "ER", "A", line[:cut].strip(), line[:cut] * 2, "\t", "\u200b"))
        lines[at] = start + line[cut:]
    return "".join(lines)


def double_starts(rng: Random, text: str) -> str:
    """Tags doubled: a line a second time, with another value."""
    lines = _lines(text)
    at = rng.randrange(len(lines))
    lines.insert(rng.randrange(len(lines) + 1), lines[at][:3] + rng.choice(("another value", "", "2", "x" * 300)) + "\n")
    return "".join(lines)


def mix_breaks(rng: Random, text: str) -> str:
    share = rng.choice((0.05, 0.5, 1.0))
    one = rng.choice(_BREAKS) if rng.random() < 0.5 else None

    def other(_found: re.Match) -> str:
        if rng.random() > share:
            return _found[0]
        return rng.choice(_BREAKS) if one is None else one

    return re.sub(r"\r?\n", other, text)


def spaces_to_breaks(rng: Random, text: str) -> str:
    found = rng.choice(_BREAKS)
    return re.sub(" ", lambda m: found if rng.random() < 0.02 else m[0], text)


def marks(rng: Random, text: str) -> str:
    """Quotation marks, braces, separators: one lost, added or exchanged."""
    places = [n for n, char in enumerate(text) if char in "\"{}[](),;:\t=@\\-<>&"]
    out = list(text)
    for _ in range(rng.choice((1, 1, 2, 10))):
        if not places:
            break
        at = rng.choice(places)
        out[at] = rng.choice(("", "", out[at] * 2, '"', "{", "}", "\\", "\t", ",", "]"))
    return "".join(out)


def numbers(rng: Random, text: str) -> str:
    share = rng.choice((0.02, 0.3, 1.0))
    return _DIGITS.sub(lambda m: rng.choice(_NUMBERS[:1] + _NUMBERS[2:]) if rng.random() < share else m[0], text)


def one_number(rng: Random, text: str) -> str:
    found = list(_DIGITS.finditer(text))
    if not found:
        return text
    one = rng.choice(found)
    return text[: one.start()] + rng.choice(_NUMBERS) + text[one.end() :]


def double_text(rng: Random, text: str) -> str:
    return text * rng.choice((2, 3, 20))


def drop_text(_rng: Random, _text: str) -> str:
    return ""


BYTES: tuple[Callable[[Random, bytes], bytes], ...] = (
    flip_bits, flip_bits, delete_bytes, delete_bytes, insert_bytes, insert_bytes, overwrite_bytes, repeat_bytes, other_encoding,
)  # fmt: skip
TEXT: tuple[Callable[[Random, str], str], ...] = (
    drop_lines, double_lines, swap_lines, shuffle_lines, insert_line, damage_starts, damage_starts, double_starts,
    mix_breaks, spaces_to_breaks, marks, marks, numbers, one_number, double_text, drop_text,
)  # fmt: skip
