"""Who wrote a record of Scopus, and from where: names and addresses that share their separators."""

from __future__ import annotations

import re

from livingreview.corpus.reading.runs import take_apart

_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.[- ]?)+")
_AUTHOR_ID = re.compile(r"\s*\(\d{6,}\)$")
_SPACE = re.compile(r"\s+")


def names(value: str, ids: str = "") -> tuple[list[str], str]:
    """The authors as printed, and a doubt where their number is not that of their identifiers.

    Three shapes are read: ``Wu S.; Li Q.``, ``Wu S., Li Q.`` and ``Wu, S., Li, Q.``.

    >>> names("Wu S., Van Kamp A.", "1;2;")
    (['Wu S.', 'Van Kamp A.'], '')
    >>> names("Wu, S., Li, Q.", "1; 2")
    (['Wu S.', 'Li Q.'], '')
    """
    expected = len([part for part in ids.split(";") if part.strip().isdigit()])
    value = _SPACE.sub(" ", value).strip().rstrip(";,")
    parts = [part.strip() for part in re.split(r";\s*" if ";" in value else r",\s+", value)]
    parts = [part for part in parts if part]
    pairs = len(parts) % 2 == 0 and all(_INITIALS.fullmatch(part) for part in parts[1::2])
    if ";" not in value and parts and pairs:
        parts = [f"{last} {initials}" for last, initials in zip(parts[::2], parts[1::2], strict=True)]
    if expected and expected != len(parts):
        return parts, f"{len(parts)} names, but {expected} author identifiers"
    return parts, ""


def full_names(value: str) -> list[str]:
    """Full names without the identifiers that Scopus puts behind them.

    >>> full_names("Liu, Fengyuan (60410297700); Li, Chunyun (58862216200)")
    ['Liu, Fengyuan', 'Li, Chunyun']
    """
    return [name for part in value.split(";") if (name := _AUTHOR_ID.sub("", part.strip()))]


def addresses(printed: list[str], full: list[str], with_affiliations: str, affiliations: str) -> list[str]:
    """Addresses, each with the authors in brackets whose entries begin with their names.

    An author's affiliations follow each other with commas; they are told apart by the list of
    all affiliations of the record, and where that fails stay one address. If the entries do not
    follow the authors one by one, the addresses stand without brackets.

    >>> printed = "Wu, S., U X, Japan, U Y, Spain; Li, Q., U Y, Spain"
    >>> addresses(["Wu S.", "Li Q."], [], printed, "U X, Japan; U Y, Spain")
    ['[Wu S.] U X, Japan.', '[Wu S.; Li Q.] U Y, Spain.']
    """
    known = [_SPACE.sub(" ", a).strip() for a in affiliations.split("; ") if a.strip()]
    tails = _tails(printed, _SPACE.sub(" ", with_affiliations))
    if tails is None:
        return [f"{address}." for address in dict.fromkeys(known)]
    # Full names tell namesakes apart; a list of another length cannot be matched to the authors.
    shown = full if len(full) == len(printed) else printed
    of: dict[str, list[str]] = {}
    for name, tail in zip(shown, tails, strict=True):
        for address in _apart(tail, known):
            of.setdefault(address, []).append(name)
    order = {address: place for place, address in enumerate(known)}
    return [
        f"[{'; '.join(dict.fromkeys(of[address]))}] {address.rstrip('.')}."
        for address in sorted(of, key=lambda address: order.get(address, len(order)))
    ]


def _tails(printed: list[str], value: str) -> list[str] | None:
    """What follows each author's name, in their order; None where the names do not agree."""
    if not value.strip() or not printed:
        return None
    tails: list[str] = []
    for part in value.split("; "):
        tail = _after_name(part.strip(), printed[len(tails)]) if len(tails) < len(printed) else None
        if tail is not None:
            tails.append(tail)
        elif tails:  # a semicolon inside an address
            tails[-1] += f"; {part.strip()}"
        else:
            return None
    return tails if len(tails) == len(printed) else None


def _after_name(part: str, name: str) -> str | None:
    surname, _, initials = name.rpartition(" ")
    for shape in (name, f"{surname}, {initials}"):
        if part == shape or part == f"{shape},":
            return ""
        if part.startswith(f"{shape}, "):
            return part[len(shape) + 2 :].strip()
    return None


def _apart(tail: str, known: list[str]) -> list[str]:
    """The affiliations that a comma-joined run consists of, if it consists of known ones."""
    if not tail:
        return []
    return take_apart(tail, known, ", ") or [tail]


def correspondence(value: str, printed: list[str]) -> tuple[str, str]:
    """The corresponding authors as ``RP`` prints them, and their e-mail addresses.

    >>> correspondence("Y. Li; Dept X, Changsha, China; email: li@x.cn", ["Li Y."])
    ('Li Y. (corresponding author), Dept X, Changsha, China.', 'li@x.cn')
    """
    entries: list[list[str]] = []
    mails: list[str] = []
    for line in value.split("\n"):
        entry: list[str] = []
        for part in filter(None, map(str.strip, line.split("; "))):
            if part.lower().startswith("email:"):
                mails.append(part[6:].strip())
                entries.append(entry)
                entry = []
            else:
                entry.append(_SPACE.sub(" ", part))
        entries.append(entry)
    found = [
        f"{_as_printed(entry[0], printed)} (corresponding author), {'; '.join(entry[1:]).rstrip('.')}."
        for entry in entries
        if len(entry) > 1
    ]
    return "; ".join(found), "; ".join(dict.fromkeys(mails))


def _as_printed(name: str, printed: list[str]) -> str:
    """The author's name as among the authors, where just one is meant: initials stand elsewhere."""
    first, _, last = name.partition(" ")
    shapes = {name, name.replace(", ", " ")}
    if _INITIALS.fullmatch(first):
        shapes.add(f"{last} {first}")
    matching = [author for author in printed if author in shapes]
    return matching[0] if len(matching) == 1 else name
