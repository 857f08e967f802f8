"""Addresses of authors and of corresponding authors, and which author is at which."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from livingreview.corpus.normal import fields, spans
from livingreview.corpus.normal.people import Names
from livingreview.corpus.reading.columns import Columns
from livingreview.names import countries, institutions

_TEXTS = ("printed", "authors_printed", "organisation_printed", "institution", "country_printed", "country")
_CITED = r"^[^,]+(?:, [^,]+)?, (1[5-9][0-9][0-9]|20[0-9][0-9])(?:, |$)|, DOI (?:10\.|\[)"


def stray_references(lines: pa.StringArray) -> np.ndarray:
    """Which address lines are cited references that lost their ``CR`` (bool); see ``fields.looks_cited``."""
    unended = pc.invert(pc.ends_with(lines, "."))
    if not pc.any(unended).as_py():
        return np.zeros(len(lines), bool)
    cited = pc.and_(unended, pc.match_substring_regex(lines, _CITED))
    return cited.to_numpy(zero_copy_only=False)


def of_authors(owner: np.ndarray, lines: pa.StringArray, names: Names) -> tuple[dict, dict]:
    """Author addresses (C1) and their links to authors, as rows of two tables.

    ``[Wu, S.; Li, Q.] Fudan Univ, Shanghai, Peoples R China.``: the bracketed names are linked by
    AF, else AU; a sole author has every address without brackets.
    """
    bracketed = pc.starts_with(lines, "[")
    closing = pc.find_substring(lines, "]")
    bracketed = pc.and_(bracketed, pc.greater(closing, 0)).to_numpy(zero_copy_only=False)
    content, starts, ends = spans.raw(lines)
    inside_end = np.where(bracketed, starts + closing.to_numpy(), starts)
    inside = spans.gather(content, np.where(bracketed, starts + 1, starts), inside_end)
    rest = spans.gather(content, np.where(bracketed, inside_end + 1, starts), ends)
    address, named = spans.split(inside)
    counts = np.bincount(address, minlength=len(lines))
    offsets = pa.array(np.concatenate([[0], np.cumsum(counts)]).astype(np.int32))
    place = spans.ranks(owner)
    rows = {
        "record": owner,
        "position": place,
        "printed": without_stop(rest),
        "authors_printed": pc.binary_join(pa.ListArray.from_arrays(offsets, named), "; "),
    }
    return rows, _links(owner, place, address, named, counts, names)


def _links(owner, place, address, named, counts, names: Names) -> dict:
    author = names.places(owner[address], named)
    linked = author > 0
    sole = np.flatnonzero((counts == 0) & (names.count[owner] == 1))
    records = np.concatenate([owner[address][linked], owner[sole]])
    addresses = np.concatenate([place[address][linked], place[sole]])
    authors = np.concatenate([author[linked], np.ones(len(sole), np.int64)])
    order = np.lexsort([authors, addresses, records])
    rows = np.stack([records, addresses, authors])[:, order]
    if rows.shape[1]:
        new = np.concatenate([[True], np.any(rows[:, 1:] != rows[:, :-1], axis=0)])
        rows = rows[:, new]
    return {
        "record": rows[0],
        "author_position": spans.numbers(rows[2]),
        "address_position": spans.numbers(rows[1]),
    }


def of_corresponding(columns: Columns) -> tuple[dict, list[int]]:
    """Addresses of the corresponding authors (RP), and the places in RP where none is marked."""
    values = columns.of("RP")
    owner, printed, authors, unmarked = [], [], [], []
    for place, (record, value) in enumerate(zip(values.records.tolist(), values.text.to_pylist(), strict=True)):
        found, marked = fields.reprint_addresses(value)
        if not marked and value:
            unmarked.append(place)
        for one in found:
            owner.append(record)
            printed.append(one.printed)
            authors.append("; ".join(one.authors))
    records = np.array(owner, np.int64)
    rows = {
        "record": records,
        "position": spans.ranks(records),
        "printed": spans.texts(printed),
        "authors_printed": spans.texts(authors),
    }
    return rows, unmarked


def table(of_author: dict, of_reprint: dict) -> dict:
    """Rows of the table ``addresses``: those of a record's authors, then the corresponding ones."""
    owner = np.concatenate([of_author["record"], of_reprint["record"]])
    order = np.argsort(owner, kind="stable")
    take = pa.array(order)
    printed, authors = (
        pa.concat_arrays([of_author[name], of_reprint[name]]).take(take) for name in ("printed", "authors_printed")
    )
    first, last = _first_and_last(printed)
    organisation, institution = spans.mapped(first, institutions.of_first_part, 2)
    country_printed, country = spans.mapped(last, countries.of_last_part, 2)
    reprint = pa.array(order >= len(of_author["record"]))
    return {
        "record": owner[order],
        "position": spans.numbers(np.concatenate([of_author["position"], of_reprint["position"]])[order]),
        "role": pc.if_else(reprint, "reprint", "author"),
        **dict(zip(_TEXTS, (printed, authors, organisation, institution, country_printed, country), strict=True)),
    }


def _first_and_last(printed: pa.StringArray) -> tuple[pa.StringArray, pa.StringArray]:
    """What stands before the first comma of each address, and after the last one."""
    content, starts, ends = spans.raw(printed)
    comma = np.append(np.flatnonzero(content == 44), len(content))
    first = np.minimum(comma[np.searchsorted(comma, starts)], ends)
    before = np.searchsorted(comma, ends) - 1
    last = np.where(before >= 0, comma[before] + 1, 0)
    return spans.gather(content, starts, first), spans.gather(content, np.maximum(last, starts), ends)


def without_stop(printed: pa.StringArray) -> pa.StringArray:
    """Addresses without the blanks around them and the full stop that ends them."""
    return pc.utf8_rtrim(pc.utf8_rtrim(spans.trim(printed), characters="."), characters=spans.BLANK)
