"""Synthetic Web of Science plain-text exports: in shape and size like real ones, of invented content.

Record ``number`` of a seed is always the same text, whichever part it stands in and however many there
are; so a larger set begins with the smaller one, and parts can be written side by side. Accession
number, DOI and title of a record are its own, but one record in :data:`REPEAT_EVERY` is an earlier
record once more, as when two searches overlap. As in real exports, abstracts, addresses and cited
references stand on one line each and other fields are wrapped at 80 columns; a wrapped list of ORCID
iDs now and then ends in a line of blanks (seen in 4 of some 2,500 real records).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from random import Random

import vocabulary as words

PART = 500
#: 12 records of 27,500 stand there twice.
REPEAT_EVERY = 2291
#: A repeated record stands in another part than its original.
_BACK = PART + 100
#: One in so many records with ORCID iDs has the line of blanks.
_BLANK_LINE_EVERY = 600
#: Measured mean; for the check of free space.
BYTES_PER_RECORD = 8_000
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_CLASSICS = 20_000


def repeats(records: int, first: int = 0) -> int:
    """How many of the records ``first`` to ``first + records`` are an earlier record once more.

    >>> repeats(27_500), repeats(2290), repeats(2291)
    (12, 0, 1)
    """
    return (first + records) // REPEAT_EVERY - first // REPEAT_EVERY


def write_exports(
    folder: Path, records: int, seed: int = 1, first: int = 0, processes: int = 2, unique: bool = False
) -> list[Path]:
    """Write records ``first`` to ``first + records`` of a seed in parts of 500; the files in order.

    ``first`` is a multiple of 500 and each part is written as it is made: a million records (8 GB) need
    no more memory than 500. Where ``unique``, no record stands there twice.
    """
    if first % PART:
        raise ValueError(f"first must be a multiple of {PART}, not {first}")
    jobs = []
    for start in range(first, first + records, PART):
        end = min(start + PART, first + records)
        jobs.append((folder / f"records-{start + 1:07d}-{end:07d}.txt", seed, start, end, unique))
    if processes == 1 or len(jobs) == 1:
        return [write_part(*job) for job in jobs]
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(write_part, *zip(*jobs, strict=True)))


def write_part(path: Path, seed: int, start: int, end: int, unique: bool = False) -> Path:
    """Write one file: header, records ``start`` to ``end``, closing line; UTF-8 with a byte order mark."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("\ufeffFN Clarivate Analytics Web of Science\nVR 1.0\n")
        for number in range(start, end):
            file.write(record(seed, number, unique))
        file.write("EF")
    return path


def record(seed: int, number: int, unique: bool = False) -> str:
    """The text of one record, from ``PT`` to the empty line after ``ER``."""
    if not unique and number % REPEAT_EVERY == REPEAT_EVERY - 1:
        number -= _BACK
    return "".join(_fields(Random(seed * 1_000_000_007 + number), seed, number))


def _picker(random: Callable[[], float]) -> Callable[[Sequence], object]:
    # random.choice is several times as slow, and a million records take some 200 million choices.
    return lambda items: items[int(random() * len(items))]


