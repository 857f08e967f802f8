"""What single fields of a Web of Science record mean: dates, addresses, cited references."""

from __future__ import annotations

import re
from typing import NamedTuple

_MONTHS = {
    name: number
    for number, name in enumerate(
        "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), start=1
    )
}
_MONTH = re.compile(r"\b(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\b")
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_REFERENCE_YEAR = re.compile(r"(1[0-9]{3}|20[0-9]{2})[A-Za-z]?")
_VOLUME = re.compile(r"V[A-Z]{0,2}\d\S*", re.ASCII)
_PAGE = re.compile(r"[Pp][A-Za-z]{0,2}\d\S*", re.ASCII)
# The interface language of the export decides what stands in the parentheses.
_REPRINT_MARK = re.compile(
    r"\s*\((?:[^()]*\baut(?:h?o|eu)r\b[^()]*|通讯作者|通訊作者|責任著者|[^()]*著者|교신저자|[^()]*автор[^()]*)\)\s*[,，]?\s*",
    re.IGNORECASE,
)
_OUTSIDE_BRACKETS = re.compile(r";(?![^\[\]]*\])")
_CITED = re.compile(r"^[^,]+(?:, [^,]+)?, (1[5-9]\d\d|20\d\d)(?:, |$)|, DOI (?:10\.|\[)")


class Address(NamedTuple):
    """An address as printed, without brackets, and the authors printed with it."""

    authors: tuple[str, ...]
    printed: str


class CitedReference(NamedTuple):
    """The parts of a cited reference; text that is not there is ``""``, a year ``None``."""

    first_author: str
    year: int | None
    source_title: str
    volume: str
    page: str
    doi: str


def split_list(value: str) -> list[str]:
    """The entries of a list field (DE, ID, WC, SC, C3, DT), in order, none of them blank.

    >>> split_list("machine learning; perovskites; ")
    ['machine learning', 'perovskites']
    """
    return [part for part in (p.strip() for p in value.split(";")) if part]


def split_funding(value: str) -> list[str]:
    """The entries of a funding field, cut at semicolons outside brackets.

    >>> split_funding("NSFC [1; 2]; ERC; ")
    ['NSFC [1; 2]', 'ERC']
    """
    return [part for part in (p.strip() for p in _OUTSIDE_BRACKETS.split(value)) if part]


def funder_and_grants(entry: str) -> tuple[str, str]:
    """Funder and grant numbers, joined by ``'; '``, of one entry of a funding field.

    >>> funder_and_grants("National Science Foundation [DMR-1, DMR-2]")
    ('National Science Foundation', 'DMR-1; DMR-2')
    """
    funder, bracket, rest = entry.partition("[")
    if not bracket:
        return funder.strip(), ""
    grants = [part.strip() for part in (rest.rpartition("]")[0] or rest).replace(";", ",").split(",")]
    return funder.strip(), "; ".join(part for part in grants if part)


def first_isbn(value: str) -> str:
    """The first ISBN of a field.

    >>> first_isbn("978-1-4503-0000-1; 978-0-00-000000-2")
    '978-1-4503-0000-1'
    """
    return re.split(r"[;,\s]\s*", value.strip(), maxsplit=1)[0]


def month_of(printed: str) -> int | None:
    """Month (1 to 12) of a publication date; the first of two, None for a season or no month.

    >>> month_of("JAN 15"), month_of("MAR-APR"), month_of("SUM"), month_of("Dec")
    (1, 3, None, 12)
    """
    found = _MONTH.search(printed.upper())
    return _MONTHS[found[1]] if found else None


def year_of(printed: str) -> int | None:
    """Year of a date such as an early-access date; None where it prints none.

    >>> year_of("JAN 2021"), year_of("JAN")
    (2021, None)
    """
    found = _YEAR.search(printed)
    return int(found[1]) if found else None


def first_doi(value: str) -> str:
    """The first DOI of a field, lower case, without the marks that exports put around it.

    >>> first_doi("[10.1000/A, DOI 10.1000/b]")
    '10.1000/a'
    >>> first_doi("DOI 10.1136/JNNP.2006.106583]")
    '10.1136/jnnp.2006.106583'
    """
    if value.startswith("10.") and "," not in value and "]" not in value:
        return value.strip().lower()
    value = value.strip().removeprefix("[").split(", ", 1)[0].removesuffix(",")
    while value[:4].upper() == "DOI ":
        value = value[4:].removeprefix("[")
    if "[" not in value:
        value = value.rstrip("]")
    return value.lower()


