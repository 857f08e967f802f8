"""OpenAlex: its shapes, what becomes which tag, and damage that stays with its own work."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from livingreview.corpus.ledger import REJECTED, REPAIRED, TRUNCATED
from livingreview.corpus.reading import openalex
from livingreview.errors import InputError

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"


def work(n, **more):
    return {
        "id": f"https://openalex.org/W{n}",
        "doi": f"https://doi.org/10.1000/{n}",
        "title": f"Cobalt number {n}",
        "publication_year": 2020,
        "publication_date": "2020-03-15",
        "language": "en",
        "type": "article",
        "ids": {"openalex": f"https://openalex.org/W{n}", "pmid": "https://pubmed.ncbi.nlm.nih.gov/123"},
        "primary_location": {"source": {"display_name": "Acta Ex", "issn_l": "1234-5678", "type": "journal"}},
        "open_access": {"oa_status": "gold"},
        "authorships": [
            {
                "author": {"display_name": "Shu Wu", "orcid": "https://orcid.org/0000-0000-0000-0001"},
                "raw_author_name": "S. Wu",
                "is_corresponding": True,
                "institutions": [{"id": "https://openalex.org/I1", "display_name": "Fudan University", "country_code": "CN"}],
                "raw_affiliation_strings": ["Dept Chem, Fudan, China", "Lab X, Shanghai, China."],
            },
            {
                "author": {"display_name": "Qi Li", "orcid": None},
                "raw_author_name": "Q. Li",
                "institutions": [{"display_name": "Fudan University", "country_code": "CN"}],
                "raw_affiliation_strings": ["Dept Chem, Fudan, China"],
            },
            {
                "author": {"display_name": "Ann Smith"},
                "institutions": [{"display_name": "Kyoto University", "country_code": "JP"}],
                "raw_affiliation_strings": [],
            },
        ],
        "cited_by_count": 12,
        "biblio": {"volume": "4", "issue": None, "first_page": "1", "last_page": "9"},
        "keywords": [{"display_name": "Machine made"}],
        "grants": [
            {"funder_display_name": "NSFC", "award_id": "111"},
            {"funder_display_name": "NSFC", "award_id": "222"},
            {"funder_display_name": "JSPS", "award_id": None},
        ],
        "referenced_works_count": 2,
        "referenced_works": ["https://openalex.org/W8", "https://openalex.org/W9"],
        "abstract_inverted_index": {"We": [0, 3], "melt": [1], "cobalt.": [2], "cool.": [4]},
        **more,
    }


def rejected(reading):
    return [f for f in reading.findings if f.kind == REJECTED]


def identities(reading):
    return [r.joined.get("UT") for r in reading.records]


def test_every_tag_of_a_work():
    reading = openalex.read("a.json", json.dumps([work(1)]))
    (record,) = reading.records
    assert (reading.source, reading.announced, reading.findings, reading.notes) == ("OpenAlex", 1, [], [])
    assert record.listed == {
        "AU": ["S. Wu", "Q. Li", "Ann Smith"],
        "AF": ["Shu Wu", "Qi Li", "Ann Smith"],
        "C1": [
            "[S. Wu; Q. Li] Dept Chem, Fudan, China",
            "[S. Wu] Lab X, Shanghai, China.",
            "[Ann Smith] Kyoto University, Japan",  # none is printed
        ],
    }
    assert record.joined == {
        "UT": "W1", "TI": "Cobalt number 1", "AB": "We melt cobalt. We cool.", "DI": "10.1000/1",
        "PM": "123", "LA": "English", "DT": "article", "PY": "2020", "PD": "MAR 15", "TC": "12",
        "NR": "2", "OA": "gold", "SO": "Acta Ex", "SN": "1234-5678", "PT": "J", "VL": "4",
        "BP": "1", "EP": "9", "FU": "NSFC [111, 222]; JSPS", "OI": "Shu Wu/0000-0000-0000-0001",
        "RP": "S. Wu (corresponding author), Dept Chem, Fudan, China.; Lab X, Shanghai, China.",
        "C3": "Fudan University; Kyoto University",
    }  # fmt: skip
    assert record.references == [("W8", "", None, "", "", "", ""), ("W9", "", None, "", "", "", "")]


def shapes(works):
    return {
        "list": json.dumps(works),
        "indented": json.dumps(works, indent=1),
        "answer": json.dumps({"meta": {"count": 2}, "results": works, "group_by": []}),
        "indented answer": json.dumps({"meta": {"count": 2}, "results": works}, indent=2),
        "lines": "\n".join(map(json.dumps, works)) + "\n",
        "answers in lines": "\n".join(json.dumps({"meta": {}, "results": [w]}) for w in works),
        "list of answers": json.dumps([{"meta": {}, "results": works[:1]}, {"results": works[1:]}]),
    }


@pytest.mark.parametrize("shape", shapes([]))
def test_every_shape_holds_the_same_works(shape):
    text = shapes([work(1), work(2)])[shape]
    assert openalex.recognises(text[:65536])
    reading = openalex.read("a.json", text)
    assert identities(reading) == ["W1", "W2"] and reading.announced == 2
    assert reading.findings == [] and reading.notes == []


def test_a_work_is_in_the_line_where_it_begins():
    works = [work(1), work(2, title="A &amp; B"), work(3)]
    one, two, three = map(json.dumps, works)
    for text, lines, reason in [
        (f"[{one}, {two}, {three}]", [1, 1, 1], "work 2 of the list: entities"),
        (f"\n[\n{one},\n{two},\n{three}\n]", [3, 4, 5], "entities"),
        (f"[\n{one},\n\n{two}, {three}]", [2, 4, 4], "work 2 of the list: entities"),
        (f'{{"meta": {{\n"count": 3}},\n"results": [{one}\n,{two}\n,{three}]}}', [3, 4, 5], "entities"),
        (f"{one}\n\n{two}\n{three}", [1, 3, 4], "entities"),
        (f'{{"results": [{one}]}}\n{{"results": [{three}, {two}]}}\n', [1, 2, 2], "work 2 of the line: entities"),
        (f'[{{"results": [\n{one},\n{two}]}},\n{{"results": [{three}]}}]', [2, 3, 4], "entities"),
        (f'[{{"results": [\n{one},{two}]}},\n{{"results": [{three}]}}]', [2, 2, 3], "work 2 of the list: entities"),
        # the key stands twice: no telling where the works of the second stand
        (f'[\n{{"results": [\n{{}}], "results": [\n{one}, {two}, {three}]}}]', [2, 2, 2], "work 2 of the list: entities"),
    ]:
        reading = openalex.read("a.json", text)
        (finding,) = reading.findings
        assert [record.line for record in reading.records] == lines
        assert all(set(record.lines.values()) == {record.line} for record in reading.records)
        second = next(record for record in reading.records if record.joined["UT"] == "W2")
        assert (finding.line, finding.field) == (second.line, "TI") and finding.reason.startswith(reason)


def test_text_that_is_no_work_is_in_its_own_line():
    reading = openalex.read("a.json", f"[\n{json.dumps(work(1))},\n]\n]\nwords,\n{json.dumps(work(2))}]")
    assert [(f.line, f.text) for f in rejected(reading)] == [(5, "words")]
    assert [record.line for record in reading.records] == [2, 6]


def test_one_page_of_a_search_says_so():
    text = json.dumps({"meta": {"count": 900}, "results": [work(1, is_authors_truncated=True)]})
    reading = openalex.read("a.json", text)
    assert reading.announced == 1
    assert ["900" in note or "first authors" in note for note in reading.notes] == [True, True]


@pytest.mark.parametrize("shape", ["list", "answer", "lines", "indented"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"Cobalt number 2"', '"Cobalt number 2'),  # a lost quotation mark
        ('"Cobalt number 2"', '"Cobalt } number 2", }'),  # a comma and a brace too many
        ('"Cobalt number 2"', '"Cobalt number 2"}'),  # closed before its end
        ('"Cobalt number 2"', '["Cobalt number 2"'),  # a bracket never closed
        ('"Cobalt number 2"', "[" * 100_000 + "]" * 100_000),  # too deep
        ('"Cobalt number 2"', "9" * 10_000),  # too many digits
    ],
)
def test_damage_costs_its_own_work_only(shape, old, new):
    text = shapes([work(1), work(2), work(3)])[shape].replace(old, new)
    reading = openalex.read("a.json", text)
    assert identities(reading) == ["W1", "W3"] and reading.announced == 3
    (finding,) = rejected(reading)
    line = 1 + text[: text.rindex("{", 0, text.index("openalex.org/W2"))].count("\n")
    assert finding.line == line and finding.reason != TRUNCATED
    assert finding.reason.startswith("work 2 of the list: ") == (shape in ("list", "answer"))
    assert "W2" in finding.text and "W3" not in finding.text


@pytest.mark.parametrize("shape", ["list", "answer", "lines", "indented"])
@given(share=st.floats(min_value=0.05, max_value=0.93))
@settings(max_examples=25, deadline=None)
def test_a_cut_file_keeps_the_whole_works(shape, share):
    text = shapes([work(1), work(2)])[shape]
    start = text.rindex("{", 0, text.index('"https://openalex.org/W2"'))
    end = text.rstrip().rindex("}")
    if shape == "answer":
        end = text.rindex("}", 0, text.rindex("]", 0, text.rindex("group_by")))
    reading = openalex.read("a.json", text[: start + 1 + int(share * (end - start - 1))])
    assert identities(reading) == ["W1"]
    assert [f.reason for f in rejected(reading)] == [TRUNCATED]


def test_odd_values_are_repaired_or_left_out():
    odd = work(
        1,
        title="A \ud800 &lt;b&gt;&amp; \x00 c",
        language=["en"],
        cited_by_count=float("nan"),
        publication_date="2020-01-01",
        type={"a": 1},
        authorships=[{"author": {"display_name": "Wu; S [x]"}, "raw_affiliation_strings": ["Here"]}, None, 3],
        abstract_inverted_index={"far": [10**30], "a": "x", "b": [1, None, True]},
    )
    reading = openalex.read("a.json", json.dumps([odd]))
    (record,) = reading.records
    assert record.joined["TI"] == "A \ufffd <b>& \ufffd c"
    assert record.listed == {"AU": ["Wu, S (x)"], "AF": ["Wu, S (x)"], "C1": ["[Wu, S (x)] Here"]}
    assert record.joined["AB"] == "b"
    assert not {"LA", "TC", "PD", "DT"} & set(record.joined)
    assert {f.kind for f in reading.findings} == {REPAIRED}
    assert {f.field for f in reading.findings} == {"TI", "AU", "AB"}
    "".join(f.text for f in reading.findings).encode("utf-8")


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(work(1))), JUNK)
@settings(max_examples=200, deadline=None)
def test_any_value_in_any_field_is_read_or_rejected(key, value):
    if key == "id" or (isinstance(value, str) and "openalex" in value):
        return
    reading = openalex.read("a.json", json.dumps([work(1, **{key: value}), work(2)]))
    assert identities(reading) == ["W1", "W2"]
    for record in reading.records:
        for text in [*record.joined.values(), *sum(record.listed.values(), [])]:
            assert text and text.encode("utf-8")


@given(JUNK, JUNK)
@settings(max_examples=100, deadline=None)
def test_any_value_in_an_authorship_is_read(value, other):
    people = [{"author": value, "institutions": [value, {"display_name": other, "country_code": value}]}, value]
    people += [{"raw_author_name": "A", "raw_affiliation_strings": value, "is_corresponding": other, "author": {"orcid": value}}]
    reading = openalex.read("a.json", json.dumps([work(1, authorships=people), work(2)]))
    assert identities(reading) == ["W1", "W2"]


@given(st.text(alphabet=list('[]{}",:x1\n\\ '), max_size=30))
@settings(max_examples=200, deadline=None)
def test_text_between_works_costs_no_neighbour_behind_it(junk):
    text = f"[{json.dumps(work(1))},{junk}{json.dumps(work(2))}]"
    reading = openalex.read("a.json", text)
    assert reading.announced == 2
    assert identities(reading)[-1] == "W2"
    # The work before it may go on in the text, and is then no whole work.
    assert identities(reading)[0] == "W1" or "W1" in rejected(reading)[0].text


CSV = (
    '"id","abstract","authorships.author.display_name","authorships.author.orcid",'
    '"authorships.institutions.display_name","cited_by_count","display_name","publication_date"\n'
    '"https://openalex.org/W1","Two\nlines","Shu Wu|Qi Li","|https://orcid.org/0000-0000-0000-0002","Fudan|Kyoto",5,"A ""b""","2020-02-03"\n'
    '"https://openalex.org/W2","","Ann","","",0,"B",""\n'
    '"https://openalex.org/W3","","Ann","","",0,"C",""\n'
)


