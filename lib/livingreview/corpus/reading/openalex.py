"""OpenAlex: a list of works, an answer of its API, one work a line (JSON Lines), or its CSV.

The shape of a work: https://docs.openalex.org/api-entities/works/work-object
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from livingreview.corpus.ledger import REJECTED, REPAIRED, TRUNCATED, Finding
from livingreview.corpus.reading import openalex_work
from livingreview.corpus.reading.delimited import Delimited
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
_IDENTITY = re.compile(r"https://openalex\.org/W\d+", re.I)
_NO_WORK = "[]{}, \t\r\n"

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

    ``line`` is the line of the file where a work begins; where several begin in one line, the
    reason of a finding says which of them it is about. A work that cannot be read is rejected and
    the next is looked for where one begins. ``announced`` counts the identities of works in the
    text, whatever becomes of them. See
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
        self._list(text, start)

    def _json_lines(self, text: str) -> None:
        lines = text.rstrip().split("\n")
        for line, content in enumerate(lines, start=1):
            self._list(content, 0, line, "line", ends=line == len(lines))

    def _list(self, text: str, start: int, line: int = 1, within: str = "list", ends: bool = True) -> None:
        """The works from ``start`` on; ``line`` is that of the text, ``ends`` whether the file ends with it."""
        before, counted = len(self.findings), 0
        about: list[tuple[int, int]] = []  # line and number of the work of each finding
        works: Counter[int] = Counter()  # how many begin in a line
        for number, (begin, value, reason, printed) in enumerate(_works(text, start), start=1):
            line, counted = line + text.count("\n", counted, begin), begin
            works[line] += 1
            if reason == TRUNCATED and not ends:
                reason = "no JSON: the line breaks off inside the work"
            self._piece(line, value, reason, printed)
            about += [(line, number)] * (len(self.findings) - before - len(about))
        for place, (line, number) in enumerate(about, start=before):
            finding = self.findings[place]
            if works[line] > 1 and finding.reason != TRUNCATED:  # which is about the last of all
                self.findings[place] = replace(finding, reason=f"work {number} of the {within}: {finding.reason}")

    def _piece(self, line: int, value: object, reason: str, text: str) -> None:
        if reason:
            self._reject(line, reason, text)
        else:
            self._work(line, value, text)

    def _work(self, line: int, value: object, text: str) -> None:
        if not isinstance(value, dict):
            self._reject(line, "not a work: no JSON object", text)
            return
        if len(set(_WORK.findall(text))) > 1:
            self._reject(line, "two different id: two works run into one", text)
            return
        raw, repairs = openalex_work.record(line, value)
        if not raw.listed and not raw.joined.keys() - {"UT"}:
            self._reject(line, "work without title, authors or any other field", text)
            return
        self.records.append(raw)
        self.cut_lists += value.get("is_authors_truncated") is True
        self.findings.extend(
            Finding(REPAIRED, self.name, line, tag, reason, printed.encode("utf-8", "replace").decode("utf-8"))
            for tag, reason, printed in repairs
        )

    def table(self, text: str) -> int:
        """The CSV of OpenAlex: columns are paths, values of a list parted by "|"."""
        table = Delimited(self.name, text)
        width = len(table.header)
        if table.header[0] != "id":
            found = f"the columns {', '.join(table.header[:8])}"
            raise InputError(self.name, "works of OpenAlex", found, "ask for the works again")
        for row in table.rows(lambda fields: len(fields) == width and bool(_IDENTITY.fullmatch(fields[0].strip()))):
            work = openalex_work.from_columns(dict(zip(table.header, row.fields, strict=True)))
            self._work(row.line, work, ",".join(row.fields))
        for finding in table.findings:
            if finding.reason == f"{width} fields where the header has {width}":
                finding = replace(finding, reason="row without the identity of a work")
            self.findings.append(finding)
        return len(_CSV_ROW.findall(text))

    def _reject(self, line: int, reason: str, text: str) -> None:
        text = text.encode("utf-8", "replace").decode("utf-8").strip()
        self.findings.append(Finding(REJECTED, self.name, line, "", reason, text))


def _begin_as_objects(text: str) -> int:
    """How many lines begin as an object, two at most: more than one makes JSON Lines."""
    return sum(1 for _ in islice(_OBJECT_LINE.finditer(text), 2))


def _works(text: str, start: int) -> Iterator[tuple[int, object, str, str]]:
    """As :func:`_objects`, and from an answer that stands whole in the list its works."""
    for begin, value, reason, printed in _objects(text, start):
        if isinstance(value, dict) and isinstance(value.get("results"), list):
            for work, (first, end) in zip(value["results"], _places(printed, value["results"]), strict=True):
                yield begin + first, work, "", printed[first:end] or json.dumps(work, ensure_ascii=False)
        else:
            yield begin, value, reason, printed


def _places(answer: str, works: list) -> list[tuple[int, int]]:
    """From where to where each work of an answer stands in it; 0 to 0 where that cannot be told."""
    found = _RESULTS.search(answer)
    place, places = found.end() if found else 0, []
    try:
        for work in works:
            first = _BLANK.match(answer, place).end()
            value, place = _DECODER.raw_decode(answer, first)
            if value != work:  # the key stands twice, or inside another
                return [(0, 0)] * len(works)
            places.append((first, place))
    except (ValueError, RecursionError):
        return [(0, 0)] * len(works)
    return places


def _objects(text: str, place: int) -> Iterator[tuple[int, object, str, str]]:
    """The works of a list from ``place`` on: where it begins, its value, or why there is none, and its text.

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
            rest = text[place:end].lstrip(_NO_WORK)
            if junk := rest.rstrip(_NO_WORK):
                yield end - len(rest), None, "not a work: text where one should begin", junk
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
        yield place, value, TRUNCATED if reason and cut else reason, text[place:end]
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
