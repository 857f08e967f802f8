"""BibTeX: fields of Web of Science, generic BibTeX, damage that stays with its own entry."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from livingreview.corpus.ledger import REJECTED, REPAIRED, TRUNCATED
from livingreview.corpus.reading import bibtex, latex, wos_text
from livingreview.errors import InputError

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"

ENTRY = """\
@article{{ WOS:{n:015d},
Author = {{Wu, Shu and Li, Qi-Ming}},
Title = {{Cobalt \\& zinc at 20\\% in
   water}},
Journal = {{ACTA EXEMPLARIA}},
Year = {{2021}},
Number = {{3, SI}},
Pages = {{12-34}},
Month = {{AUG 15}},
Type = {{Article; Early Access}},
Affiliation = {{Wu, S (Corresponding Author), Fudan Univ, Shanghai, Peoples R China.
   Wu, Shu; Li, Qi-Ming, Fudan Univ, Dept Chem, Shanghai, Peoples R China.
   Wu, Shu, Kyoto Univ, Kyoto, Japan.}},
DOI = {{10.1000/{n}}},
Author-Email = {{wu@example.org
   li@example.org}},
ORCID-Numbers = {{Wu, Shu/0000-0000-0000-0001
   Li, Qi-Ming/0000-0000-0000-0002}},
Funding-Acknowledgement = {{NSFC {{[}}111, 222]}},
Cited-References = {{Abe K, 2001, J A, V1, P2, DOI {{[}}10.1/a, 10.1/b].
   Bo L, 2002, J B, V3.}},
Number-of-Cited-References = {{2}},
Times-Cited = {{7}},
Unique-ID = {{WOS:{n:015d}}},
DA = {{2022-11-26}},
}}
"""


def library(*numbers):
    return "\ufeff\n" + "\n".join(ENTRY.format(n=n) for n in numbers)


def rejected(reading):
    return [f for f in reading.findings if f.kind == REJECTED]


def numbers(reading):
    return [int(r.joined["UT"].removeprefix("WOS:")) for r in reading.records]


def test_fields_of_web_of_science_by_their_tags():
    reading = bibtex.read("a.bib", library(1, 2))
    assert (reading.source, reading.announced, reading.findings) == ("Web of Science", 2, [])
    first = reading.records[0]
    assert first.line == 2
    assert first.listed == {
        "AU": ["Wu, Shu", "Li, Qi-Ming"],
        "AF": ["Wu, Shu", "Li, Qi-Ming"],
        "C1": [
            "[Wu, Shu; Li, Qi-Ming] Fudan Univ, Dept Chem, Shanghai, Peoples R China.",
            "[Wu, Shu] Kyoto Univ, Kyoto, Japan.",
        ],
        "CR": ["Abe K, 2001, J A, V1, P2, DOI [10.1/a, 10.1/b]", "Bo L, 2002, J B, V3"],
    }
    assert first.joined == {
        "PT": "J", "TI": "Cobalt & zinc at 20% in water", "SO": "ACTA EXEMPLARIA", "PY": "2021",
        "IS": "3", "SI": "SI", "BP": "12", "EP": "34", "PD": "AUG 15",
        "DT": "Article; Early Access", "DI": "10.1000/1", "EM": "wu@example.org; li@example.org",
        "RP": "Wu, S (Corresponding Author), Fudan Univ, Shanghai, Peoples R China.",
        "OI": "Wu, Shu/0000-0000-0000-0001; Li, Qi-Ming/0000-0000-0000-0002",
        "FU": "NSFC [111, 222]", "NR": "2", "TC": "7", "UT": "WOS:000000000000001",
        "DA": "2022-11-26",
    }  # fmt: skip
    assert (first.lines["AU"], first.lines["TI"], first.lines["SO"], first.lines["UT"]) == (3, 4, 6, 25)
    assert reading.records[1].line == 29


def test_names_that_are_none_of_the_authors_leave_the_address_as_it_is():
    text = library(1).replace("Wu, Shu, Kyoto Univ", "Wu, S., Kyoto Univ")
    (record,) = bibtex.read("a.bib", text).records
    assert record.listed["C1"][1] == "Wu, S., Kyoto Univ, Kyoto, Japan."


@pytest.mark.parametrize("lost", ["in\n   water},", "ACTA EXEMPLARIA},", "2022-11-26},\n}"])
def test_an_unclosed_brace_costs_its_own_entry_only(lost):
    text = library(1, 2, 3)
    place = text.index(lost, text.index("@article{ WOS:000000000000002"))
    damaged = text[:place] + lost.replace("}", "", 1) + text[place + len(lost) :]
    reading = bibtex.read("a.bib", damaged)
    assert numbers(reading) == [1, 3]
    (finding,) = rejected(reading)
    assert "WOS:000000000000002" in finding.text and "WOS:000000000000003" not in finding.text
    assert 29 <= finding.line < 55
    assert reading.announced == 3


def test_a_brace_too_many_does_not_drop_the_fields_behind_it():
    reading = bibtex.read("a.bib", library(1, 2).replace("20\\% in", "20\\% } in", 1))
    assert numbers(reading) == [2]
    (finding,) = rejected(reading)
    assert finding.field == "TI" and "brace too many" in finding.reason
    assert "Times-Cited" in finding.text


def test_a_lost_opening_line_costs_the_entry_that_lost_it():
    text = library(1, 2, 3).replace("@article{ WOS:000000000000002,", "article{ WOS:000000000000002,")
    reading = bibtex.read("a.bib", text)
    assert numbers(reading) == [1, 3]
    (finding,) = rejected(reading)
    assert "opens their entry" in finding.reason and "10.1000/2" in finding.text


@given(st.integers(min_value=0, max_value=200))
@settings(max_examples=60, deadline=None)
def test_a_cut_file_keeps_the_whole_entries_and_rejects_the_last_as_truncated(cut):
    text = library(1, 2)
    end = text.rindex("\n}\n") + 1
    start = text.index("@article{ WOS:000000000000002")
    at = start + 9 + cut * (end - start - 9) // 200
    reading = bibtex.read("a.bib", text[:at])
    assert numbers(reading) == [1]
    assert [f.reason for f in rejected(reading)] == [TRUNCATED]


def test_a_file_cut_inside_an_opening_says_so():
    reading = bibtex.read("a.bib", library(1) + "\n@artic")
    assert numbers(reading) == [1]
    assert [(f.reason, f.text) for f in rejected(reading)] == [(TRUNCATED, "@artic")]


def test_two_titles_are_two_records_run_into_one_and_other_fields_are_read_once():
    double = library(1, 2).replace("Year = {2021},", "Year = {2021},\nYear = {2020},", 1)
    reading = bibtex.read("a.bib", double)
    assert reading.records[0].joined["PY"] == "2021"
    assert [(f.kind, f.field, f.line, f.text) for f in reading.findings] == [(REPAIRED, "PY", 8, "{2020}")]
    reading = bibtex.read("a.bib", library(1, 2).replace("Year = {2021}", "Title = {Other}", 1))
    assert numbers(reading) == [2]
    assert rejected(reading)[0].reason == "two different TI: two records run into one"


def test_an_at_sign_that_begins_a_wrapped_line_opens_no_entry():
    text = library(1, 2).replace("in\n   water", "in Fe\n   @SiO2 (core-shell) or\n   @C {[}x]", 1)
    reading = bibtex.read("a.bib", text)
    assert reading.findings == []
    assert reading.records[0].joined["TI"] == "Cobalt & zinc at 20% in Fe @SiO2 (core-shell) or @C [x]"


GENERIC = """\
% Encoding: UTF-8
@string{jap = "J. Appl. Ph."}
@comment{jabref-meta: x}
@Article{a1, author = "Kurt G{\\"o}del and Ludwig van Beethoven and {The ATLAS Group} and others",
  title = {{On {CO}$_2$ -- a $\\beta$ study}}, journal = jap, year = 1999, month = mar # "~15",
  pages = {12--34}, doi = {https://doi.org/10.1000/XYZ}, keywords = {one, two}, issn = {1234-5678, 8765-4321} }
@inproceedings{b, author={Smith, Jr, Ann}, booktitle={Proc. X}, title={T}, date={2020-05-07}}
@book{c, title={B (part)}, month = 7}
"""


def test_generic_bibtex_is_latex_with_abbreviations():
    reading = bibtex.read("z.bib", GENERIC)
    assert (reading.source, reading.announced, reading.findings) == ("BibTeX", 3, [])
    a, b, c = reading.records
    assert a.listed["AU"] == ["Gödel, Kurt", "van Beethoven, Ludwig", "The ATLAS Group"]
    assert a.joined == {
        "PT": "J", "TI": "On CO₂ – a β study", "SO": "J. Appl. Ph.", "PY": "1999", "PD": "MAR 15",
        "BP": "12", "EP": "34", "DI": "10.1000/XYZ", "DE": "one; two", "SN": "1234-5678",
    }  # fmt: skip
    assert (b.joined["SO"], b.joined["PY"], b.joined["PD"], b.joined["PT"]) == ("Proc. X", "2020", "MAY 7", "C")
    assert b.listed["AU"] == ["Smith, Jr, Ann"]
    assert (c.joined["PD"], c.line) == ("JUL", 8)


def test_entries_of_one_line_and_of_one_key_are_all_read():
    reading = bibtex.read("k.bib", "@book{k, title={A}}@book{k, title={B}}\n@book{k, title={C}, note={x}, note={x}}")
    assert [r.joined["TI"] for r in reading.records] == ["A", "B", "C"]


def test_scopus_is_known_by_its_links():
    text = """@ARTICLE{Wu2021, author={Wu, S.}, title={T}, note={cited By 12},
    url={https://www.scopus.com/inward/record.uri?eid=2-s2.0-85012345678&doi=10.1}, author_keywords={a; b},
    keywords={INDEX; TERM}, affiliation={Fudan Univ, China; Kyoto Univ, Japan}}"""
    reading = bibtex.read("s.bib", text)
    (record,) = reading.records
    assert reading.source == "Scopus"
    assert record.joined["UT"] == "2-s2.0-85012345678" and record.joined["TC"] == "12"
    assert (record.joined["DE"], record.joined["ID"]) == ("a; b", "INDEX; TERM")
    assert record.listed["C1"] == ["Fudan Univ, China", "Kyoto Univ, Japan"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (r"{\'\i}{\v{s}}\c{c}{\L}\o re", "íšçŁøre"),
        (r"\textit{in situ} \& {\textmu}m", "in situ & μm"),
        (r"10$^{-3}$ at 5$^{\circ}$C", "10⁻³ at 5°C"),
        (r"$\frac{1}{2}$ costs \$5 or $6", r"$\frac{1}{2}$ costs $5 or $6"),
        (r"\unknown{x}", r"\unknown{x}"),
        ("a_1 ^2", "a_1 ^2"),
    ],
)
def test_latex_is_decoded_as_far_as_it_is_certain(value, expected):
    assert latex.to_text(value) == expected


@given(st.text(alphabet=list("\\{}$_^~\"'`-= abuo\n1"), max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_value_can_be_decoded(value):
    assert isinstance(latex.to_text(value) + latex.plain_escapes(value), str)


@given(st.lists(st.sampled_from(["@article{", "a,", " title = {", "}", "\n", "@", '"', "=", "x", "#", "(", ")", ","]), max_size=40))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_reader_and_neighbours_stay(pieces):
    text = library(1) + "\n" + "".join(pieces) + "\n" + library(2).lstrip("\ufeff")
    reading = bibtex.read("a.bib", text)
    assert {1, 2} <= {int(r.joined["UT"][4:]) for r in reading.records if "UT" in r.joined}


def test_what_is_no_bibtex_is_not_claimed():
    assert not bibtex.recognises("FN Clarivate\nPT J\n")
    assert not bibtex.recognises("TY  - JOUR\nAB  - see\n@article{x,\n")
    assert not bibtex.recognises("Authors,Title\na@b{c},d\n")
    assert bibtex.recognises(library(1))
    with pytest.raises(InputError, match="no line that opens an entry"):
        bibtex.read("a.bib", "nothing here")


# Fields that the BibTeX of Web of Science has whole: the same text in both exports.
SAME = "AF AR BN BP C1 C3 CR CY DA DE DI DT EA EI EM EP FU FX GA ID JI LA NR OA OI PA PD PU PY RI RP SC SE SI SN SO TC TI U1 U2 UT VL WC WE AB".split()  # fmt: skip


def test_bibtex_and_plain_text_of_one_search_agree_field_by_field():
    folder = DATA / "wos-four-formats"
    if not folder.is_dir():
        pytest.skip("real exports are kept outside the project, in ../shared/data")
    in_bib = bibtex.read("b", (folder / "savedrecs.bib").read_text("utf-8-sig"))
    read = getattr(wos_text, "read", None) or wos_text.read_text
    plain = read("p", (folder / "data.txt").read_text("utf-8-sig"))
    of = {r.joined["UT"]: r for r in plain.records}
    # The BibTeX was saved with the page of 50 records, the plain text with all 232.
    assert (len(in_bib.records), in_bib.announced, in_bib.findings, len(of)) == (50, 50, [], 232)

    def folded(record, tag):
        value = record.listed.get(tag) or record.joined.get(tag, "")
        if isinstance(value, list):
            return value
        value = " ".join(value.rstrip(" ;").split())
        return value.lower() if tag == "RP" else value  # "(Corresponding Author)" is in capitals

    differing = {
        (tag, r.joined["UT"]) for r in in_bib.records for tag in SAME if folded(r, tag) != folded(of[r.joined["UT"]], tag)
    }
    assert differing == set()
    found_only_in_plain = {
        tag
        for r in in_bib.records
        for other in [of[r.joined["UT"]]]
        for tag in {**other.joined, **other.listed}
        if tag not in r.joined and tag not in r.listed
    }
    assert found_only_in_plain <= set(bibtex.NOT_CARRIED)


def test_the_large_export_is_read_whole():
    file = DATA / "wos-wide-bandgap" / "raw.bib"
    if not file.is_file():
        pytest.skip("real exports are kept outside the project, in ../shared/data")
    text = file.read_text("utf-8-sig")
    reading = bibtex.read("raw.bib", text)
    assert len(reading.records) == len(re.findall("^Unique-ID", text, re.M)) == reading.announced == 551
    assert reading.findings == []
    cited = sum(int(r.joined["NR"]) - len(r.listed["CR"]) for r in reading.records)
    assert cited == 5  # two records print fewer references than they announce, by 1 and by 4


def test_an_entry_of_millions_of_characters_is_rejected_and_its_neighbours_are_read():
    one, two = ("@article{%s,\n  title = {T%s},\n  author = {Wu, S}\n}\n" % (n, n) for n in "ab")
    long = "@article{x,\n  title = {" + "a," * 1_500_000 + "}\n}\n"
    reading = bibtex.read("a.bib", one + long + two)
    assert [raw.joined["TI"] for raw in reading.records] == ["Ta", "Tb"]
    (finding,) = reading.findings
    assert finding.line == 5 and "more than any record has" in finding.reason