def cited_reference(printed: str) -> CitedReference:
    """The parts of a cited reference.

    Both shapes are read: ``Author, year, source, Vvolume, Ppage, DOI doi`` with any part but one
    missing, and the one that closes with a list of DOIs.

    >>> cited_reference("Barlow G, 1912, P R SOC LOND A-CONTA, V87, P1, DOI 10.1098/rspa.1912.0054")
    CitedReference(first_author='Barlow G', year=1912, source_title='P R SOC LOND A-CONTA', \
volume='87', page='1', doi='10.1098/rspa.1912.0054')
    >>> cited_reference("1999, OPTICAL COMPONENTS G")[:3]
    ('', 1999, 'OPTICAL COMPONENTS G')
    >>> cited_reference("Nam W. J., APPL PHYS LETT, V99")[:4]
    ('Nam W. J.', None, 'APPL PHYS LETT', '99')
    """
    body, mark, tail = printed.partition(", DOI ")
    doi = first_doi(tail) if mark else ""
    parts = body.split(", ")
    author, year, start = parts[0], None, 1
    for index, part in enumerate(parts[:3]):
        if 4 <= len(part) <= 5 and _REFERENCE_YEAR.fullmatch(part):
            author, year, start = ", ".join(parts[:index]), int(part[:4]), index + 1
            break
    end = len(parts)
    volume = page = ""
    if end > start and parts[end - 1][0:1] in "Pp" and _PAGE.fullmatch(parts[end - 1]):
        end -= 1
        page = parts[end][1:]
    if end > start and parts[end - 1][0:1] == "V" and _VOLUME.fullmatch(parts[end - 1]):
        end -= 1
        volume = parts[end][1:]
    return CitedReference(author, year, ", ".join(parts[start:end]), volume, page, doi)


def looks_cited(line: str) -> bool:
    """Whether an address line is a cited reference that lost its ``CR``: no full stop, and a year
    or a DOI where references have them.

    >>> looks_cited("Abraham M., 1909, RC CIRC MAT PALERMO, V28, P1")
    True
    >>> looks_cited("Univ Zurich, Zurich, Switzerland.")
    False
    """
    return not line.endswith(".") and bool(_CITED.search(line))


def address(printed: str) -> Address:
    """An author address (C1): the bracketed authors, and the address without its full stop.

    >>> address("[Wu, S.; Li, Q.] Fudan Univ, Shanghai, Peoples R China.")
    Address(authors=('Wu, S.', 'Li, Q.'), printed='Fudan Univ, Shanghai, Peoples R China')
    """
    authors: tuple[str, ...] = ()
    if printed.startswith("["):
        inside, closed, rest = printed[1:].partition("]")
        if closed:
            authors, printed = tuple(split_list(inside)), rest
    return Address(authors, printed.strip().rstrip(".").rstrip())


def reprint_addresses(value: str) -> tuple[list[Address], bool]:
    """The addresses of the corresponding authors (RP), and whether their mark was there.

    Each is printed as ``names (corresponding author), address.``; without the mark, in any
    language of the interface, names and address cannot be told apart and the whole is kept as
    the address.

    >>> reprint_addresses("Wu, S (通讯作者)，Fudan Univ, Shanghai, Peoples R China.")[0]
    [Address(authors=('Wu, S',), printed='Fudan Univ, Shanghai, Peoples R China')]
    """
    chunks = _REPRINT_MARK.split(value)
    if len(chunks) == 1:
        printed = value.strip().rstrip(".").rstrip()
        return ([Address((), printed)] if printed else []), False
    found = []
    names = tuple(split_list(chunks[0]))
    for index, chunk in enumerate(chunks[1:], start=1):
        following: tuple[str, ...] = ()
        if index < len(chunks) - 1:
            # "address.; address.; names of the next": the last such border is before the names.
            chunk, border, tail = chunk.rpartition(".; ")
            if not border:
                chunk, _, tail = tail.partition("; ")
            following = tuple(split_list(tail))
        for part in chunk.split(".; "):
            if part := part.strip().rstrip(".").rstrip():
                found.append(Address(names, part))
        names = following
    return found, True