def _fields(rng: Random, seed: int, number: int) -> Iterator[str]:
    random = rng.random
    pick = _picker(random)
    people = _people(pick, 5 + int(random() * 4))
    source, iso, short, stem, issn, eissn = pick(words.JOURNALS)
    year = 2005 + int(20 * random() ** 0.6)
    conference = random() < 0.07
    early = not conference and year > 2017 and random() < 0.25
    references = _references(random, pick, seed, year)

    yield f"PT {'C' if conference else 'J'}\n"
    yield _listed("AU", [f"{name}, {_initials(given)}" for name, given in people])
    yield _listed("AF", [f"{name}, {given}" for name, given in people])
    yield _wrapped("TI", _title(random, pick))
    yield _wrapped("SO", f"{year} MEETING ON {pick(words.NOUNS)} {source}".upper() if conference else source)
    kind = "Proceedings Paper" if conference else "Review" if random() < 0.08 else "Article"
    yield f"LA English\nDT {kind}{'; Early Access' if early and random() < 0.2 else ''}\n"
    if conference:
        yield _wrapped("CT", f"{year} Meeting on {pick(words.NOUNS)} of {pick(words.MATERIALS)}")
        yield f"CY {pick(_MONTHS)} 11-14, {year}\nCL {pick(words.BODIES)}, {pick(words.TOWNS)[1].split()[-1].upper()}\n"
    yield _wrapped("DE", "; ".join({pick(pick((words.METHODS, words.MATERIALS, words.PROPERTIES))): 0 for _ in range(5)}))
    yield _wrapped("ID", "; ".join({pick(pick((words.NOUNS, words.PROPERTIES))): 0 for _ in range(7)}).upper())
    yield f"AB {_abstract(random, pick)}\n"
    yield from _addresses(random, pick, people)
    yield from _identifiers(random, people, number)
    yield from _funding(random, pick)
    yield _listed("CR", references)
    cited, used = int(400 * random() ** 6), int(60 * random() ** 3)
    yield f"NR {len(references)}\nTC {cited}\nZ9 {cited + int(random() * 4)}\nU1 {used // 9}\nU2 {used}\n"
    yield f"PU {pick(words.BODIES).upper()} PRESS\nPI {pick(words.BODIES).upper()}\n"
    yield _wrapped("PA", f"{1 + int(random() * 90)} {pick(words.BODIES)} ST, {pick(words.BODIES)} HOUSE, {pick(words.BODIES)}".upper())
    yield f"SN {issn}\nEI {eissn}\nJ9 {short}\nJI {iso}\n"
    if random() < 0.9:
        day = f" {1 + int(random() * 28)}" if random() < 0.5 else ""
        yield f"PD {pick(_MONTHS)}{day}\n"
    yield f"PY {year}\nVL {year - 1990}\nIS {1 + int(random() * 12)}\n"
    page = 1 + int(random() * 9000)
    yield f"AR {100000 + int(random() * 900000)}\n" if random() < 0.4 else f"BP {page}\nEP {page + 9}\n"
    if random() < 0.97:
        yield f"DI 10.{5000 + seed % 1000}/{stem}.{year}.{number:07d}\n"
    if early:
        yield f"EA {pick(_MONTHS)} {year - int(random() * 2)}\n"
    yield f"PG {6 + int(random() * 14)}\n"
    chosen = list({pick(words.CATEGORIES): 0 for _ in range(1 + int(random() * 3))})
    yield _wrapped("WC", "; ".join(category for category, _ in chosen))
    yield "WE Science Citation Index Expanded (SCI-EXPANDED)\n"
    yield _wrapped("SC", "; ".join(dict.fromkeys(area for _, area in chosen)))
    yield f"GA {pick('ABCDEFG')}{int(random() * 10)}{pick('ABCDEFG')}{pick('QRSTUVW')}{pick('HKLMN')}\n"
    yield f"UT WOS:{900_000_000_000_000 + (seed % 1000) * 100_000_000_000 + number:015d}\n"
    if random() < 0.3:
        yield f"PM {30_000_000 + number}\n"
    if random() < 0.4:
        yield f"OA {pick(('gold', 'Green Submitted', 'hybrid', 'Green Published, gold'))}\n"
    if random() < 0.01:
        yield "HC Y\nHP N\n"
    yield "DA 2025-10-12\nER\n\n"


def _people(pick: Callable, count: int) -> list[tuple[str, str]]:
    # One name twice in one record would make the bracketed authors of an address ambiguous.
    return list({(pick(words.SURNAMES), pick(words.GIVEN)): 0 for _ in range(count)})


@cache
def _initials(given: str) -> str:
    return "".join(part[0] for part in given.replace("-", " ").split())


