"""What the fields of a BibTeX entry are in the tags of Web of Science."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from livingreview.corpus.reading.blanks import one_line
from livingreview.corpus.reading.latex import plain_escapes, to_text
from livingreview.corpus.reading.raw import RawRecord

# Names that only Web of Science gives, and those that every BibTeX has.
_WOS = {
    "article-number": "AR", "research-areas": "SC", "web-of-science-categories": "WC",
    "author-email": "EM", "affiliations": "C3", "orcid-numbers": "OI",
    "researcherid-numbers": "RI", "funding-acknowledgement": "FU", "funding-text": "FX",
    "number-of-cited-references": "NR", "times-cited": "TC", "usage-count-last-180-days": "U1",
    "usage-count-since-2013": "U2", "journal-iso": "JI", "doc-delivery-number": "GA",
    "web-of-science-index": "WE", "unique-id": "UT", "oa": "OA", "da": "DA", "keywords": "DE",
    "keywords-plus": "ID", "earlyaccessdate": "EA", "book-group-author": "GP",
    "group-author": "CA", "book-author": "BA", "esi-highly-cited-paper": "HC",
    "esi-hot-paper": "HP", "meeting-abstract": "MA", "type": "DT", "eissn": "EI",
    "editor": "BE", "address": "PA", "month": "PD", "early-access-date": "EA",
}  # fmt: skip
_ANY = {
    "title": "TI", "abstract": "AB", "year": "PY", "volume": "VL", "number": "IS",
    "publisher": "PU", "language": "LA", "doi": "DI", "issn": "SN", "isbn": "BN",
    "series": "SE", "journal": "SO",
}  # fmt: skip
_GENERIC = {
    "journaltitle": "SO", "issue": "IS", "langid": "LA", "eissn": "EI", "shortjournal": "JI",
    "abbrev_source_title": "JI", "journal-iso": "JI", "pmid": "PM", "author_keywords": "DE",
    "document_type": "DT", "art_number": "AR", "publication_stage": "", "eid": "AR",
    "location": "PA", "address": "PA",
}  # fmt: skip
_TAGS = {**_GENERIC, **_WOS, **_ANY}
_TYPES = {
    "article": "J", "periodical": "J", "suppperiodical": "J", "book": "B", "inbook": "B",
    "incollection": "B", "collection": "B", "mvbook": "B", "bookinbook": "B", "booklet": "B",
    "inproceedings": "C", "conference": "C", "proceedings": "C", "patent": "P",
}  # fmt: skip
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_NAMES = re.compile(r"\s+and\s+", re.I)
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MONTH_DAY = re.compile(r"([A-Za-z]{3})[a-z]*\.?\s*~?\s*(\d{1,2})?")
_MEETING_DATE = re.compile(r", ([A-Z]{3}[A-Z0-9 /-]*, \d{4})$")
_LINES = frozenset({"EM", "OI", "RI"})  # one entry a line
_SPECIAL_ISSUE = re.compile(r"(?:^|,\s*)SI$")
_CITED_BY = re.compile(r"cited by:?\s*(\d+)", re.I)
_EID = re.compile(r"\beid=(2-s2\.0-\d+)")
_DOI_LINK = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.I)
_CORRESPONDING = re.compile(r"\((?:corresponding|reprint) author\)", re.I)
_ACCESSION = re.compile(r"(WOS|ISI|MEDLINE|INSPEC|KJD|BIOSIS|RSCI|SCIELO|CSCD|CCC|BCI|DIIDW):", re.I)


class Field(NamedTuple):
    """A field of an entry: key in lower case, value with its braces or quotes, line of the file."""

    key: str
    value: str
    line: int

    @property
    def name(self) -> str:
        """The tag the field becomes, else its key."""
        return {"author": "AU", "affiliation": "C1", "cited-references": "CR"}.get(
            self.key, _TAGS.get(self.key) or self.key
        )


def record(line: int, kind: str, fields: list[Field], strings: dict[str, str]) -> RawRecord:
    """One record from the fields of an entry.

    An entry with ``Unique-ID`` or categories of Web of Science is read as one of Web of Science.
    Elsewhere the names of authors without a comma are turned as the grammar of BibTeX has it
    (first, von, last), numbers of months become names, and keywords are parted at commas where
    there is no semicolon. ``strings`` are the abbreviations of the file.
    """
    keys = {field.key: field for field in fields}
    made = RawRecord(line, {}, {}, {})
    if "unique-id" in keys or "web-of-science-categories" in keys:
        _web_of_science(made, kind, keys, strings)
    else:
        _generic(made, kind, keys, strings)
    return made


def _put(made: RawRecord, tag: str, value: str, line: int) -> None:
    value = one_line(value)
    if tag and value and tag not in made.joined:
        made.joined[tag] = value
        made.lines[tag] = line


def _put_list(made: RawRecord, tag: str, values: list[str], line: int) -> None:
    values = [v for v in map(one_line, values) if v]
    if values:
        made.listed[tag] = values
        made.lines[tag] = line


def _web_of_science(made: RawRecord, kind: str, keys: dict[str, Field], strings: dict[str, str]) -> None:
    for key, field in keys.items():
        if (tag := _WOS.get(key) or _ANY.get(key)) and tag != "UT":
            value = plain_escapes(_undelimited(field.value, strings))
            if tag in _LINES:
                value = "; ".join(line.strip() for line in value.split("\n") if line.strip())
            elif tag in ("BE", "GP", "BA", "CA"):
                value = "; ".join(_NAMES.split(value))
            elif tag == "IS" and (found := _SPECIAL_ISSUE.search(value)):
                value = value[: found.start()]
                _put(made, "SI", "SI", field.line)
            _put(made, tag, value, field.line)
    if field := keys.get("unique-id"):
        accession = _undelimited(field.value, strings).strip().upper()
        if _ACCESSION.match(accession):
            _put(made, "UT", accession, field.line)
    names: list[str] = []
    if field := keys.get("author"):
        names = _NAMES.split(one_line(plain_escapes(_undelimited(field.value, strings))))
        _put_list(made, "AU", names, field.line)
        _put_list(made, "AF", names, field.line)
    if field := keys.get("affiliation"):
        _affiliation(made, field, _undelimited(field.value, strings))
    if field := keys.get("cited-references"):
        lines = _wrapped(plain_escapes(_undelimited(field.value, strings)))
        _put_list(made, "CR", [one.removesuffix(".") for one in lines], field.line)
    if field := keys.get("booktitle"):
        _put(made, "SO", plain_escapes(_undelimited(field.value, strings)), field.line)
    if field := keys.get("pages"):
        _pages(made, _undelimited(field.value, strings), field.line)
    if field := keys.get("note"):
        _meeting(made, field, plain_escapes(_undelimited(field.value, strings)))
    if kind in _TYPES:
        made.joined["PT"] = _TYPES[kind]


def _wrapped(value: str) -> list[str]:
    """The lines of a field whose entries each end with a full stop; a line without goes on."""
    entries: list[str] = []
    for line in value.split("\n"):
        line = line.strip()
        if entries and not entries[-1].endswith("."):
            entries[-1] += f" {line}"
        elif line:
            entries.append(line)
    return entries


def _affiliation(made: RawRecord, field: Field, value: str) -> None:
    """Corresponding authors first, each line with its mark; then authors and address without
    brackets, told apart by the names in ``Author``."""
    reprint, addresses = [], []
    names = sorted(made.listed.get("AF", []), key=len, reverse=True)
    for line in _wrapped(plain_escapes(value)):
        if _CORRESPONDING.search(line):
            reprint.append(line)
        else:
            addresses.append(_bracketed(line, names))
    _put(made, "RP", "; ".join(reprint), field.line)
    _put_list(made, "C1", addresses, field.line)


def _bracketed(line: str, names: list[str]) -> str:
    """``Wu, S.; Li, Q., Fudan Univ`` as ``[Wu, S.; Li, Q.] Fudan Univ``; as it is, where the
    names do not begin the line."""
    found: list[str] = []
    place = 0
    while True:
        name = next((n for n in names if line.startswith((f"{n}; ", f"{n}, "), place)), None)
        if name is None:
            return line  # names that are none of the record's: where they end is not certain
        found.append(name)
        place += len(name) + 2
        if line[place - 2] == ",":
            return f"[{'; '.join(found)}] {line[place:]}"


def _meeting(made: RawRecord, field: Field, value: str) -> None:
    value = one_line(value)
    if found := _MEETING_DATE.search(value):
        _put(made, "CY", found[1], field.line)
        value = value[: found.start()]
    _put(made, "CT", value, field.line)


def _pages(made: RawRecord, value: str, line: int) -> None:
    """First and last page; an even number of parts is halved ("1-2-1-8" runs from 1-2 to 1-8)."""
    value = "".join(re.sub(r"-+|[–—]", "-", value).split())
    if value.endswith("+"):
        _put(made, "BP", value[:-1].rstrip("-"), line)
        _put(made, "EP", "+", line)
        return
    parts = value.split("-")
    if len(parts) % 2 == 0 and "," not in value:
        half = len(parts) // 2
        _put(made, "BP", "-".join(parts[:half]), line)
        _put(made, "EP", "-".join(parts[half:]), line)
    else:
        _put(made, "BP", value, line)


def _undelimited(value: str, strings: dict[str, str]) -> str:
    """A value without its braces or quotes: abbreviations put in, pieces joined by # joined."""
    value = value.replace("\ufdd0", "@").strip()
    if "#" not in value:
        return _piece(value, strings)
    pieces, depth, quoted, start = [], 0, False, 0
    for found in re.finditer(r'(?<!\\)[{}"#]', value):
        mark = found[0]
        depth += (mark == "{") - (mark == "}")
        if mark == '"' and depth == 0:
            quoted = not quoted
        elif mark == "#" and depth == 0 and not quoted:
            pieces.append(value[start : found.start()])
            start = found.end()
    pieces.append(value[start:])
    return "".join(_piece(piece.strip(), strings) for piece in pieces)


