"""What the fields of an OpenAlex work are in the tags of Web of Science."""

from __future__ import annotations

import re
from collections.abc import Callable

import pycountry

from livingreview.corpus.reading.blanks import one_line
from livingreview.corpus.reading.raw import RawRecord
from livingreview.names.countries import country_of

_TYPES = {"journal": "J", "conference": "C", "book series": "S", "book": "B", "ebook platform": "B"}
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": " "}
_NO_TEXT = re.compile(r"[\ud800-\udfff\x00-\x08\x0e-\x1f]")
_PREFIX = re.compile(r"^https?://(?:www\.)?(?:openalex\.org|(?:dx\.)?doi\.org|orcid\.org|pubmed\.ncbi\.nlm\.nih\.gov)/", re.I)
_CITED_WORK = re.compile(r"W\d+", re.I)
_LONGEST_ABSTRACT = 200_000  # places of words; beyond it the index is damaged

Repair = tuple[str, str, str]  # tag, reason, what stood there


def record(line: int, work: dict) -> tuple[RawRecord, list[Repair]]:
    """One record from a work of OpenAlex, and what was read otherwise than it stands.

    AU is the name as printed on the work, AF the one OpenAlex gives the author; C1 the affiliations
    as printed, with the names as in AU. Where none is printed, C1 is an institution of OpenAlex and
    its country; a printed affiliation that ends in no country gets that of its country code, a repair. The abstract
    is put together from its index. Characters that are no text, and the entities of HTML, are
    repaired.
    """
    made = RawRecord(line, {}, {}, {})
    repairs: list[Repair] = []

    def put(tag: str, value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, str | int):
            return
        printed = str(value) if not isinstance(value, int) or abs(value) < 10**15 else ""
        if text := _clean(tag, printed, repairs):
            made.joined[tag] = text
            made.lines[tag] = line

    put("UT", _identity(work.get("id")))
    put("TI", work.get("title") or work.get("display_name"))
    abstract = work.get("abstract")
    put("AB", abstract if isinstance(abstract, str) else _abstract(work.get("abstract_inverted_index"), repairs))
    put("DI", _short(work.get("doi") or _dict(work, "ids").get("doi")))
    put("PM", _short(_dict(work, "ids").get("pmid")).rstrip("/"))
    put("LA", _language(work.get("language")))
    put("DT", work.get("type"))
    put("PY", work.get("publication_year"))
    put("PD", _month_and_day(work.get("publication_date")))
    put("TC", work.get("cited_by_count"))
    put("NR", work.get("referenced_works_count"))
    put("OA", _dict(work, "open_access").get("oa_status"))
    source = _dict(_dict(work, "primary_location"), "source")
    put("SO", source.get("display_name"))
    put("SN", source.get("issn_l"))
    put("PU", source.get("host_organization_name"))
    put("PT", _TYPES.get(source.get("type")) if isinstance(source.get("type"), str) else None)
    biblio = _dict(work, "biblio")
    for tag, key in (("VL", "volume"), ("IS", "issue"), ("BP", "first_page"), ("EP", "last_page")):
        put(tag, biblio.get(key))
    put("FU", "; ".join(_grants(work)))
    _people(made, work, repairs, put)
    cited = work.get("referenced_works")
    if isinstance(cited, list):
        found = [_identity(one) for one in cited if isinstance(one, str)]
        made.references = [(one, "", None, "", "", "", "") for one in found if one]
        made.lines["CR"] = line
    return made, repairs


