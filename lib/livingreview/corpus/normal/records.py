"""The table ``records``: one row a record, one column a field."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from livingreview.corpus.ledger import REPAIRED, Finding
from livingreview.corpus.normal import fields, spans
from livingreview.corpus.normal.references import dois
from livingreview.corpus.reading.columns import Columns

_PLAIN = {
    "title": "TI", "abstract": "AB", "source_title": "SO", "publication_type": "PT", "language": "LA",
    "issue_date_printed": "PD", "early_date_printed": "EA", "harvested": "DA", "volume": "VL", "issue": "IS",
    "first_page": "BP", "last_page": "EP", "article_number": "AR", "part_number": "PN", "supplement": "SU",
    "special_issue": "SI", "meeting_abstract": "MA", "publisher": "PU", "issn": "SN", "eissn": "EI",
    "conference": "CT", "emails": "EM", "pubmed": "PM", "open_access": "OA", "highly_cited": "HC",
    "hot_paper": "HP", "index": "WE", "funding_text": "FX",
}  # fmt: skip
_COUNTS = {
    "page_count": "PG", "times_cited": "TC", "times_cited_all": "Z9", "usage_180_days": "U1",
    "usage_since_2013": "U2", "reference_count": "NR",
}  # fmt: skip
_LISTED = {"document_types": "DT", "group_authors": "CA"}
TAGS = frozenset(_PLAIN.values()) | frozenset(_COUNTS.values()) | frozenset(_LISTED.values()) | {
    "UT", "DI", "PY", "JI", "J9", "BN",
}  # fmt: skip
_NUMBER = r"\A[0-9]{1,15}\z"


class Fields:
    """The fields of a block of records, one value a record, and what was repaired on the way."""

    def __init__(self, file: str, columns: Columns) -> None:
        self.file, self.columns = file, columns
        self.count = len(columns.lines)
        self.findings: list[Finding] = []

    def text(self, tag: str) -> pa.StringArray:
        """The value of a tag in each record, ``""`` where it has none."""
        values = self.columns.of(tag)
        if len(values.records) == self.count:
            return values.text
        if not len(values.records):
            return spans.blank(self.count)
        return spans.aligned(values.text, values.records, self.count)

    def repair(self, tag: str, place: int, reason: str, text: str) -> None:
        """Note that the value at a place of the column of a tag was read otherwise than it stands."""
        line = int(self.columns.of(tag).lines[place])
        self.findings.append(Finding(REPAIRED, self.file, line, tag, reason, text))

    def number(self, tag: str, low: int = 0, high: int = 10**15, expected: str = "a whole number") -> pa.Array:
        """The number of a tag in each record; what is none is left missing and noted as a repair."""
        values = self.columns.of(tag)
        number = np.zeros(self.count, np.int64)
        missing = np.ones(self.count, bool)
        if len(values.text):
            shaped = pc.match_substring_regex(values.text, _NUMBER)
            parsed = pc.if_else(shaped, values.text, "0").cast(pa.int64()).to_numpy(zero_copy_only=False)
            good = shaped.to_numpy(zero_copy_only=False) & (parsed >= low) & (parsed <= high)
            filled = pc.greater(pc.binary_length(values.text), 0).to_numpy(zero_copy_only=False)
            for place in np.flatnonzero(filled & ~good):
                self.repair(tag, place, f"expected {expected}; left missing", values.text[place].as_py())
            number[values.records[good]] = parsed[good]
            missing[values.records[good]] = False
        return spans.numbers(number, missing)


def table(block: Fields, source: str) -> dict[str, pa.Array]:
    """Rows of the table ``records`` but for ``record`` itself."""
    made = {name: block.text(tag) for name, tag in _PLAIN.items()}
    made |= {name: block.number(tag) for name, tag in _COUNTS.items()}
    for name, tag in _LISTED.items():
        made[name] = spans.mapped(block.text(tag), lambda value: ("; ".join(fields.split_list(value)),), 1)[0]
    made["file"] = pa.repeat(pa.scalar(block.file, pa.string()), block.count)
    made["source"] = pa.repeat(pa.scalar(source, pa.string()), block.count)
    made["line"] = spans.numbers(block.columns.lines)
    made["accession"] = block.text("UT")
    made["doi"] = dois(block.text("DI"))
    abbreviated, short = block.text("JI"), block.text("J9")
    made["source_abbreviated"] = pc.if_else(pc.equal(abbreviated, ""), short, abbreviated)
    made["isbn"] = spans.mapped(block.text("BN"), lambda value: (fields.first_isbn(value),), 1)[0]
    made["issue_year"] = block.number("PY", 1500, 2100, "a year")
    made["issue_month"] = _mapped_number(block.text("PD"), fields.month_of)
    early = block.columns.of("EA")
    for place, value in enumerate(early.text.to_pylist()):
        if value and fields.year_of(value) is None:
            block.repair("EA", place, "expected month and year; year left missing", value)
    made["early_year"] = _mapped_number(block.text("EA"), fields.year_of)
    made["early_month"] = _mapped_number(block.text("EA"), fields.month_of)
    return made


def _mapped_number(values: pa.StringArray, function) -> pa.Array:
    encoded = pc.dictionary_encode(values)
    made = pa.array([function(value) for value in encoded.dictionary.to_pylist()], pa.int64())
    return made.take(encoded.indices)
