"""Tables as text: fields between commas, semicolons or tabs, quoted where need be.

The rules are those of RFC 4180. Beyond it, one quotation mark left open must not swallow the
records that follow: the reading takes up again at the next line that is a whole row by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from livingreview.corpus.ledger import REJECTED, REPAIRED, TRUNCATED, Finding
from livingreview.errors import InputError

_DELIMITERS = ",;\t"
_COLUMNS = 2_000
_RECORD = 4_000_000  # characters of one row
_EFFORT = 4_000_000  # steps from one quotation mark to the next that may be taken in vain


@dataclass(frozen=True)
class Row:
    """A row: its first line in the file, its fields as written, and which of them were quoted."""

    line: int
    fields: list[str]
    quoted: list[bool]


@dataclass(frozen=True)
class _Span:
    """Fields from ``start`` to ``end`` of the text; ``mended`` where a quotation mark stood loose."""

    fields: list[str]
    quoted: list[bool]
    end: int
    mended: bool


class Delimited:
    """A delimited table: its header, and its rows one after the other.

    >>> table = Delimited("a.csv", 'Title,Year\\n"Cats, dogs",2020\\n"open,2021\\nNext,2022\\n')
    >>> table.header
    ['Title', 'Year']
    >>> [row.fields for row in table.rows()]
    [['Cats, dogs', '2020'], ['Next', '2022']]
    >>> [(f.line, f.reason) for f in table.findings]
    [(3, 'a quotation mark that is not closed')]
    """

    def __init__(self, name: str, text: str):
        self.name = name
        self.findings: list[Finding] = []
        if nulls := text.count("\x00"):
            line = text[: text.index("\x00")].count("\n") + 1
            reason = f"{nulls} NUL characters in the file, the first here; left out"
            self.findings.append(Finding(REPAIRED, name, line, "", reason, ""))
            text = text.replace("\x00", "")
        self._text = text
        self._effort = 0.0
        self._most_effort = _EFFORT + 4 * text.count('"')
        start, line = self._skip_blank(0, 1)
        if text[start : start + 4].lower() == "sep=":  # Excel's note to itself
            start, line = self._skip_blank(self._line_end(start) + 1, line + 1)
        self._delimiter = delimiter_of(text[start:])
        span = self._span(start, _COLUMNS)
        if span is None or len(span.fields) > _COLUMNS:
            raise InputError(name, "a row with the columns' names", "none", "export the table again")
        self.header = [field.replace("\ufeff", "").strip() for field in span.fields]
        self._first, self._first_line = span.end + 1, line + text.count("\n", start, span.end) + 1

    def rows(
        self, fits: Callable[[list[str]], bool] | None = None, identity_last: bool = False
    ) -> list[Row]:
        """Every whole row below the header; what is damaged goes to ``findings``.

        ``fits`` says whether fields make a row (default: as many as the header has);
        ``identity_last``, that the last column holds an identity, of much the same length in
        every row, so that one that breaks off there can be told.
        """
        width = len(self.header)
        fits = fits or (lambda fields: len(fields) == width)
        most = width + 64
        rows: list[Row] = []
        mended: list[bool] = []
        at, line = self._first, self._first_line
        while True:
            at, line = self._skip_blank(at, line)
            if at >= len(self._text):
                break
            span = self._span(at, most)
            end = span.end if span else len(self._text)
            inner = self._inner(at, end, most, fits)
            if inner is not None:
                end = inner - 1
                self._reject(at, end, line, "a quotation mark that is not closed")
            elif span is None:
                reason = TRUNCATED if end - at < _RECORD else "a quotation mark that is not closed"
                self._reject(at, end, line, reason)
            elif [f.strip() for f in span.fields] == self.header:
                pass  # parts joined by hand repeat the header
            elif fits(span.fields):
                rows.append(Row(line, span.fields, span.quoted))
                mended.append(span.mended)
            else:
                count = f"{len(span.fields)}" if len(span.fields) <= most else f"more than {most}"
                cut = end >= len(self._text) and len(span.fields) < width
                self._reject(at, end, line, TRUNCATED if cut else f"{count} fields where the header has {width}")
            line += self._text.count("\n", at, end) + 1
            at = end + 1
        if rows and self._text[-1] != "\n" and _breaks_off(rows, identity_last):
            last = rows.pop()
            mended.pop()
            text = self._delimiter.join(last.fields)
            self.findings.append(Finding(REJECTED, self.name, last.line, "", TRUNCATED, text))
        for row, loose in zip(rows, mended, strict=True):
            if loose:
                reason = "quotation marks inside a quoted field are not doubled; read as text"
                self.findings.append(Finding(REPAIRED, self.name, row.line, "", reason, ""))
        return rows

    def _reject(self, start: int, end: int, line: int, reason: str) -> None:
        text = self._text[start:end].rstrip("\n")
        self.findings.append(Finding(REJECTED, self.name, line, "", reason, text))

    def _skip_blank(self, at: int, line: int) -> tuple[int, int]:
        while at < len(self._text):
            end = self._line_end(at)
            if self._text[at:end].strip(" \r\ufeff"):
                break
            at, line = end + 1, line + 1
        return at, line

    def _line_end(self, at: int) -> int:
        end = self._text.find("\n", at)
        return len(self._text) if end < 0 else end

    def _inner(self, at: int, end: int, most: int, fits: Callable) -> int | None:
        """Where, after the first line, a line begins that is a whole and faultless row."""
        at = self._line_end(at) + 1
        while at < end:
            line_end = self._line_end(at)
            span = self._span(at, most, strict=True) if line_end > at else None
            if span and fits(span.fields):
                return at
            at = line_end + 1
        return None

    def _span(self, at: int, most: int, strict: bool = False) -> _Span | None:
        """Fields up to the end of the row; None where a quotation mark is never closed.

        ``strict`` takes no loose quotation mark. A row of more than ``most`` fields is read up to
        there: it is none, and might take all memory.
        """
        text, delimiter = self._text, self._delimiter
        fields: list[str] = []
        quoted: list[bool] = []
        mended = False
        start, line_end = at, self._line_end(at)
        while True:
            if is_quoted := text.startswith('"', at):
                close, loose = self._close(at + 1, start + _RECORD, strict)
                if close < 0:
                    return None
                mended |= loose
                value, at = text[at + 1 : close].replace('""', '"'), close + 1
                if at > line_end:
                    line_end = self._line_end(at)
            else:
                stop = text.find(delimiter, at, line_end)
                stop = line_end if stop < 0 else stop
                value, at = text[at:stop], stop
                if strict and '"' in value:
                    return None
            fields.append(value)
            quoted.append(is_quoted)
            if len(fields) > most and text.startswith(delimiter, at):
                return _Span(fields, quoted, line_end, mended)
            if not text.startswith(delimiter, at):
                return _Span(fields, quoted, at, mended)
            at += 1

    def _close(self, at: int, limit: int, strict: bool) -> tuple[int, bool]:
        """The closing quotation mark, -1 if there is none, and whether loose ones stood before."""
        text, loose = self._text, False
        while True:
            found = text.find('"', at, limit)
            self._effort += 1 + ((found if found >= 0 else min(limit, len(text))) - at) / 500
            if self._effort > self._most_effort:
                raise InputError(
                    self.name,
                    "a table whose quotation marks come in pairs",
                    "so many left open that its rows cannot be told apart",
                    "export the table again",
                )
            if found < 0:
                return -1, loose
            after = text[found + 1 : found + 2]
            if after == '"':
                at = found + 2
            elif after in ("", "\n", self._delimiter):
                return found, loose
            elif strict:
                return -1, loose
            else:
                at, loose = found + 1, True


def _breaks_off(rows: list[Row], identity_last: bool) -> bool:
    """Whether the last row, without end of line, ends in a field that others show to be cut."""
    if len(rows) < 2 or rows[-1].quoted[-1]:
        return False
    others = rows[:-1]
    if all(row.quoted[-1] for row in others):
        return True
    return identity_last and len(rows[-1].fields[-1].strip()) < min(len(row.fields[-1].strip()) for row in others)


def delimiter_of(text: str) -> str:
    """Comma, semicolon or tab: whichever the first line has most of, outside quotation marks.

    >>> delimiter_of('"a,b,c,d";x;y'), delimiter_of("a\\tb"), delimiter_of("alone")
    (';', '\\t', ',')
    """
    outside = "".join(text.split("\n", 1)[0][:1_000_000].split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def header_of(head: str) -> list[str]:
    """The first row of the head of a file as stripped names, ``[]`` if it has none.

    >>> header_of("sep=;\\nTitle;Year\\nA;2020")
    ['Title', 'Year']
    """
    try:
        return Delimited("", head).header
    except InputError:
        return []