def from_columns(row: dict[str, str]) -> dict:
    """A work from a row of the CSV of OpenAlex.

    The institutions of all authors stand in one list there, without saying whose each is, and so
    do the countries; institutions are kept as such (C3), addresses there are none.
    """

    def listed(column: str) -> list[str]:
        value = row.get(column, "")
        return value.split("|") if value else []

    names = listed("authorships.author.display_name")
    orcids = listed("authorships.author.orcid")
    if len(orcids) != len(names):
        orcids = [""] * len(names)
    return {
        "id": row.get("id"),
        "title": row.get("title") or row.get("display_name"),
        "abstract": row.get("abstract", ""),
        "doi": row.get("doi"),
        "ids": {"pmid": row.get("ids.pmid")},
        "language": row.get("language"),
        "type": row.get("type"),
        "publication_year": row.get("publication_year"),
        "publication_date": row.get("publication_date"),
        "cited_by_count": row.get("cited_by_count"),
        "referenced_works_count": row.get("referenced_works_count"),
        "open_access": {"oa_status": row.get("open_access.oa_status")},
        "primary_location": {
            "source": {
                "display_name": row.get("primary_location.source.display_name"),
                "issn_l": row.get("primary_location.source.issn_l"),
                "type": row.get("primary_location.source.type"),
                "host_organization_name": row.get("primary_location.source.host_organization_name"),
            }
        },
        "biblio": {key: row.get(f"biblio.{key}") for key in ("volume", "issue", "first_page", "last_page")},
        "grants": [{"funder_display_name": name} for name in listed("funders.display_name")],
        "authorships": [
            {"author": {"display_name": name, "orcid": orcid}} for name, orcid in zip(names, orcids, strict=True)
        ],
        "institutions_unified": listed("authorships.institutions.display_name"),
        "referenced_works": listed("referenced_works") or None,
    }


def _people(made: RawRecord, work: dict, repairs: list[Repair], put: Callable[[str, object], None]) -> None:
    printed: list[str] = []
    unified: list[str] = []
    orcids: list[str] = []
    institutions: list[str] = [one for one in work.get("institutions_unified") or [] if one]
    reprint: list[str] = []
    addresses: dict[str, list[str]] = {}
    for authorship in _dicts(work.get("authorships")):
        author = _dict(authorship, "author")
        display = _name(author.get("display_name"), repairs)
        name = _name(authorship.get("raw_author_name"), repairs) or display
        if not name:
            continue
        printed.append(name)
        unified.append(display or name)
        if orcid := _short(author.get("orcid")):
            orcids.append(f"{display or name}/{orcid}")
        mine = _addresses(authorship, repairs)
        for address in mine:
            names = addresses.setdefault(address, [])
            if name not in names:
                names.append(name)
        if authorship.get("is_corresponding") is True and mine:
            reprint.append(f"{name} (corresponding author), {'.; '.join(a.rstrip('. ') for a in mine)}.")
        institutions += [
            institution["display_name"]
            for institution in _dicts(authorship.get("institutions"))
            if isinstance(institution.get("display_name"), str)
        ]
    if printed:
        made.listed |= {"AU": printed, "AF": unified}
        made.lines |= {"AU": made.line, "AF": made.line}
    if addresses:
        made.listed["C1"] = [f"[{'; '.join(names)}] {address}" for address, names in addresses.items()]
        made.lines["C1"] = made.line
    put("OI", "; ".join(orcids))
    put("RP", "; ".join(reprint))
    put("C3", "; ".join(dict.fromkeys(one.replace(";", ",") for one in institutions)))


def _name(value: object, repairs: list[Repair]) -> str:
    """A name without the marks that part names and addresses in these tags."""
    name = _clean("AU", value, repairs) if isinstance(value, str) else ""
    if re.search(r"[\[\];]", name):
        repairs.append(("AU", "name with a bracket or semicolon; read with parentheses and comma", name))
        name = name.translate(str.maketrans("[];", "(),"))
    return name


def _addresses(authorship: dict, repairs: list[Repair]) -> list[str]:
    given = authorship.get("raw_affiliation_strings")
    if not isinstance(given, list) or not given:
        given = [authorship.get("raw_affiliation_string")]
    printed = [_clean("C1", one, repairs) for one in given if isinstance(one, str)]
    if printed := list(dict.fromkeys(one for one in printed if one)):
        return [_with_country(one, authorship, repairs) for one in printed]
    return [
        ", ".join(part for part in (_clean("C1", name, repairs), _country(institution.get("country_code"))) if part)
        for institution in _dicts(authorship.get("institutions"))
        if isinstance(name := institution.get("display_name"), str)
    ]


