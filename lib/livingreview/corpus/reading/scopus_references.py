"""Cited references as Scopus prints them, in the shape until 2022 and the one since.

Until then ``Surname, I., Title (1999) Source, 12 (3), pp. 4-5``, since then ``Surname I., Title,
Source, 12, pp. 4-5, (1999)``; in both "; " stands between references, and since then between the
authors of one, too. Titles hold commas, so only what is certain is taken apart.
"""

from __future__ import annotations

import re

_YEAR = r"\(((?:1[5-9]|20)\d\d)\)"
_NEW_END = re.compile(rf"(?<=, ){_YEAR}$")
_NEW_BORDER = re.compile(rf"(?:(?<=, )|^){_YEAR}; ")
_OLD_YEAR = re.compile(rf"(?:^|\s){_YEAR}(?=\s|$|,)")
_OLD_AUTHOR = re.compile(r"([^,()]{2,60}), ((?:[^\W\d_]{1,2}\.[- ]?)+)(?=,)")
_NEW_AUTHOR = re.compile(r"([^,;()]{1,60} (?:[^\W\d_]{1,2}\.[- ]?)+)(?=[;,])")
_PAGES = re.compile(r"(?:pp?\. )([^\s,;]+)$")
_VOLUME = re.compile(r"(\d{1,4}(?: ?[A-Z]{1,4})?)(?: \([^()]*\))?$")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s;,\]]+")


def split_references(value: str, new: bool) -> list[str]:
    """The references of one field. What lies between two borders that are certain stays together.

    >>> split_references("Wu S.; Li Q., A; b, J Phys, 5, (2001); Ito K., C, (2002)", new=True)
    ['Wu S.; Li Q., A; b, J Phys, 5, (2001)', 'Ito K., C, (2002)']
    >>> split_references("Wu, S., (2001) J Phys, 5. , Springer; Berlin; Ito, K., C (2002) D", new=False)
    ['Wu, S., (2001) J Phys, 5. , Springer; Berlin', 'Ito, K., C (2002) D']
    """
    found: list[str] = []
    if new:
        start = 0
        for border in _NEW_BORDER.finditer(value):
            found.append(value[start : border.end() - 2])
            start = border.end()
        found.append(value[start:])
    else:
        for part in value.split("; "):
            begins = _OLD_AUTHOR.match(part) or _OLD_YEAR.search(part)
            if found and not begins:
                found[-1] += f"; {part}"
            else:
                found.append(part)
    return [part.strip() for part in found if part.strip(" ;")]


def reference(printed: str, new: bool) -> tuple[str, str, int | None, str, str, str, str]:
    """A reference taken apart: printed, first author, year, source, volume, first page, DOI.

    What cannot be told for certain is ``""``, a year None.

    >>> reference("Aria M.; Cuccurullo C., Bibliometrix: a tool, J Informetr, 11, pp. 959-975, (2017)", new=True)[1:]
    ('Aria M.', 2017, 'J Informetr', '11', '959', '')
    >>> reference("Kalé, L., Skeel, R., (1999) J Comp Phys, 151, p. 283", new=False)[1:]
    ('Kalé L.', 1999, 'J Comp Phys', '151', '283', '')
    """
    doi = _DOI.search(printed)
    parts = _new_parts(printed) if new else _old_parts(printed)
    return (printed, *parts, doi[0].rstrip(".)").lower() if doi else "")


def _new_parts(printed: str) -> tuple[str, int | None, str, str, str]:
    named = _NEW_AUTHOR.match(printed)
    author = named[1] if named else ""
    dated = _NEW_END.search(printed)
    if not dated:
        return author, None, "", "", ""
    body = printed[: dated.start()].rstrip(", ")
    volume, page, rest = _volume_and_page(body, ", ")
    # Before a volume stands the source; without one, title and source cannot be told apart.
    source = rest.rpartition(", ")[2] if volume and ", " in rest else ""
    return author, int(dated[1]), source, volume, page


def _old_parts(printed: str) -> tuple[str, int | None, str, str, str]:
    named = _OLD_AUTHOR.match(printed)
    author = f"{named[1]} {named[2].strip()}" if named else ""
    years = list(_OLD_YEAR.finditer(printed))
    if len(years) != 1:  # none, or one that belongs to the title
        return author, None, "", "", ""
    # After ". , " follow publisher and remarks.
    body = printed[years[0].end() :].split(" , ", 1)[0].strip().rstrip(".,").strip()
    volume, page, source = _volume_and_page(body, ", ")
    return author, int(years[0][1]), source if volume or page else "", volume, page


def _volume_and_page(body: str, comma: str) -> tuple[str, str, str]:
    """Volume, first page, and what stands before them."""
    parts = body.split(comma)
    volume = page = ""
    if len(parts) > 1 and (pages := _PAGES.match(parts[-1])):
        page = re.split(r"[-\u2013]", pages[1])[0]
        parts.pop()
    if len(parts) > 2 and parts[-1].isdigit() and _VOLUME.match(parts[-2]):
        parts.pop()  # the issue
    if len(parts) > 1 and (found := _VOLUME.match(parts[-1])):
        volume = found[1]
        parts.pop()
    return volume, page, comma.join(parts)
