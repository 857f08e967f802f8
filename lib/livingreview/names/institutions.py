"""Institutions: from the abbreviation that Web of Science prints first in an address to a name.

The map is a reviewed table. What it does not know is kept as printed and listed by
:func:`coverage`; nothing is guessed from likeness.
"""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from livingreview.names.countries import key
from livingreview.names.vocabulary import read_vocabulary
from livingreview.paths import VOCABULARIES

_LONGEST = 500  # characters: what is longer names no institution
TABLE = VOCABULARIES / "institutions.csv"


@lru_cache
def _names() -> dict[str, str]:
    table = read_vocabulary(TABLE, ("printed", "name_used", "ror", "note"))
    pairs = zip(table["printed"], table["name_used"], strict=True)
    return {key(printed): used for printed, used in pairs}


def of_first_part(part: str) -> tuple[str, str]:
    """:func:`institution_of` for what stands before the first comma of an address."""
    return _of_first_part(part) if len(part) <= _LONGEST else (part, part)


@lru_cache(maxsize=100_000)
def _of_first_part(part: str) -> tuple[str, str]:
    printed = " ".join(part.split()).rstrip(".")
    return printed, _names().get(key(printed), printed)


def institution_of(address_printed: str) -> tuple[str, str]:
    """Institution of an address: as printed, and the name used, else again as printed.

    The first part of an address names the organisation; institutes of an academy and schools of
    a university come after it, so a system and its campus in one address are one institution.

    >>> institution_of("Xi An Jiao Tong Univ, Sch Mat Sci, Xian, Peoples R China")
    ('Xi An Jiao Tong Univ', "Xi'an Jiaotong University")
    >>> institution_of("OAK RIDGE NATL LAB,DIV CHEM,OAK RIDGE,TN 37830")[1]
    'Oak Ridge National Laboratory'
    >>> institution_of("Coll Small Town, Dept Chem, Norway")
    ('Coll Small Town', 'Coll Small Town')
    """
    return of_first_part(address_printed.split(",", 1)[0])


def coverage(addresses: pd.DataFrame) -> pd.DataFrame:
    """Printed institutions that the table does not know, most frequent first.

    Parameters
    ----------
    addresses : DataFrame
        The corpus table ``addresses``.

    Returns
    -------
    DataFrame
        ``printed`` (str), ``addresses`` (int64), ``records`` (sorted tuple of record ids).
    """
    known = addresses["organisation_printed"].map(key).isin(list(_names()))
    unknown = addresses[~known & (addresses["organisation_printed"] != "")]
    rows = [
        (printed, len(group), tuple(sorted(set(group["record"]))))
        for printed, group in unknown.groupby("organisation_printed", sort=True)
    ]
    table = pd.DataFrame(rows, columns=["printed", "addresses", "records"])
    table = table.astype({"printed": "str", "addresses": "int64"})
    order = table.sort_values(["addresses", "printed"], ascending=[False, True])
    return order.reset_index(drop=True)