def _title(random: Callable, pick: Callable) -> str:
    method, material, quality = pick(words.METHODS), pick(words.MATERIALS), pick(words.PROPERTIES)
    first, second, noun, where = pick(words.ADJECTIVES), pick(words.ADJECTIVES), pick(words.NOUNS), pick(words.CONDITIONS)
    form = int(random() * 4)
    if form == 0:
        text = f"{first} {noun} of {quality} in {material} by {second} {method} under {where}"
    elif form == 1:
        text = f"{method} for {first} {quality} {noun}: {material} and {pick(words.MATERIALS)} in {where}"
    elif form == 2:
        text = f"{material} with {second} {quality}: {noun} from {first} {method} after {where}"
    else:
        text = f"{quality} and {pick(words.PROPERTIES)} of {first} {material}, a {second} {noun} by {method} near {where}"
    return text[0].upper() + text[1:]


def _abstract(random: Callable, pick: Callable) -> str:
    sentences = []
    size = 1050 + random() * 500
    while size > 0:
        first, noun, method = pick(words.ADJECTIVES), pick(words.NOUNS), pick(words.METHODS)
        material, quality, where = pick(words.MATERIALS), pick(words.PROPERTIES), pick(words.CONDITIONS)
        form = int(random() * 5)
        if form == 0:
            text = f"The {first} {noun} of {material} remains limited by {quality}, which is hard to reach by {method} alone."
        elif form == 1:
            text = f"Here we combine {method} with {pick(words.METHODS)} to follow {quality} of {first} {material} under {where}."
        elif form == 2:
            text = (
                f"We find that {quality} rises by {1 + random() * 80:.1f}% at {int(20 + random() * 900)} °C, with an error of"
                f" ±{random():.2f} eV, while {pick(words.PROPERTIES)} stays the same (p < 0.0{1 + int(random() * 5)})."
            )
        elif form == 3:
            text = f"A set of {int(100 + random() * 90000)} entries on {material} was used for {noun}, and {where} served as a test."
        else:
            text = f"These results suggest {first} {noun} of {quality} and open a way to {material} in {where}."
        sentences.append(text)
        size -= len(text)
    return " ".join(sentences)


def _addresses(random: Callable, pick: Callable, people: list[tuple[str, str]]) -> Iterator[str]:
    lines, unified = [], {}
    count = 3 + int(random() * 3)
    for place in range(count):
        short, long = pick(words.KINDS_OF_BODY)
        body, (town, country) = pick(words.BODIES), pick(words.TOWNS)
        there = people[place::count] or people[:1]
        if random() < 0.3 and people[0] not in there:
            there = [people[0], *there]
        bracket = "; ".join(f"{name}, {given}" for name, given in there)
        lines.append((f"[{bracket}] ", f"{body} {short}, {pick(words.DEPARTMENTS)}, {pick(words.DEPARTMENTS)}, {town}, {country}."))
        unified[f"{body} {long}"] = 0
        if random() < 0.2:
            unified[f"{body} {long} System"] = 0
    if random() < 0.05:  # older records do not say whose address it is
        lines = [("", address) for _, address in lines]
    yield _listed("C1", [bracket + address for bracket, address in lines])
    yield _wrapped("C3", "; ".join(unified))
    name, given = people[-1]
    yield f"RP {name}, {_initials(given)} (corresponding author), {lines[-1][1]}\n"
    box = f"{given.split()[0]}.{name}@{pick(words.BODIES)}.example".lower()
    yield f"EM {box.replace(' ', '')}\n"