def _grants(work: dict) -> list[str]:
    """Funders with their grants, as ``Funder [grant, grant]``."""
    of: dict[str, list[str]] = {}
    for grant in [*_dicts(work.get("grants")), *_dicts(work.get("awards"))]:
        funder = grant.get("funder_display_name")
        if isinstance(funder, str) and funder:
            numbers = of.setdefault(funder.replace(";", ","), [])
            number = grant.get("award_id") or grant.get("funder_award_id")
            if isinstance(number, str) and number and number not in numbers:
                numbers.append(number.replace(";", ","))
    for funder in _dicts(work.get("funders")):
        if isinstance(name := funder.get("display_name"), str) and name:
            of.setdefault(name.replace(";", ","), [])
    return [f"{funder} [{', '.join(numbers)}]" if numbers else funder for funder, numbers in of.items()]


def _abstract(index: object, repairs: list[Repair]) -> str:
    """The words of an inverted index in the order of their places.

    >>> _abstract({"water": [1], "Hot": [0, 2]}, [])
    'Hot water Hot'
    """
    if not isinstance(index, dict):
        return ""
    placed = [
        (place, word)
        for word, places in index.items()
        if isinstance(places, list)
        for place in places
        if type(place) is int and 0 <= place < _LONGEST_ABSTRACT
    ]
    placed.sort()
    if placed and placed[-1][0] != len(placed) - 1:
        repairs.append(("AB", "index of the abstract with gaps or places taken twice; read in order", ""))
    return " ".join(word for _, word in placed)


def _with_country(printed: str, authorship: dict, repairs: list[Repair]) -> str:
    """A printed affiliation; where it ends in no country and the file's codes tell one, with its name."""
    if country_of(printed)[1]:
        return printed
    ids = {
        _short(one)
        for part in _dicts(authorship.get("affiliations"))
        if one_line(str(part.get("raw_affiliation_string"))) == printed and isinstance(part.get("institution_ids"), list)
        for one in part["institution_ids"]
    }
    institutions = _dicts(authorship.get("institutions"))
    mine = [one for one in institutions if _short(one.get("id")) in ids] or institutions
    codes = {one["country_code"] for one in mine if isinstance(one.get("country_code"), str)}
    if not codes and isinstance(authorship.get("countries"), list):
        codes = {one for one in authorship["countries"] if isinstance(one, str)}
    name = _country(codes.pop()) if len(codes) == 1 else ""
    if not name:
        return printed
    told = ("C1", "address that ends in no country; the one of the file's country code was added", printed[:200])
    if told not in repairs:
        repairs.append(told)
    return f"{printed.rstrip('.;, ')}, {name}"


def _clean(tag: str, value: str, repairs: list[Repair]) -> str:
    text = one_line(value)
    if _NO_TEXT.search(text):
        text = _NO_TEXT.sub("\ufffd", text)
        repairs.append((tag, "characters that are no text; each read as U+FFFD", text[:200]))
    if "&" in text and _ENTITY.search(text):
        repairs.append((tag, "entities of HTML; read as the characters they stand for", text[:200]))
        text = one_line(_ENTITY.sub(_character, text))
    return text


def _character(match: re.Match) -> str:
    body = match[0][1:-1]
    if not body.startswith("#"):
        return _NAMED[body]
    code = int(body[2:], 16) if body[1] == "x" else int(body[1:])
    text = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0x110000
    return chr(code) if text else match[0]


def _dict(of: dict, key: str) -> dict:
    value = of.get(key)
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[dict]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _short(value: object) -> str:
    """A DOI, ORCID iD or number without the address that OpenAlex puts before it."""
    return _PREFIX.sub("", value.strip()) if isinstance(value, str) else ""


def _identity(value: object) -> str:
    short = _short(value)
    return short.upper() if _CITED_WORK.fullmatch(short) else ""


def _month_and_day(value: object) -> str:
    found = _DATE.fullmatch(value) if isinstance(value, str) else None
    if not found or not 1 <= int(found[2]) <= 12 or (found[2], found[3]) == ("01", "01"):
        return ""
    return f"{_MONTHS[int(found[2]) - 1]} {int(found[3])}"


def _language(code: object) -> str:
    if not isinstance(code, str):
        return ""
    known = pycountry.languages.get(alpha_2=code) if len(code) == 2 else None
    return known.name if known else code


def _country(code: object) -> str:
    known = pycountry.countries.get(alpha_2=code) if isinstance(code, str) and len(code) == 2 else None
    return getattr(known, "common_name", known.name) if known else ""