def test_csv():
    assert openalex.recognises(CSV)
    reading = openalex.read("a.csv", CSV)
    assert (identities(reading), [r.line for r in reading.records]) == (["W1", "W2", "W3"], [2, 4, 5])
    first = reading.records[0]
    assert first.joined == {
        "UT": "W1", "TI": 'A "b"', "AB": "Two lines", "TC": "5", "PD": "FEB 3",
        "OI": "Qi Li/0000-0000-0000-0002", "C3": "Fudan; Kyoto",
    }  # fmt: skip
    assert first.listed == {"AU": ["Shu Wu", "Qi Li"], "AF": ["Shu Wu", "Qi Li"]}
    damaged = openalex.read("a.csv", CSV.replace('"B"', '"B'))
    assert identities(damaged) == ["W1", "W3"] and [f.line for f in rejected(damaged)] == [4]
    with pytest.raises(InputError, match="works of OpenAlex"):
        openalex.read("a.csv", CSV.split("\n")[0] + "\n")
    cut = openalex.read("a.csv", CSV[:-9])
    assert identities(cut) == ["W1", "W2"] and rejected(cut)[0].reason == TRUNCATED


@pytest.mark.parametrize("start", ["ttps://openalex.org/W2", '"https://openalex.org/W2', 'https://openalex.org/W2"', '""', "W"])
def test_damage_at_the_start_of_a_row_keeps_the_row_before_it(start):
    limit = csv.field_size_limit()
    reading = openalex.read("a.csv", CSV.replace('"https://openalex.org/W2"', start))
    assert identities(reading) == ["W1", "W3"] and [r.line for r in reading.records] == [2, 5]
    (finding,) = rejected(reading)
    assert finding.line == 4 and finding.text.startswith(start) and "W3" not in finding.text
    assert csv.field_size_limit() == limit


