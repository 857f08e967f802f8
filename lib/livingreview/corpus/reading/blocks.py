"""A file of plain text in blocks of whole records, in UTF-8 with ``\\n`` line ends, whatever its encoding."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from livingreview.corpus.ledger import REPAIRED, Finding

SIZE = 1 << 22
_END = (b"\nER\n", b"\nER\r\n", b"\nER \n", b"\nER \r\n")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8 with BOM"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16 little-endian"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16 big-endian"),
)


@dataclass(frozen=True)
class TextBlock:
    """Some whole records: UTF-8 with ``\\n`` line ends, the line of the file where it begins, whether
    it is the last of its file, and what decoding had to mend."""

    content: bytes
    first_line: int
    final: bool
    repairs: tuple[Finding, ...] = ()


def encoding_of(start: bytes) -> tuple[str, str, int]:
    """Codec, name for people, and length of the byte-order mark; UTF-8 where there is none.

    Text in UTF-16 without a mark is known by its zero bytes.

    >>> encoding_of(b"\\xff\\xfeP\\x00T\\x00")
    ('utf-16-le', 'utf-16 little-endian', 2)
    >>> encoding_of(b"PT J")
    ('utf-8', 'utf-8', 0)
    """
    for bom, codec, label in _BOMS:
        if start.startswith(bom):
            return codec, label, len(bom)
    sample = start[:200]
    if len(sample) >= 8:
        for codec, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
            if zeros.count(0) > 0.9 * len(zeros) and sample.count(0) < 0.6 * len(sample):
                return codec, codec.replace("-le", " little-endian").replace("-be", " big-endian"), 0
    return "utf-8", "utf-8", 0


def decode(name: str, content: bytes) -> tuple[str, str, list[Finding]]:
    """A whole file as text with ``\\n`` line ends, the name of its encoding, and what was mended.

    Bytes that are no valid UTF-8 are read as Windows-1252, line by line, each such line a repair.
    Where UTF-16 is broken the replacement character stands, and the line is a repair.
    """
    codec, label, mark = encoding_of(content[:4096])
    content = content[mark:]
    repairs: list[Finding] = []
    if codec == "utf-8":
        content, repairs = mend(name, content, 1)
        text = content.decode("utf-8")
    else:
        text = content.decode(codec, errors="replace")
        for line, odd in enumerate(text.split("\n"), start=1) if "\ufffd" in text else ():
            if "\ufffd" in odd:
                reason = f"not valid {label}; what cannot be read shows as \ufffd"
                repairs.append(Finding(REPAIRED, name, line, "", reason, odd.strip()[:200]))
    text = text.replace("\r\n", "\n")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    return text, label, repairs


def blocks(name: str, path: Path, seen, size: int = SIZE) -> Iterator[TextBlock]:
    """The blocks of a file; ``seen`` is called with the bytes as they are read."""
    with path.open("rb") as stream:
        start = stream.read(size)
        seen(start)
        codec, _, mark = encoding_of(start[:4096])
        if codec != "utf-8" or (b"\r" in start and b"\n" not in start):
            rest = stream.read()
            seen(rest)
            text, _, repairs = decode(name, start + rest)
            yield from _cut(text.encode("utf-8", errors="backslashreplace"), tuple(repairs), size)
            return
        waiting, line = start[mark:], 1
        del start
        while True:
            more = stream.read(size)
            seen(more)
            if not more:
                break
            ends = [(waiting.rfind(mark_end), len(mark_end)) for mark_end in _END]
            at, length = max(ends)
            end = at + length
            if at > 0:
                whole, waiting = waiting[:end], waiting[end:]
                block = _block(name, whole, line, False)
                yield block
                line += block.content.count(b"\n")
            waiting += more
        yield _block(name, waiting, line, True)


def _cut(content: bytes, repairs: tuple[Finding, ...], size: int) -> Iterator[TextBlock]:
    line, at = 1, 0
    while len(content) - at > 2 * size:
        end = content.rfind(_END[0], at, at + size) + len(_END[0])
        if end <= at + len(_END[0]):
            break
        block = TextBlock(content[at:end], line, False, repairs)
        yield block
        line, at, repairs = line + block.content.count(b"\n"), end, ()
    yield TextBlock(content[at:], line, True, repairs)


def _block(name: str, content: bytes, line: int, final: bool) -> TextBlock:
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n")
    content, repairs = mend(name, content, line)
    return TextBlock(content, line, final, tuple(repairs))


def mend(name: str, content: bytes, first_line: int) -> tuple[bytes, list[Finding]]:
    """Valid UTF-8: lines that are none are read as Windows-1252, one by one, so that one odd byte
    does not garble the letters of the other lines."""
    if _valid(content):
        return content, []
    lines, repairs = content.split(b"\n"), []
    for place, line in enumerate(lines):
        if not _valid(line):
            # The five bytes that Windows-1252 leaves open are taken as Latin-1.
            text = "".join(_letter(byte) for byte in line)
            lines[place] = text.encode()
            reason = "not valid UTF-8; read as Windows-1252"
            repairs.append(Finding(REPAIRED, name, first_line + place, "", reason, text.strip()[:200]))
    return b"\n".join(lines), repairs


def _valid(content: bytes) -> bool:
    if len(content) > 1 << 30:
        return _valid(content[: 1 << 29]) and _valid(content[1 << 29 :])
    offsets = pa.array([0, len(content)], pa.int32()).buffers()[1]
    try:
        pa.StringArray.from_buffers(1, offsets, pa.py_buffer(content)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _letter(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)