def _identifiers(random: Callable, people: list[tuple[str, str]], number: int) -> Iterator[str]:
    if random() < 0.8:
        some = people[: 1 + int(random() * 3)]
        yield _wrapped("RI", "; ".join(f"{name}, {given}/AAB-{1000 + int(random() * 8999)}-20{10 + int(random() * 14)}" for name, given in some))
    if random() < 0.7:
        some = people[: 1 + int(random() * 3)]
        text = "; ".join(f"{name}, {given}/0000-000{1 + int(random() * 3)}-{_four(random)}-{_four(random)}" for name, given in some)
        blank = number % _BLANK_LINE_EVERY == _BLANK_LINE_EVERY // 2
        yield _wrapped("OI", text + (";" if blank else "")) + ("   \n" if blank else "")


def _four(random: Callable) -> str:
    return f"{int(random() * 10_000):04d}"


def _funding(random: Callable, pick: Callable) -> Iterator[str]:
    if random() < 0.2:
        return
    funders = list({pick(words.FUNDERS): 0 for _ in range(2 + int(random() * 4))})
    grants = [f"{pick('ABCDEUZ')}{int(1e6 + random() * 8e6)}" for _ in funders]
    yield _wrapped("FU", "; ".join(f"{funder} [{grant}]" for funder, grant in zip(funders, grants, strict=True)))
    thanks = "; by the ".join(f"{funder} under grant {grant}" for funder, grant in zip(funders, grants, strict=True))
    more = (
        f" Part of the {pick(words.NOUNS)} was carried out at the {pick(words.BODIES)} Computing Centre under project {grants[0]}, with"
        f" {pick(words.METHODS)} provided by the {pick(words.FUNDERS)}. The authors declare that the funders had no part in the"
        f" {pick(words.NOUNS)} of {pick(words.MATERIALS)} or in the decision to publish."
        f" We thank {pick(words.GIVEN)} {pick(words.SURNAMES)} for help with {pick(words.METHODS)} of {pick(words.MATERIALS)}."
    )
    yield _wrapped("FX", f"This work was supported by the {thanks}.{more}")


def _references(random: Callable, pick: Callable, seed: int, year: int) -> list[str]:
    classics = _classics(seed)
    count = 26 + int(random() * 51)
    # Half are works that many cite, some far more than others; half are cited by few.
    chosen = {classics[int(len(classics) * random() ** 3)] for _ in range(count // 2)}
    chosen.update([_reference(random, pick, year) for _ in range(count - count // 2)])
    return sorted(chosen)


@cache
def _classics(seed: int) -> list[str]:
    random = Random(seed).random
    pick = _picker(random)
    return [_reference(random, pick, 2015) for _ in range(_CLASSICS)]


def _reference(random: Callable, pick: Callable, before: int) -> str:
    _, iso, short, stem, *_ = pick(words.JOURNALS)
    year = before - int(25 * random() ** 2)
    author = f"{pick(words.SURNAMES)} {_initials(pick(words.GIVEN))}"
    form = random()
    if form < 0.03:
        return f"{author}, {year}, {pick(words.METHODS).title()} of {pick(words.MATERIALS)}"
    place = f"{author}, {year}, {short}, V{1 + int(random() * 300)}, P{1 + int(random() * 99_999)}"
    if form < 0.2:
        return place
    doi = f"10.{1000 + int(random() * 8000)}/{stem}.{year}.{1 + int(random() * 12):02d}.{int(random() * 1e4):04d}"
    if form < 0.28:  # one DOI in two spellings
        return f"{place}, DOI [{doi}, {doi.upper()}]"
    return f"{place}, DOI {doi}"


def _listed(tag: str, values: list[str]) -> str:
    return f"{tag} " + "\n   ".join(values) + "\n"


def _wrapped(tag: str, text: str) -> str:
    """A field in lines of at most 80 columns, the further ones indented by three blanks."""
    lines, line, room = [], tag, 80 - len(tag)
    for word in text.split(" "):
        if len(word) + 1 > room and line != tag:
            lines.append(line)
            line, room = "  ", 78
        line += " " + word
        room -= len(word) + 1
    lines.append(line)
    return "\n".join(lines) + "\n"
