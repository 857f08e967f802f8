"""Countries: from the name that Web of Science prints to its ISO 3166-1 code, and back to a name.

The map is strict: a reviewed table of the spellings that differ from ISO, then the names of ISO
3166-1 itself (pycountry). What neither knows is kept as printed with code ``""`` and listed by
:func:`coverage`; nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import pandas as pd
import pycountry

from livingreview import words
from livingreview.names.vocabulary import read_vocabulary
from livingreview.paths import VOCABULARIES

TABLE = VOCABULARIES / "countries.csv"

# Addresses in the USA end in "CA 94720 USA"; old layouts stop at the state: "Boston, MA 02115".
_STATES = frozenset(
    "AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH"
    " NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VT WA WI WV WY".split()
)
_LONGEST = 200  # characters: what is longer names no country
_STATE = re.compile(r"([A-Z]{2})(?: \d{5}(?:-\d{4})?)?")


def key(name: str) -> str:
    """A name folded for comparison: no case, accents, full stops, doubled spaces or leading article.

    >>> key(" Türkiye.")
    'turkiye'
    """
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(plain.replace(".", "").casefold().split()).removeprefix("the ")


@lru_cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for country in pycountry.countries:
        for field in ("official_name", "common_name", "name"):
            if name := getattr(country, field, ""):
                codes[key(name)] = country.alpha_3
    table = read_vocabulary(TABLE, ("printed", "alpha3", "note"))
    for printed, alpha3 in zip(table["printed"], table["alpha3"], strict=True):
        codes[key(printed)] = alpha3
    return codes


def of_last_part(part: str) -> tuple[str, str]:
    """:func:`country_of` for what stands after the last comma of an address."""
    return _of_last_part(part) if len(part) <= _LONGEST else (part, "")


@lru_cache(maxsize=100_000)
def _of_last_part(part: str) -> tuple[str, str]:
    part = " ".join(part.split()).rstrip(".; ")
    if part.endswith(" USA"):
        return "USA", "USA"
    if (state := _STATE.fullmatch(part)) and state[1] in _STATES:
        return state[1], "USA"
    return part, _codes().get(key(part), "")


def country_of(address_printed: str) -> tuple[str, str]:
    """Country of an address: as printed, without postcode or full stop, and its alpha-3 code.

    Web of Science prints the country last; an address in the USA carries state and postcode
    before it, and in old layouts ends there. The constituent countries of the United Kingdom
    give ``GBR``; Hong Kong, Macau and Taiwan keep their own codes. A dissolved state without one
    successor, and any name the table lacks, give code ``""``.

    >>> country_of("Univ Calif Berkeley, Berkeley, CA 94720 USA.")
    ('USA', 'USA')
    >>> country_of("Univ Cambridge, Cambridge CB2 1TN, England.")
    ('England', 'GBR')
    >>> country_of("HARVARD UNIV,BOSTON,MA 02115")
    ('MA', 'USA')
    >>> country_of("Inst Phys, Atlantis.")
    ('Atlantis', '')
    """
    return of_last_part(address_printed.rsplit(",", 1)[-1])


@lru_cache
def display_name(alpha3: str) -> str:
    """Short name of a country in the language in use; KeyError for a code that is none.

    >>> [display_name(code) for code in ("CHN", "USA", "GBR", "KOR", "TWN", "HKG", "RUS")]
    ['China', 'United States', 'United Kingdom', 'South Korea', 'Taiwan', 'Hong Kong', 'Russia']
    """
    if words.has(f"countries.{alpha3}"):
        return words.say(f"countries.{alpha3}")
    country = pycountry.countries.get(alpha_3=alpha3)
    if country is None:
        raise KeyError(f"{alpha3!r} is no ISO 3166-1 alpha-3 code")
    return getattr(country, "common_name", country.name)


def coverage(addresses: pd.DataFrame) -> pd.DataFrame:
    """Printed country names that have no code, most frequent first.

    Parameters
    ----------
    addresses : DataFrame
        The corpus table ``addresses``.

    Returns
    -------
    DataFrame
        ``printed`` (str), ``addresses`` (int64), ``records`` (sorted tuple of record ids).
    """
    unknown = addresses[addresses["country"] == ""]
    rows = [
        (printed, len(group), tuple(sorted(set(group["record"]))))
        for printed, group in unknown.groupby("country_printed", sort=True)
    ]
    table = pd.DataFrame(rows, columns=["printed", "addresses", "records"])
    table = table.astype({"printed": "str", "addresses": "int64"})
    order = table.sort_values(["addresses", "printed"], ascending=[False, True])
    return order.reset_index(drop=True)
