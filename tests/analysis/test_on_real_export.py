"""Counts on a real export agree with a count by line, independent of the readers."""

import re
from collections import Counter
from pathlib import Path

import pytest

from livingreview.analysis.actors import country_actors, papers_by_actor
from livingreview.analysis.time import papers_per_year
from livingreview.corpus.importer import import_exports
from livingreview.select.window import Window, cut

EXPORT = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "wos-black-silicon" / "savedrecs.txt"


@pytest.fixture(scope="module")
def selection():
    if not EXPORT.is_file():
        pytest.skip("the real exports of ../shared/data are not here")
    return cut(import_exports(EXPORT).tables, Window.parse("2010-01", "2015-12"))


def test_papers_of_each_year(selection):
    lines = EXPORT.read_text(encoding="utf-8-sig").splitlines()
    printed = Counter(int(line[3:7]) for line in lines if line.startswith("PY "))
    table = papers_per_year(selection.tables["records"], selection.partial_years)
    assert dict(zip(table["year"], table["papers"], strict=True)) == {
        year: count for year, count in printed.items() if 2010 <= year <= 2015
    }
    assert selection.total == sum(line == "ER" for line in lines)


def test_papers_of_finland(selection):
    # By hand: in the text of a record, an address line of C1 that ends in "Finland."; none of its
    # records prints Finland only as the corresponding address.
    records = EXPORT.read_text(encoding="utf-8-sig").split("\nER")
    count = 0
    for record in records:
        year = re.search(r"^PY (\d{4})", record, re.M)
        block = re.search(r"^C1 (.*?)^(?=\S)", record, re.M | re.S)
        if year and 2010 <= int(year[1]) <= 2015 and block:
            count += bool(re.search(r", Finland\.$", block[1], re.M))
    ranking = papers_by_actor(country_actors(selection.tables["addresses"])).set_index("actor")
    assert count > 0
    assert ranking.loc["FIN", "papers"] == count
