"""What a file is, by its content and never by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from livingreview.corpus.reading.blocks import encoding_of
from livingreview.errors import InputError

HEAD = 1 << 16
WOS_TEXT = "wos-plain-text"

_EXPORT = (
    "an export of Web of Science (plain text, tab-delimited, Excel, BibTeX), Scopus or Lens (CSV), "
    "OpenAlex (JSON) or RIS"
)
_HOW = 'export again, from Web of Science best as "Plain text file" with "Full Record and Cited References"'
_MAPPING = "describe its columns in a mapping file beside it (livingreview import --help)"

# First bytes of what people save by mistake, and what to call it.
_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"PAR1", "a Parquet table"),
)
_OTHER_TEXT = (
    (re.compile(r"\s*<(!doctype html|html|head|body)", re.I), "an HTML page without a table of records"),
    (re.compile(r"\s*<"), "an XML or HTML document without a table of records"),
    (re.compile(r"\s*[\[{]"), "a JSON file that is no list of OpenAlex works"),
)


@dataclass(frozen=True)
class Format:
    """A format of export: its key in the ledger and the module that reads it.

    ``shared`` formats are written by many databases: the accession number of a record tells its own.
    """

    key: str
    module: str
    binary: bool = False
    shared: bool = False

    @property
    def reader(self) -> ModuleType:
        """The module, with ``recognises``, ``read`` and ``NOT_CARRIED``; imported when first used."""
        return import_module(f"livingreview.corpus.reading.{self.module}")


# In the order in which they are tried.
FORMATS = (
    Format("workbook", "spreadsheet", binary=True),
    Format(WOS_TEXT, "wos_text"),
    Format("wos-tab-delimited", "wos_tab"),
    Format("html-table", "html_table"),
    Format("scopus-csv", "scopus"),
    Format("lens-csv", "lens"),
    Format("wos-csv", "wos_csv"),
    Format("openalex-json", "openalex"),
    Format("bibtex", "bibtex", shared=True),
    Format("ris", "ris", shared=True),
)

# Any table of which a mapping file says what its columns mean.
MAPPED = Format("mapped-csv", "mapped")


def decoded_head(head: bytes) -> str:
    """The beginning of a file as text, ``\\n`` line ends, what cannot be read replaced."""
    codec, _, mark = encoding_of(head)
    text = head[mark:].decode(codec, errors="replace").replace("\r\n", "\n")
    return text if "\n" in text else text.replace("\r", "\n")


def recognise(name: str, head: bytes) -> Format:
    """The format of an export.

    Parameters
    ----------
    name : str
        What to call the file in a message.
    head : bytes
        Its first ``HEAD`` bytes.

    Raises
    ------
    InputError
        Saying what the file is instead: empty, a PDF, an image, an archive, a web page, ...

    Examples
    --------
    >>> recognise("a.txt", b"PT J\\nAU Wu, S\\nER\\n").key
    'wos-plain-text'
    """
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise InputError(name, _EXPORT, "an empty file", _HOW)
    for format in FORMATS:
        if format.binary and format.reader.recognises(head):
            return format
    if head.startswith(b"PK\x03\x04"):
        raise InputError(name, _EXPORT, "a zip archive", "unpack it first")
    for magic, found in _MAGIC:
        if head.startswith(magic):
            raise InputError(name, _EXPORT, found, _HOW)
    text = decoded_head(head)
    if not text.strip("\ufeff\x00 \t\r\n"):
        raise InputError(name, _EXPORT, "an empty file", _HOW)
    for format in FORMATS:
        if not format.binary and format.reader.recognises(text):
            return format
    raise InputError(name, _EXPORT, *_instead(text))


def _instead(text: str) -> tuple[str, str]:
    """What a text that is no export is, and what to do."""
    if "\x00" in text:
        return "a binary file", _HOW
    for pattern, found in _OTHER_TEXT:
        if pattern.match(text):
            return found, _HOW
    first = next((line for line in text.split("\n") if line.strip()), "")
    if any(first.count(mark) > 2 for mark in ",;\t"):
        columns = re.split("[,;\t]", first)[:6]
        return f"a table with the columns {', '.join(c.strip()[:40] for c in columns)}, ...", _MAPPING
    return f"other text, beginning {first.strip()[:60]!r}", _HOW
