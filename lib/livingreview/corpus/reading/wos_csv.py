"""Web of Science records as CSV: a workbook saved so, or a table that a script made of plain text.

Such scripts lose line ends, and with them what stood between authors, and glue a tag they do not
know to the field before it. What another field of the record proves is put right and told as a
repair; what nothing proves is left out and told, too.
"""

from __future__ import annotations

import re

from livingreview.corpus.ledger import REPAIRED, Finding
from livingreview.corpus.reading.delimited import Delimited, header_of
from livingreview.corpus.reading.raw import RawRecord, Reading
from livingreview.corpus.reading.runs import take_apart
from livingreview.corpus.reading.tables import CELL_LIMIT, Rows, header_tags
from livingreview.errors import InputError

NOT_CARRIED: tuple[str, ...] = ()  # whatever columns the table has

_COUNTS = re.compile(r"(\d+)((?: (?:Z9|U1|U2) \d+)+)")
_COUNT = re.compile(r" (Z9|U1|U2) (\d+)")
_INITIALS = re.compile(r"([A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'-]{0,4}) (\S.*)")
_NEXT_BRACKET = re.compile(r"\.\s+(?=\[)")
_REFERENCES = re.compile(r"DOI (?:10\.\S+|\[[^\]]*\]) \S")


def recognises(head: str) -> bool:
    """Whether a text begins with a CSV header of Web of Science: long names or tags.

    Tab-delimited exports, whose header is tags alone, are not claimed.

    >>> recognises("Authors,Article Title,Source Title\\n"), recognises("PT\\tAU\\tTI\\n")
    (True, False)
    """
    columns = header_of(head)
    if header_tags(columns) is None:
        return False
    first = next((line for line in head.split("\n") if line.strip()), "")
    return "\t" not in first or not all(re.fullmatch(r"[A-Z][A-Z0-9]", c) for c in columns if c)


def read(name: str, text: str) -> Reading:
    """Records of a CSV whose columns are long names or two-letter tags of Web of Science.

    Raises
    ------
    InputError
        A header without these columns (they are named), or no record at all.
    """
    table = Delimited(name, text)
    tags = header_tags(table.header)
    if tags is None:
        found = f"the columns {', '.join(map(repr, table.header[:8]))}"
        raise InputError(name, "a CSV with the columns of Web of Science", found, "write a mapping for its columns")
    fields = table.rows(identity_last=tags[-1] == "UT")
    rows = Rows(name, table.header, CELL_LIMIT)
    for row in fields:
        rows.take(row.line, row.fields)
    if not rows.announced and not table.findings:
        raise InputError(name, "at least one record", "a header only", "repeat the export")
    rows.findings += table.findings
    rows.announced += sum(f.kind != REPAIRED for f in table.findings)
    columns = set(tags)
    for raw in rows.records:
        rows.findings += [Finding(REPAIRED, name, raw.line, *what) for what in _mend(raw, columns)]
    return rows.reading()


def _mend(raw: RawRecord, columns: set[str]) -> list[tuple[str, str, str]]:
    """Put right what a script lost, in place; the repairs as field, reason, text."""
    found: list[tuple[str, str, str]] = []
    printed = raw.joined.get("TC", "")
    if counts := _COUNTS.fullmatch(printed):
        raw.joined["TC"] = counts[1]
        _add(raw, {tag: n for tag, n in _COUNT.findall(counts[2]) if tag not in columns})
        found.append(("TC", "other counts stand in the same field; told apart by their tags", printed))
    if "C1" not in columns:
        found += _addresses(raw, "C3" not in columns)
    found += _names(raw)
    cited = raw.listed.get("CR", [])
    if len(cited) == 1 and _REFERENCES.search(cited[0]) and raw.joined.get("NR") != "1":
        del raw.listed["CR"]
        found.append(("CR", "nothing stands between the cited references; left out", cited[0][:200]))
    return found


def _add(raw: RawRecord, values: dict[str, str]) -> None:
    raw.joined |= values
    raw.lines |= dict.fromkeys(values, raw.line)


def _addresses(raw: RawRecord, organisations: bool) -> list[tuple[str, str, str]]:
    """Take "C1 [authors] address. C3 organisations" from the end of the abstract."""
    abstract, mark, rest = raw.joined.get("AB", "").rpartition(" C1 [")
    if not mark:
        return []
    raw.joined["AB"] = abstract
    value, mark, unified = rest.rpartition(" C3 ")
    if mark and organisations:
        _add(raw, {"C3": unified})
    else:
        value = rest
    parts = [part for part in _NEXT_BRACKET.split(f"[{value}") if part.strip()]
    raw.listed["C1"] = [part if part.endswith(".") else f"{part}." for part in parts]
    raw.lines["C1"] = raw.line
    return [("C1", "addresses stand at the end of the abstract; told apart by their tag", rest[:200])]


def _names(raw: RawRecord) -> list[tuple[str, str, str]]:
    """Authors without anything between them, by the names in the addresses and the initials."""
    printed, full = raw.listed.get("AU", []), raw.listed.get("AF", [])
    if len(printed) != 1 or printed[0].count(", ") < 2:
        return []
    by_address = take_apart(full[0], _bracketed(raw), " ") if len(full) == 1 else full
    by_initials = _by_initials(printed[0])
    if by_address and len(by_address) == len(by_initials):
        raw.listed["AU"], raw.listed["AF"] = by_initials, by_address
        reason = "nothing stands between the authors; told apart by their initials and their addresses"
    elif by_address:
        raw.listed["AU"], raw.listed["AF"] = by_address, list(by_address)
        reason = "nothing stands between the authors; their full names, as in the addresses, read instead"
    elif by_initials:
        raw.listed["AU"] = by_initials
        raw.listed.pop("AF", None)
        reason = "nothing stands between the authors; told apart by their initials, full names left out"
    else:
        return []
    return [("AU", reason, printed[0])]


def _bracketed(raw: RawRecord) -> list[str]:
    inside = [address[1:].partition("]")[0] for address in raw.listed.get("C1", []) if address.startswith("[")]
    return [name.strip() for names in inside for name in names.split(";") if name.strip()]


def _by_initials(value: str) -> list[str]:
    """Names told apart after their initials: "Wu, S Li, Q" is two; ``[]`` where one has none.

    >>> _by_initials("Wang, YZ van der Berg, J Chen, X")
    ['Wang, YZ', 'van der Berg, J', 'Chen, X']
    """
    surname, *parts = value.split(", ")
    names = []
    for part in parts[:-1]:
        found = _INITIALS.fullmatch(part)
        if not found:
            return []
        names.append(f"{surname}, {found[1]}")
        surname = found[2]
    return [*names, f"{surname}, {parts[-1]}"]