def _piece(value: str, strings: dict[str, str], depth: int = 3) -> str:
    if len(value) > 1 and (value[0], value[-1]) in {("{", "}"), ('"', '"')}:
        return value[1:-1]
    known = strings.get(value.lower())
    if known is None or not depth:
        return value
    return _piece(known.strip(), strings, depth - 1)


def _generic(made: RawRecord, kind: str, keys: dict[str, Field], strings: dict[str, str]) -> None:
    values = {key: _undelimited(field.value, strings) for key, field in keys.items()}
    text: Callable[[str], str] = lambda key: one_line(to_text(values.get(key, "")))  # noqa: E731
    lines = {key: field.line for key, field in keys.items()}
    for table in (_ANY, _GENERIC):
        for key, tag in table.items():
            if key in keys and key not in ("doi", "issn", "eid"):
                _put(made, tag, text(key), lines[key])
    if "doi" in keys:
        _put(made, "DI", _DOI_LINK.sub("", text("doi")), lines["doi"])
    if "issn" in keys:
        _put(made, "SN", re.split(r"[,;\s]+", text("issn"))[0], lines["issn"])
    if "booktitle" in keys:
        _put(made, "SO", text("booktitle"), lines["booktitle"])
    if "author" in keys:
        names = [_last_first(name) for name in _split_names(values["author"])]
        _put_list(made, "AU", names, lines["author"])
        _put_list(made, "AF", names, lines["author"])
    if "pages" in keys:
        _pages(made, text("pages"), lines["pages"])
    _when(made, text, lines)
    if "keywords" in keys:
        # Scopus prints its index terms as keywords beside those of the authors.
        tag = "ID" if "author_keywords" in keys else "DE"
        mark = ";" if ";" in text("keywords") else ","
        _put(made, tag, "; ".join(k.strip() for k in text("keywords").split(mark) if k.strip()), lines["keywords"])
    if found := _EID.search(values.get("url", "")):
        _put(made, "UT", found[1], lines["url"])
        if "affiliation" in keys:
            addresses = text("affiliation").split(";")
            _put_list(made, "C1", addresses, lines["affiliation"])
        if cited := _CITED_BY.search(text("note")):
            _put(made, "TC", cited[1], lines["note"])
    if kind in _TYPES:
        made.joined["PT"] = _TYPES[kind]


