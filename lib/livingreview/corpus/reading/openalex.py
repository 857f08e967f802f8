"""OpenAlex: a list of works, an answer of its API, one work a line (JSON Lines), or its CSV.

The shape of a work: https://docs.openalex.org/api-entities/works/work-object
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import islice

from livingreview.corpus.ledger import REJECTED, REPAIRED, TRUNCATED, Finding
from livingreview.corpus.reading import openalex_work
from livingreview.corpus.reading.raw import RawRecord, Reading
from livingreview.errors import InputError

#: Tags that OpenAlex does not carry. It has no keywords of authors (DE), no Keywords Plus (ID) and
#: no categories of Web of Science: its own keywords, topics and concepts are assigned by machine and
#: stand in none of these. The ROR of an institution has no tag. In part only: PD is missing where
#: the date is a first of January, which OpenAlex also prints for a year alone; CR is the identity of
#: the cited work; C3 holds institutions as OpenAlex unified them; LA is the name of a language code.
NOT_CARRIED: tuple[str, ...] = (
    "AR", "BN", "CA", "CR", "CT", "CY", "DA", "DE", "EA", "EI", "EM", "FX", "HC", "HP", "ID", "J9",
    "JI", "MA", "PD", "PG", "PN", "RI", "SC", "SI", "SU", "U1", "U2", "WC", "WE", "Z9",
)  # fmt: skip

_WORK = re.compile(r'"id"\s*:\s*"https://openalex\.org/W(\d+)"', re.I)
_OPENS = re.compile(r'\{\s*"id"\s*:\s*"https://openalex\.org/W\d', re.I)
_ANSWER = re.compile(r'\s*\{\s*"(?:meta|results|group_by)"\s*:')
_RESULTS = re.compile(r'"results"\s*:\s*\[')
_COUNT = re.compile(r'"meta"\s*:\s*\{[^{}]{0,2000}?"count"\s*:\s*(\d{1,12})\b')
_KEYS = re.compile(r'"(?:authorships|abstract_inverted_index|referenced_works|primary_location)"\s*:')
_HEADER = re.compile(r'"?id"?,.*(?:authorships\.|primary_location\.|open_access\.)')
# A string is taken whole or not at all: without its end it must not be tried again and again.
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_LEXEME = re.compile(_STRING + r'|[\[\]{}]|"', re.S)
_GOES_ON = re.compile(r"[\s,]*+" + _STRING + r"\s*:", re.S)
_CSV_ROW = re.compile(r'^"?https://openalex\.org/W\d+"?,', re.M | re.I)
_OBJECT_LINE = re.compile(r'^\{[ \t]*"', re.M)
_BLANK = re.compile(r"[\s,]*")
_LONGEST_FIELD = 25_000_000  # characters; the authors of a work in one field may be many

# NaN and Infinity are no JSON; what they stand for is not said.
_DECODER = json.JSONDecoder(parse_constant=lambda _: None)


def recognises(head: str) -> bool:
    """Whether a text is OpenAlex: JSON with its identities or keys, or a CSV with its columns.

    >>> recognises('{"meta":{"count":1},"results":[{"id":"https://openalex.org/W1"}]}')
    True
    >>> recognises('[{"id": 1}]'), recognises('id,title\\n1,x\\n')
    (False, False)
    """
    text = head.lstrip("\ufeff \t\r\n")
    if text[:1] in "[{" and text:
        return bool(_WORK.search(text) or ("openalex.org/" in text and _KEYS.search(text)))
    return bool(_HEADER.match(text.split("\n", 1)[0]))


def read(name: str, text: str) -> Reading:
    """Records of OpenAlex.

    ``line`` is the place in the list, from 1, or the line of a JSON Lines or CSV file. A work that
    cannot be read is rejected and the next is looked for where one begins. ``announced`` counts
    the identities of works in the text, whatever becomes of them. See
    :func:`~livingreview.corpus.reading.openalex_work.record` for what becomes which tag.

    Raises
    ------
    InputError
        Where there is no work.

    Examples
    --------
    >>> reading = read("a.json", '[{"id": "https://openalex.org/W7", "title": "T", "cited_by_count": 3}]')
    >>> reading.records[0].joined
    {'UT': 'W7', 'TI': 'T', 'TC': '3'}
    """
    reader = _Reader(name)
    text = text.lstrip("\ufeff")
    if not text.lstrip().startswith(("[", "{")):
        announced = reader.table(text)
        notes = []
    else:
        reader.json(text)
        announced = len(_WORK.findall(text))
        notes = _rest_of_search(name, text, announced)
    if reader.cut_lists:
        notes.append(f"{name}: OpenAlex prints only the first authors of {reader.cut_lists} works")
    if not reader.records and not reader.findings:
        raise InputError(name, "works of OpenAlex", "none", "ask for the works again")
    return Reading(reader.records, reader.findings, notes, announced, "OpenAlex")


def _rest_of_search(name: str, text: str, works: int) -> list[str]:
    found = _COUNT.search(text[:10_000])
    if found and int(found[1]) > works and _ANSWER.match(text):
        return [f"{name}: OpenAlex found {found[1]} works, and this page of its answer holds {works}"]
    return []


class _Reader:
    def __init__(self, name: str):
        self.name = name
        self.records: list[RawRecord] = []
        self.findings: list[Finding] = []
        self.cut_lists = 0

    def json(self, text: str) -> None:
        """A list, an answer, one work a line, or a single work."""
        listed = text.lstrip().startswith("[")
        if not listed and _begin_as_objects(text) > 1:
            self._json_lines(text)
            return
        start = text.index("[") + 1 if listed else 0
        if not listed and _ANSWER.match(text):
            found = _RESULTS.search(text)
            start = found.end() if found else len(text)
        for place, piece in enumerate(_objects(text, start), start=1):
            self._piece(place, *piece)

    def _json_lines(self, text: str) -> None:
        lines = text.rstrip().split("\n")
        for number, line in enumerate(lines, start=1):
            for value, reason, printed in _objects(line, 0):
                if reason == TRUNCATED and number < len(lines):
                    reason = "no JSON: the line breaks off inside the work"
                self._piece(number, value, reason, printed)

    def _piece(self, place: int, value: object, reason: str, text: str) -> None:
        if reason:
            self._reject(place, reason, text)
        elif isinstance(value, dict) and isinstance(value.get("results"), list):
            for work in value["results"]:  # an answer a line, or a list of answers
                self._work(place, work, json.dumps(work, ensure_ascii=False))
        else:
            self._work(place, value, text)

    def _work(self, place: int, value: object, text: str) -> None:
        if not isinstance(value, dict):
            self._reject(place, "not a work: no JSON object", text)
            return
        if len(set(_WORK.findall(text))) > 1:
            self._reject(place, "two different id: two works run into one", text)
            return
        raw, repairs = openalex_work.record(place, value)
        if not raw.listed and not raw.joined.keys() - {"UT"}:
            self._reject(place, "work without title, authors or any other field", text)
            return
        self.records.append(raw)
        self.cut_lists += value.get("is_authors_truncated") is True
        self.findings.extend(
            Finding(REPAIRED, self.name, place, tag, reason, printed.encode("utf-8", "replace").decode("utf-8"))
            for tag, reason, printed in repairs
        )

    def table(self, text: str) -> int:
        """The CSV of OpenAlex: columns are paths, values of a list parted by "|".

        A row goes from one identity at the beginning of a line to the next, so that a lost
        quotation mark costs its own row only.
        """
        csv.field_size_limit(_LONGEST_FIELD)
        starts = [found.start() for found in _CSV_ROW.finditer(text)]
        first = starts[0] if starts else len(text)
        rows = _csv_rows(text[:first])
        header = rows[0] if rows else []
        line = 1 + text.count("\n", 0, first)
        if len(rows) > 1:
            self._reject(2, "row without the identity of a work", text[:first].split("\n", 1)[1])
        for start, end in zip(starts, [*starts, len(text)][1:], strict=False):
            printed = text[start:end]
            rows = _csv_rows(printed)
            if len(rows) == 1 and len(rows[0]) == len(header):
                row = dict(zip(header, rows[0], strict=True))
                self._work(line, openalex_work.from_columns(row), printed)
            elif end == len(text) and len(rows) == 1 and len(rows[0]) < len(header):
                self._reject(line, TRUNCATED, printed)
            else:
                found = f"{len(rows[0])} fields" if rows else "none"
                self._reject(line, f"expected one row of {len(header)} fields, found {found}", printed)
            line += printed.count("\n")
        return len(starts)

    def _reject(self, place: int, reason: str, text: str) -> None:
        text = text.encode("utf-8", "replace").decode("utf-8").strip()
        self.findings.append(Finding(REJECTED, self.name, place, "", reason, text))


def _csv_rows(text: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader(io.StringIO(text, newline="")) if any(map(str.strip, row))]
    except csv.Error:
        return []


def _begin_as_objects(text: str) -> int:
    """How many lines begin as an object, two at most: more than one makes JSON Lines."""
    return sum(1 for _ in islice(_OBJECT_LINE.finditer(text), 2))


def _objects(text: str, place: int) -> Iterator[tuple[object, str, str]]:
    """The works of a list from ``place`` on: the value, or why there is none, and its text.

    Each is decoded from its own piece of the text, so that damage costs no more than that.
    """
    last = max((found.start() for found in _OPENS.finditer(text)), default=-1)
    while True:
        place = _BLANK.match(text, place).end()
        if place >= len(text):
            return
        following = _OPENS.search(text, place + 1) if place < last else None
        if text[place] != "{":
            if not following and text[place] in "]}":
                return  # the end of the list
            end = following.start() if following else text.find("{", place)
            end = end if end >= 0 else len(text)
            # Brackets too many hide no work; anything else is part of one that is damaged.
            if junk := text[place:end].strip("[]{}, \t\r\n"):
                yield None, "text between works that is none", junk
            place = end
            continue
        is_answer = bool(_ANSWER.match(text, place))
        end, cut = _extent(text, place, None if is_answer else following)
        value, behind, reason = _decode(text[place:end])
        if not reason and _GOES_ON.match(text, place + behind):
            reason = "no JSON: a brace too many, fields stand behind the end of the work"
        if not reason:
            end = place + behind
        elif is_answer and following:
            place = following.start()  # a damaged answer: its works are read one by one
            continue
        yield value, TRUNCATED if reason and cut else reason, text[place:end]
        place = end


def _extent(text: str, place: int, following: re.Match | None) -> tuple[int, bool]:
    """Where a work ends at the latest, and whether the file ends inside it.

    The next work begins with its identity; where works begin otherwise, behind the brace that
    closes this one.
    """
    if following:
        return following.start(), False
    depth = 0
    for found in _LEXEME.finditer(text, place):
        mark = found[0]
        if mark in ("{", "["):
            depth += 1
        elif mark in ("}", "]"):
            depth -= 1
            if depth <= 0:
                return len(text) if _OPENS.match(text, place) else found.end(), False
        elif mark == '"':  # a string without its end: the file ends inside it
            break
    return len(text), depth > 0


def _decode(text: str) -> tuple[object, int, str]:
    try:
        value, end = _DECODER.raw_decode(text)
    except RecursionError:
        return None, 0, "not a work: nested too deeply"
    except json.JSONDecodeError as error:
        return None, 0, f"no JSON: {error.msg} at character {error.pos + 1} of the work"
    except ValueError as error:  # a number of too many digits
        return None, 0, f"no JSON that can be read: {str(error)[:200]}"
    return value, end, ""
