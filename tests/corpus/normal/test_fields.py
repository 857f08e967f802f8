"""Single fields, in every shape that exports print them."""

import pytest
from livingreview.corpus.normal.fields import (
    Address,
    CitedReference,
    address,
    cited_reference,
    first_doi,
    looks_cited,
    month_of,
    reprint_addresses,
    split_list,
    year_of,
)


@pytest.mark.parametrize(
    ("printed", "month"),
    [
        ("JAN", 1), ("JAN 15", 1), ("MAR-APR", 3), ("DEC 2021", 12), ("15-Sep", 9), ("June", 6),
        ("SUM", None), ("FAL", None), ("WIN", None), ("SPR", None), ("", None), ("2021", None),
    ],
)  # fmt: skip
def test_month(printed, month):
    assert month_of(printed) == month


def test_year():
    assert year_of("OCT 2021") == 2021
    assert year_of("OCT") is None


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        (
            "Li Q, 2020, NAT COMMUN, V11, P1, DOI 10.1038/S41467-020-1",
            CitedReference("Li Q", 2020, "NAT COMMUN", "11", "1", "10.1038/s41467-020-1"),
        ),
        (
            "Han SW, 2019, PROC INT SYMP POWER, P63, DOI [10.1109/A.1, 10.1109/b.2]",
            CitedReference("Han SW", 2019, "PROC INT SYMP POWER", "", "63", "10.1109/a.1"),
        ),
        (
            "Baliga B. J., 2008, FUNDAMENTALS, DOI [10.1007/X, DOI 10.1007/X]",
            CitedReference("Baliga B. J.", 2008, "FUNDAMENTALS", "", "", "10.1007/x"),
        ),
        ("*ABS, 2004, SEACH NEW", CitedReference("*ABS", 2004, "SEACH NEW", "", "", "")),
        ("1999, OPTICAL COMPONENTS G", CitedReference("", 1999, "OPTICAL COMPONENTS G", "", "", "")),
        ("Bartholomew G.A., 1987, P11", CitedReference("Bartholomew G.A.", 1987, "", "", "11", "")),
        ("Yang X., ADV MAT, V28", CitedReference("Yang X.", None, "ADV MAT", "28", "", "")),
        (
            "Wu, S., 2020, IEEE WORKSHOP, ASIA, VA12, PE3",
            CitedReference("Wu, S.", 2020, "IEEE WORKSHOP, ASIA", "A12", "E3", ""),
        ),
        ("Lee J, 2016, PLOS1", CitedReference("Lee J", 2016, "PLOS1", "", "", "")),
        ("", CitedReference("", None, "", "", "", "")),
    ],
)
def test_cited_reference(printed, parts):
    assert cited_reference(printed) == parts


def test_doi():
    assert first_doi("10.1016/J.ACTAMAT.2020.01.001") == "10.1016/j.actamat.2020.01.001"
    assert first_doi("10.1002/(SICI)1097(1998)17:15<1661::AID-1>3.0.CO;2-2").endswith("co;2-2")
    assert first_doi("10.1016/0030-4018[73]90041-2") == "10.1016/0030-4018[73]90041-2"
    assert first_doi("") == ""


def test_address_with_and_without_authors():
    assert address("[A, B.; C, D.] Univ X, Japan.") == Address(("A, B.", "C, D."), "Univ X, Japan")
    assert address("UNIV X,TOKYO,JAPAN.") == Address((), "UNIV X,TOKYO,JAPAN")
    assert address("[A, B. Univ X, Japan.") == Address((), "[A, B. Univ X, Japan")


@pytest.mark.parametrize(
    "mark", ["(corresponding author), ", "(reprint author), ", "(通讯作者)，", "(autor correspondiente), "]
)
def test_reprint_addresses_of_several_authors(mark):
    value = f"Wu, S; Li, Q {mark}Univ X, Japan.; Wu, S {mark}Univ Y, R&D; Ctr Z, France."
    found, marked = reprint_addresses(value)
    assert marked
    assert found == [
        Address(("Wu, S", "Li, Q"), "Univ X, Japan"),
        Address(("Wu, S",), "Univ Y, R&D; Ctr Z, France"),
    ]


def test_two_reprint_addresses_of_one_author():
    found, _ = reprint_addresses("Wu, S (corresponding author), U X, Japan.; U Y, Japan.")
    assert [a.printed for a in found] == ["U X, Japan", "U Y, Japan"]
    assert {a.authors for a in found} == {("Wu, S",)}


def test_reprint_address_without_mark_is_kept_whole():
    assert reprint_addresses("WU S, UNIV X, JAPAN.") == ([Address((), "WU S, UNIV X, JAPAN")], False)


def test_looks_cited():
    assert looks_cited("ALLEN PJ, 1966, AM J PHYS, V34, P1185, DOI 10.1119/1.1972585")
    assert not looks_cited("Univ X, Dept Chem, CH-8092 Zurich, Switzerland")
    assert not looks_cited("Univ X, 2000 Neuchatel, Switzerland.")


def test_split_list():
    assert split_list("a; b ;; c;") == ["a", "b", "c"]
    assert split_list("") == []