def test_a_csv_row_without_identity_says_so():
    reading = openalex.read("a.csv", CSV.replace('"https://openalex.org/W2"', '"W"'))
    assert [f.reason for f in rejected(reading)] == ["row without the identity of a work"]
    with pytest.raises(InputError, match="works of OpenAlex"):
        openalex.read("a.csv", CSV.replace('"id"', '"number"'))


def test_what_is_no_openalex_is_not_claimed():
    assert not openalex.recognises('{"title": "x"}')
    assert not openalex.recognises("FN Clarivate\nPT J\n")
    assert not openalex.recognises("Authors,Title,EID\n")
    with pytest.raises(InputError, match="works of OpenAlex"):
        openalex.read("a.json", "[]")


def test_a_real_answer_is_read_whole():
    file = DATA / "openalex" / "works.json"
    if not file.is_file():
        pytest.skip("real exports are kept outside the project, in ../shared/data")
    text = file.read_text("utf-8-sig")
    works = json.loads(text)["results"]
    reading = openalex.read("works.json", text)
    assert len(reading.records) == reading.announced == len(works) == 25 and rejected(reading) == []
    assert {r.line for r in reading.records} == {1} and text.count("\n") <= 1
    words = [[w["title"] or "", *(w["abstract_inverted_index"] or [])] for w in works]
    marked = [n for n, texts in enumerate(words, 1) if any("&" in text and ";" in text for text in texts)]
    assert marked == [1, 11]
    assert [(f.line, f.reason.split(":")[0]) for f in reading.findings if "entities" in f.reason] == [
        (1, f"work {n} of the list") for n in marked
    ]
    assert sum(len(r.references or []) for r in reading.records) == sum(len(w["referenced_works"]) for w in works)
    assert sum(int(r.joined["TC"]) for r in reading.records) == sum(w["cited_by_count"] for w in works)
    assert [len(r.listed["AU"]) for r in reading.records] == [len(w["authorships"]) for w in works]


def test_an_address_without_a_country_gets_that_of_its_code_and_is_told():
    def address(printed, *codes):
        people = [{"author": {"display_name": "Ann Smith"}, "raw_affiliation_strings": [printed],
                   "institutions": [{"display_name": code, "country_code": code} for code in codes]}]  # fmt: skip
        work = {"id": "https://openalex.org/W1", "title": "T", "authorships": people}
        reading = openalex.read("a.json", json.dumps([work]))
        return reading.records[0].listed["C1"], [f.text for f in reading.findings]

    assert address("Univ Oxford", "GB") == (["[Ann Smith] Univ Oxford, United Kingdom"], ["Univ Oxford"])
    assert address("Univ Oxford, England", "US") == (["[Ann Smith] Univ Oxford, England"], [])
    assert address("Univ Nowhere", "US", "GB") == (["[Ann Smith] Univ Nowhere"], [])
    assert address("Univ Nowhere") == (["[Ann Smith] Univ Nowhere"], [])
