"""Whether two records are one work: the rules, for one pair.

The rules in the order they speak:

1. One accession number of one database: one work.
2. One DOI: one work, unless the titles contradict it (a correction, a reply, another part, another
   text under a misprinted DOI). A title of another wording, such as a translation, is no
   contradiction where first author and pages agree.
3. Else the title: likeness of at least :data:`THRESHOLD`, kinds and numbers the same, first author
   compatible, years at most one apart, and places (pages or article number, volume, source) that do
   not contradict it. Where no page can be compared the wording must agree too, and the source.
4. Two DOIs are two works: parts, a preprint and its paper, a conference paper and its journal
   version. Two accession numbers of one database are two works unless a page says otherwise.

What rule 3 or 4 holds back though the titles are alike is undecided, and listed for a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from livingreview.corpus.duplicates import people, places, titles

#: Likeness of titles from which a pair can be one work, chosen on the tuning half of the labelled pairs.
THRESHOLD = 0.93
#: Likeness from which a pair that is not merged is listed for a decision.
LISTED = 0.85
#: Likeness of titles under one DOI from which the DOI is believed without more.
UNDER_ONE_DOI = 0.6

SAME, UNDECIDED, DIFFERENT = "same", "undecided", "different"
_CORRECTING = re.compile(r"\b(?:correction|erratum|corrigendum)\b")
_RETRACTING = re.compile(r"\bretraction\b")
NOT_FINAL = re.compile(r"early access|in press|preprint|posted[- ]content|ahead of print")
#: An accession number that names its database itself.
OWN_NAME = r"^[A-Z]{2,12}:\w|^2-s2\.0-"
_OWN_NAME = re.compile(OWN_NAME)
#: A DOI that :func:`doi_key` leaves as it is, but for those of :data:`GERMAN_EDITION`.
CLEAN_DOI = r"^10\.[^A-Z%]*[a-z0-9]$"
GERMAN_EDITION = "10.1002/ange."


def database(source: str, accession: str) -> str:
    """The database an accession number belongs to: named by itself, or by the source.

    >>> database("RIS", "WOS:000123"), database("Lens", "000-1")
    ('WOS:', 'lens')
    """
    if _OWN_NAME.match(accession):
        return accession[:4]
    return source.casefold()


def doi_key(printed: str) -> str:
    """A DOI without resolver or trailing marks; the German edition of Angewandte Chemie, which
    prints each paper under a DOI of its own, is its international edition.

    >>> doi_key("https://doi.org/10.1002/ange.202000001.")
    '10.1002/anie.202000001'
    """
    start = printed.find("10.")
    text = printed[start:] if start >= 0 else printed
    text = text.strip().casefold().replace("%2f", "/").rstrip(".,; ")
    for opening, closing in ("()", "[]"):
        if text.endswith(closing) and text.count(closing) > text.count(opening):
            text = text[:-1].rstrip(".,; ")
    return text.replace(GERMAN_EDITION, "10.1002/anie.", 1)


@dataclass(frozen=True, eq=False)
class Record:
    """The keys of one record, as its table has them."""

    record: str
    source: str
    accession: str
    doi: str
    title: str
    year: int | None
    first_author: str
    first_page: str
    article_number: str
    volume: str
    source_title: str
    document_types: str
    harvested: str = ""
    complete: int = 0
    position: int = field(default=0)

    @cached_property
    def parsed(self) -> titles.Title:
        return titles.read(self.title)

    @cached_property
    def kinds(self) -> frozenset[str]:
        types = self.document_types.casefold()
        more = {"correction"} if _CORRECTING.search(types) else set()
        more |= {"retraction"} if _RETRACTING.search(types) else set()
        return self.parsed.kinds | more

    @cached_property
    def database(self) -> str:
        return database(self.source, self.accession)

    @cached_property
    def doi_key(self) -> str:
        return doi_key(self.doi)

    @cached_property
    def is_final(self) -> bool:
        """Whether the record speaks of the final publication, not of early access or a preprint."""
        return not NOT_FINAL.search(self.document_types.casefold())


class Verdict(NamedTuple):
    """What was found of a pair: outcome, the key it rests on, likeness of the titles, what differs.

    ``contradicts`` says that the two must not come into one cluster by way of a third either.
    """

    outcome: str
    reason: str
    similarity: float
    differs: tuple[str, ...]
    contradicts: bool


def judge(a: Record, b: Record, threshold: float = THRESHOLD, listed: float = LISTED) -> Verdict:
    """The verdict on two records; the same whichever comes first.

    Under another first author the likeness is not computed and stands as 0, unless all else is the
    same. ``differs`` names what stands against a merger, of 'title', 'wording', 'numbers', 'kind',
    'author', 'year', 'pages', 'volume', 'source', 'doi', 'accession', 'too little to go by'.

    >>> one = Record("1", "Scopus", "", "", "Strain in twisted bilayer graphene", 2020, "Wu S.", "12", "", "3", "", "")
    >>> two = Record("2", "Lens", "", "", "Strain in Twisted Bilayer Graphene.", 2021, "S Wu", "12", "", "3", "", "")
    >>> judge(one, two)[:3]
    ('same', 'title', 1.0)
    """
    if a.accession and a.accession == b.accession and a.database == b.database:
        return Verdict(SAME, "accession", 1.0, (), False)
    if a.doi_key and a.doi_key == b.doi_key:
        return _under_one_doi(a, b, _likeness(a, b))
    author = people.agree(a.first_author, b.first_author)
    if author is False:  # most pairs end here: the titles need not be taken apart
        return _other_author(a, b)
    return _by_title(a, b, author, threshold, listed)


def _other_author(a: Record, b: Record) -> Verdict:
    """One title in one place under two names may be one name in two spellings: a person decides."""
    if _pages(a, b) and places.volumes_agree(a.volume, b.volume) and not _two_accessions(a, b):
        one, other = a.parsed, b.parsed
        same = one.compact == other.compact and one.numbers == other.numbers and a.kinds == b.kinds
        if same and not (a.doi_key and b.doi_key) and places.sources_agree(a.source_title, b.source_title):
            return Verdict(UNDECIDED, "title", 1.0, ("author",), True)
    return Verdict(DIFFERENT, "title", 0.0, ("author",), True)


def _likeness(a: Record, b: Record) -> float:
    return titles.similarity(a.parsed, b.parsed) if a.parsed.compact and b.parsed.compact else 0.0


def _pages(a: Record, b: Record) -> bool | None:
    return places.pages_agree(
        a.first_page, a.article_number, b.first_page, b.article_number,
        bool(a.volume) and a.is_final, bool(b.volume) and b.is_final,
    )  # fmt: skip


def _two_accessions(a: Record, b: Record) -> bool:
    return bool(a.accession and b.accession) and a.accession != b.accession and a.database == b.database


def _under_one_doi(a: Record, b: Record, likeness: float) -> Verdict:
    differs = []
    if a.kinds != b.kinds:
        differs.append("kind")
    if a.parsed.parts != b.parsed.parts:
        differs.append("numbers")
    if not differs:
        alike = likeness >= UNDER_ONE_DOI or titles.is_cut(a.parsed, b.parsed)
        author = people.agree(a.first_author, b.first_author)
        # Reviews of two books can share a page, a reviewer and a DOI: the database tells them apart.
        placed = author and _pages(a, b) and not _two_accessions(a, b)
        if not (a.parsed.compact and b.parsed.compact):
            alike = author is not False
        if alike or placed:
            return Verdict(SAME, "doi", 1.0, () if alike else ("title",), False)
        differs.append("title")
        if author is False:
            differs.append("author")
    return Verdict(UNDECIDED, "doi", likeness, tuple(differs), True)


def _by_title(a: Record, b: Record, author: bool | None, threshold: float, listed: float) -> Verdict:
    one, other, likeness = a.parsed, b.parsed, _likeness(a, b)
    pages = _pages(a, b)
    volume = places.volumes_agree(a.volume, b.volume)
    source = places.sources_agree(a.source_title, b.source_title)
    apart = abs(a.year - b.year) if a.year is not None and b.year is not None else 0
    two_dois = bool(a.doi_key and b.doi_key)
    two_accessions = _two_accessions(a, b)
    cut = titles.is_cut(one, other)
    alike = likeness >= threshold or (cut and likeness >= 0.4)
    wording = cut or titles.same_wording(one, other)
    same_place = pages is True and volume is not False

    against = [
        name
        for name, stands in (
            ("title", not alike),
            ("wording", alike and not wording),
            ("kind", a.kinds != b.kinds),
            ("numbers", one.numbers != other.numbers and not (cut and _begins(one, other))),
            ("year", apart > 1),
            ("pages", pages is False),
            ("volume", volume is False),
            ("source", source is False and not (same_place and volume)),
            ("doi", two_dois),
            ("accession", two_accessions and (two_dois or not alike or not same_place)),
        )
        if stands
    ]
    # Another wording is excused where the very page is the same.
    blocking = [name for name in against if not (name == "wording" and same_place and source is not False)]
    contradicts = any(name in blocking for name in ("kind", "numbers", "year", "pages", "volume", "doi"))
    if not blocking and not _enough(a, b, author, pages, volume, source, cut):
        blocking.append("too little to go by")
    if not blocking:
        return Verdict(SAME, "title", likeness, tuple(against), False)
    outcome = DIFFERENT
    if _worth_a_look(blocking, likeness, listed, cut, one.weak or other.weak, same_place, volume, source, author):
        outcome = UNDECIDED
    return Verdict(outcome, "title", likeness, tuple(dict.fromkeys([*blocking, *against])), contradicts)


def _begins(one: titles.Title, other: titles.Title) -> bool:
    """Whether the numbers of the cut title are among those of the whole one."""
    short, long = sorted((one, other), key=lambda t: len(t.compact))
    rest = list(long.numbers)
    for number in short.numbers:
        if number not in rest:
            return False
        rest.remove(number)
    return short.parts == long.parts[: len(short.parts)] and len(short.parts) == len(long.parts)


def _enough(
    a: Record, b: Record, author: bool | None, pages: bool | None, volume: bool | None, source: bool | None, cut: bool
) -> bool:
    """Whether what agrees is enough for a merger, when nothing contradicts."""
    weak = a.parsed.weak or b.parsed.weak
    if pages:
        if weak or author is None or a.kinds:
            return source is True and (volume is True or author is True)
        return source is not False or volume is True
    if weak or author is None or a.kinds or source is False:
        return False
    if cut:
        return source is True and (a.parsed.cut or b.parsed.cut) and a.year == b.year
    return source is True or len(a.parsed.words) >= 6


def _worth_a_look(
    blocking: list[str], likeness: float, listed: float, cut: bool, weak: bool, same_place: bool,
    volume: bool | None, source: bool | None, author: bool | None,
) -> bool:  # fmt: skip
    against = set(blocking)
    if "kind" in against or {"doi", "accession"} <= against:
        return False  # a correction is no second print; two numbers and two DOIs are two works
    if same_place and volume and author and source is not False and not against & {"doi", "accession"}:
        return True  # a translated title, a misprinted year
    if weak or (likeness < listed and not cut) or "year" in against:
        return False
    if "accession" in against and against & {"pages", "volume", "source", "numbers", "title", "wording"}:
        return False  # the database itself tells them apart
    if "numbers" in against and against & {"pages", "volume", "doi", "title"}:
        return False
    if against & {"title", "wording"} and against & {"pages", "volume", "doi", "source"}:
        return False
    if author is None and against & {"pages", "volume", "source"}:
        return False  # volumes of one series of proceedings
    return not ({"pages", "volume", "source"} <= against)
