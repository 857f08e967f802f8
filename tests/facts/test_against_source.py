"""The fact tables against the text they were transcribed from, where that text is at hand."""

import itertools
import re
from pathlib import Path

import pytest

from livingreview import facts

SOURCE = Path(__file__).resolve().parents[2].parent / "shared" / "source"
pytestmark = pytest.mark.skipif(
    not (SOURCE / "review.txt").is_file(), reason="the source texts are not beside the project"
)

HEADING = re.compile(r"([0-4](?:\.\d){0,2}) [^\d；。]{2,}$")
CITATION = re.compile(r"\[(\d+(?:\s*[-–,，]\s*\d+)*)\]")


def review():
    return (SOURCE / "review.txt").read_text(encoding="utf-8")


def bare(text):
    """Without spaces and line breaks, which the text file sets at random."""
    return re.sub(r"\s+", "", text)


def sections():
    """(section, line) for each line of the body."""
    section = ""
    for line in review().split("\n参考文献\n")[0].splitlines():
        if (found := HEADING.match(line)) and len(line) < 60:
            section = found[1]
        yield section, line


def citations():
    """(section, number) for each number that the body cites, ranges written out."""
    for section, line in sections():
        for group in CITATION.findall(line):
            for part in re.split(r"[,，]", group):
                bounds = [int(n) for n in re.split(r"[-–]", part)]
                for number in range(bounds[0], bounds[-1] + 1):
                    yield section, number


def section_text(wanted):
    return bare("".join(line for section, line in sections() if section == wanted))


def test_the_scan_sees_the_sections_of_the_review():
    assert {s for s, _ in sections() if s} == {
        "0", "1", "2", "3", "3.1", "3.2", "3.3", "3.4", "3.4.1", "3.4.2", "3.4.3", "3.4.4", "3.4.5", "4"
    }  # fmt: skip


def test_cited_in_is_what_a_scan_of_the_text_finds():
    scanned = {}
    for section, number in citations():
        scanned.setdefault(number, set()).add(section)
    table = facts.load("references")
    ours = {n: set(facts.split(s)) for n, s in zip(table["number"], table["cited_in"], strict=True)}
    assert ours == scanned


@pytest.mark.parametrize("section", ["3.4.1", "3.4.2", "3.4.3", "3.4.4"])
def test_advances_cite_what_their_section_cites(section):
    advances = facts.load("advances")
    ours = advances[advances["section"] == section]["references"].tolist()
    in_text = [str(n) for s, n in citations() if s == section]
    assert [n for n in ours if n] == in_text


def test_highly_cited_institutions_carry_the_numbers_that_follow_their_name():
    text = section_text("3.3")
    for row in facts.load("highly_cited").to_dict("records"):
        found = re.search(re.escape(bare(row["institution_zh"])) + r"(?:（NIMS）)?\^\[([\d-]+)\]", text)
        bounds = [int(n) for n in found[1].split("-")]
        assert [int(n) for n in facts.split(row["references"])] == list(
            range(bounds[0], bounds[-1] + 1)
        )


def test_references_are_printed_as_in_the_text():
    text = review().split("\n参考文献\n")[1].split("\nAnalysis of the International")[0]
    text = re.sub(r"[*<>]", "", text)
    printed = "".join(bare(re.sub(r"^- ", "", line)) for line in text.splitlines())
    table = facts.load("references")
    ours = "".join(
        f"[{number}]{bare(p)}" for number, p in zip(table["number"], table["printed"], strict=True)
    )
    assert ours == printed


def test_parts_of_a_reference_stand_in_its_printed_form():
    for row in facts.load("references").to_dict("records"):
        for column in ("title", "journal", "volume", "issue", "pages", "url", "accessed"):
            assert row[column] in row["printed"]
        for author in facts.split(row["authors"]):
            assert bare(author) in bare(row["printed"])
        assert ("et al" in row["printed"]) == (row["et_al"] == "yes")


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("programmes", ("name_zh", "funder_zh", "lead_zh")),
        ("reported", ("subject_zh", "printed")),
        ("advances", ("institution_zh",)),
        ("highly_cited", ("institution_zh",)),
        ("directions", ("name_zh",)),
        ("themes", ("zh", "category_zh")),
        ("taxonomy", ("term_zh",)),
        ("tools", ("name_zh",)),
        ("table4", ("row_zh", "column_zh")),
        ("challenges", ("name_zh",)),
    ],
)
def test_chinese_is_printed_so_in_the_review(table, columns):
    text = bare(review())
    for row in facts.load(table).to_dict("records"):
        for column in columns:
            for part in facts.split(row[column]):
                assert bare(part) in text, f"{table}: {part}"


@pytest.mark.parametrize("section", ["3.4.1", "3.4.2", "3.4.3", "3.4.4"])
def test_institutions_stand_in_their_section(section):
    text = section_text(section)
    advances = facts.load("advances")
    named = [
        bare(name)
        for cell in advances[advances["section"] == section]["institution_zh"]
        for name in facts.split(cell)
    ]
    position = 0
    for name, _ in itertools.groupby(named):  # a run of advances of one institution names it once
        position = text.index(name, position) + 1


def test_numbers_in_results_stand_in_the_text():
    text = review().replace("_", "")
    for row in facts.load("advances").to_dict("records"):
        for number in re.findall(r"\d[\d,.]*", row["result"]):
            number = number.rstrip(".,").replace(",", "")
            assert number in text, f"{row['id']}: {number}"


def test_amounts_follow_from_what_is_printed():
    table1 = next(part for part in review().split("\n表 ") if part.startswith("1 NSF"))
    text = bare(review())
    for row in facts.load("programmes").to_dict("records"):
        printed = row["amount_printed"]
        if not printed:
            continue
        digits = float(re.search(r"[\d.]+", printed)[0])
        assert row["amount"] == round(digits * 10_000)
        if row["id"].startswith("nsf"):
            cell = printed.replace(" 万美元", "")
            assert f"\t{cell}\t" in table1
        else:
            assert bare(printed) in text


def test_themes_stand_in_the_order_of_the_text():
    text = section_text("3.4")
    position = text.index("1)人工智能技术")
    for zh in facts.load("themes")["zh"]:
        position = text.index(bare(zh), position)


def test_chinese_quoted_in_the_findings_is_printed_so():
    text = bare(review())
    for row in facts.load("oddities").to_dict("records"):
        for quoted in re.findall(r"[\u4e00-\u9fff·]+", row["printed"]):
            assert quoted in text, f"{row['id']}: {quoted}"


def test_frontiers_are_printed_so_in_the_editorial():
    text = bare((SOURCE / "editorial.txt").read_text(encoding="utf-8"))
    for row in facts.load("frontiers").to_dict("records"):
        name = bare(row["institution_zh"]) + "、".join(facts.split(row["team_zh"]))
        assert re.search(rf"{name}(团队|课题组)\[{row['item']}\]", text), row["id"]


def test_the_query_is_the_appendix_to_the_letter():
    printed = (SOURCE / "review.txt").read_bytes().rpartition("论文检索式".encode())[2]
    assert facts.query_verbatim().encode("utf-8") == printed.strip(b"\n")
