"""What a file is, by its content and never by its name, and its text decoded without loss."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from livingreview.corpus.ledger import REPAIRED, Finding
from livingreview.errors import InputError

PLAIN_TEXT, TAB_DELIMITED = "wos-plain-text", "wos-tab-delimited"

_EXPORT = "a Web of Science export (plain text or tab-delimited)"
_HOW = 'export from Web of Science as "Plain text file" or "Tab delimited file", Full Record'

# First bytes of what people save by mistake, and what to call it.
_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"PAR1", "a Parquet table"),
)
_OTHER_TEXT = (
    (re.compile(r"\s*<(!doctype html|html|head|body)", re.I), "an HTML page"),
    (re.compile(r"\s*<"), "an XML or HTML document"),
    (re.compile(r"\s*@\w+\s*\{"), "a BibTeX file"),
    (re.compile(r"\s*TY  - "), "a RIS file"),
    (re.compile(r"\s*[\[{]"), "a JSON file"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8 with BOM"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16 little-endian"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16 big-endian"),
)
TAG = re.compile(r"[A-Z][A-Z0-9]")
_FIRST_TAG = re.compile(r"(FN|VR|PT)( |$)")


@dataclass(frozen=True)
class Sniffed:
    """A recognised export: its format, encoding, text (no BOM) and what decoding had to mend."""

    format: str
    encoding: str
    text: str
    repairs: tuple[Finding, ...]


def sniff(name: str, content: bytes) -> Sniffed:
    """Recognise an export by its content.

    Parameters
    ----------
    name : str
        What to call the file in messages and findings.
    content : bytes
        The whole file.

    Returns
    -------
    Sniffed
        ``format`` is ``wos-plain-text`` (also what ``.ciw`` files hold) or ``wos-tab-delimited``.
        Bytes that are no valid UTF-8 are read as Windows-1252, line by line, and each such line
        is a repair.

    Raises
    ------
    InputError
        Saying what the file is instead: empty, PDF, image, workbook, archive, HTML page, ...

    Examples
    --------
    >>> sniff("a.txt", b"PT J\\nAU Wu, S\\nER\\n").format
    'wos-plain-text'
    >>> sniff("a.txt", b"%PDF-1.7")
    Traceback (most recent call last):
    livingreview.errors.InputError: a.txt: expected a Web of Science export (plain text or \
tab-delimited), found a PDF document. What to do: export from Web of Science as "Plain text file" \
or "Tab delimited file", Full Record.
    """
    if not content.strip():
        raise InputError(name, _EXPORT, "an empty file", _HOW)
    if content.startswith(b"PK\x03\x04"):
        workbook = b"xl/" in content
        found = "an Excel workbook (.xlsx)" if workbook else "a zip archive"
        raise InputError(name, _EXPORT, found, _HOW if workbook else "unpack it first")
    for magic, found in _MAGIC:
        if content.startswith(magic):
            raise InputError(name, _EXPORT, found, _HOW)
    encoding, text, repairs = _decode(name, content)
    first = next(line for line in text.split("\n") if line.strip())
    if _FIRST_TAG.match(first.strip()):
        return Sniffed(PLAIN_TEXT, encoding, text, repairs)
    tags = [tag for tag in first.strip().split("\t") if tag]
    if len(tags) > 2 and "PT" in tags and all(TAG.fullmatch(tag) for tag in tags):
        return Sniffed(TAB_DELIMITED, encoding, text, repairs)
    if "\x00" in text:
        raise InputError(name, _EXPORT, "a binary file", _HOW)
    for pattern, found in _OTHER_TEXT:
        if pattern.match(text):
            raise InputError(name, _EXPORT, found, _HOW)
    if first.count(",") > 2 or first.count(";") > 2:
        raise InputError(name, _EXPORT, "a comma-separated table", _HOW)
    begin = first.strip()[:60]
    raise InputError(name, _EXPORT, f"other text, beginning {begin!r}", _HOW)


def _decode(name: str, content: bytes) -> tuple[str, str, tuple[Finding, ...]]:
    codec, label = "utf-8", "utf-8"
    for bom, bom_codec, bom_label in _BOMS:
        if content.startswith(bom):
            content, codec, label = content[len(bom) :], bom_codec, bom_label
            break
    repairs: tuple[Finding, ...] = ()
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        if codec != "utf-8":
            raise InputError(
                name,
                f"whole {label} text",
                f"a break at byte {error.start} of {len(content)}",
                "the file is damaged or cut short: export it again",
            ) from error
        text, repairs = _decode_lines(name, content)
    text = text.replace("\r\n", "\n")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    if not text.strip():
        raise InputError(name, _EXPORT, "an empty file", _HOW)
    return label, text, repairs


def _decode_lines(name: str, content: bytes) -> tuple[str, tuple[Finding, ...]]:
    """Line by line, so that one odd byte does not garble the letters of the other lines."""
    lines, repairs = [], []
    for number, line in enumerate(content.split(b"\n"), start=1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            # The five bytes that Windows-1252 leaves open are taken as Latin-1.
            text = "".join(_cp1252(byte) for byte in line)
            lines.append(text)
            reason = "not valid UTF-8; read as Windows-1252"
            repairs.append(Finding(REPAIRED, name, number, "", reason, text.strip()[:200]))
    return "\n".join(lines), tuple(repairs)


def _cp1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)