def _when(made: RawRecord, text: Callable[[str], str], lines: dict[str, int]) -> None:
    """Year and month: ``year`` and ``month``, else the ``date`` of biblatex."""
    if found := _ISO_DATE.match(text("date")):
        year, month, day = found.groups()
        _put(made, "PY", year, lines["date"])
        if month and 1 <= int(month) <= 12:
            _put(made, "PD", f"{_MONTHS[int(month) - 1]} {int(day) if day else ''}", lines["date"])
    month = text("month")
    if month.isascii() and month.isdigit() and len(month) < 3 and 1 <= int(month) <= 12:
        month = _MONTHS[int(month) - 1]
    if month:
        _put(made, "PD", month.upper(), lines["month"])


def _split_names(value: str) -> list[str]:
    """Names parted at " and " outside braces; "others" is no name."""
    names, depth, start = [], 0, 0
    value = one_line(value)
    for found in re.finditer(r"(?<!\\)[{}]| and (?=\S)", value, re.I):
        mark = found[0]
        if mark in "{}":
            depth += (mark == "{") - (mark == "}")
        elif depth <= 0:
            names.append(value[start : found.start()])
            start = found.end()
    names.append(value[start:])
    return [name.strip() for name in names if name.strip().lower() not in ("", "others")]


def _last_first(name: str) -> str:
    """A name as ``Last, First``: BibTeX reads "First von Last" where there is no comma."""
    if name.startswith("{") and name.endswith("}") and "{" not in name[1:]:
        return one_line(to_text(name))  # an organisation
    words = _words(name)
    plain = " ".join(one_line(to_text(word)) for word in words)
    if "," in plain or len(words) < 2:
        return plain
    decoded = [one_line(to_text(word)) for word in words]
    last = len(words) - 1
    for place, word in enumerate(words[1:-1], start=1):
        if decoded[place][:1].islower() and not word.startswith("{"):
            last = place
            break
    return f"{' '.join(decoded[last:])}, {' '.join(decoded[:last])}"


def _words(name: str) -> list[str]:
    """Words of a name; blanks inside braces part nothing."""
    words, depth, start = [], 0, 0
    for found in re.finditer(r"(?<!\\)[{}]|[ ~]+", name):
        mark = found[0]
        if mark in "{}":
            depth += (mark == "{") - (mark == "}")
        elif depth <= 0:
            words.append(name[start : found.start()])
            start = found.end()
    words.append(name[start:])
    return [word for word in words if word]
