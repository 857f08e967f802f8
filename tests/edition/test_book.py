"""The whole default book, built once: pages, links, and numbers equal to the tables."""

import csv
import hashlib
import json
import os
import re
import shutil
import zlib

import nbformat
import pytest
from bs4 import BeautifulSoup

from livingreview import facts, paths
from livingreview.edition import build, compiling, notebooks
from livingreview.errors import BuildError
from livingreview.exhibits import markup
from livingreview.exhibits.ledger import read_rows


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """The default edition, in a folder of its own."""
    out = tmp_path_factory.mktemp("editions") / "default"
    result = build.build(build.Request(out=out), lambda line: None)
    assert result.no_pdf == ""
    return result.folder


def page(edition, name):
    return BeautifulSoup((edition / "html" / "chapters" / f"{name}.html").read_text(encoding="utf-8"), "lxml")


def ledger(edition):
    return read_rows(edition / "ledger.jsonl")


def test_every_chapter_has_its_page_and_its_executed_notebook(edition):
    chapters = compiling.chapters_of_toc()
    assert {p.stem for p in (edition / "html" / "chapters").glob("*.html")} == set(chapters)
    assert {p.stem for p in (edition / "notebooks").glob("*.ipynb")} == set(chapters)
    assert (edition / "html" / "index.html").is_file()


def test_section_numbers_mirror_the_review(edition):
    titles = {name: page(edition, name).select_one("article h1").get_text() for name in compiling.chapters_of_toc()}
    expected = {
        "programmes": "1.", "data-and-methods": "2.", "results": "3.", "time": "3.1.", "countries": "3.2.",
        "institutions": "3.3.", "themes": "3.4.", "techniques": "3.4.1.", "structure": "3.4.2.",
        "thermodynamics": "3.4.3.", "kinetics": "3.4.4.", "challenges": "3.4.5.", "conclusions": "4.",
    }  # fmt: skip
    assert {name: titles[name].split()[0] for name in expected} == expected


def test_tables_on_the_page_are_the_tables_on_disk(edition):
    rows = [r for r in ledger(edition) if r["kind"] == "table" and r["parts"]]
    assert len(rows) > 40
    for row in rows:
        found = page(edition, row["chapter"]).find(id=f"tab-{row['id']}")
        assert found is not None, row["id"]
        with (edition / "tables" / f"{row['id']}.csv").open(encoding="utf-8", newline="") as lines:
            records = list(csv.DictReader(lines))
        shown = found.tbody.find_all("tr")
        assert len(shown) == min(len(records), 100), row["id"]


def test_counts_on_the_countries_page_are_those_of_the_table(edition):
    with (edition / "tables" / "countries-ranking.csv").open(encoding="utf-8", newline="") as lines:
        expected = [(r["country"], r["papers"]) for r in csv.DictReader(lines)]
    body = page(edition, "countries").find(id="tab-countries-ranking").tbody
    cells = [[td.get_text(strip=True) for td in tr.find_all("td")] for tr in body.find_all("tr")]
    assert [(c[1], c[2]) for c in cells] == expected


def test_every_glued_number_is_the_value_in_the_ledger(edition):
    values = {(r["chapter"], r["id"]): r["parts"][0]["value"] for r in ledger(edition) if r["kind"] == "number"}
    shown = {}
    for path in (edition / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                if glued := output.get("metadata", {}).get("scrapbook"):
                    shown[path.stem, glued["name"]] = output["data"]["application/papermill.record/text/plain"]
    assert shown.keys() == values.keys()
    for key, value in values.items():
        text = shown[key].strip("'")
        kinds = ("",) if isinstance(value, str) else ("", "year", "percent", "decimal")
        printed = {markup.plain(value, kind) for kind in kinds} if value is not None else {"n/a"}
        assert text in printed, key


def test_prose_has_no_digit_that_is_not_glued_or_a_reference(edition):
    """A paragraph of prose, less its glued numbers, links and code, holds no digit."""
    loose = []
    for name in compiling.chapters_of_toc():
        article = page(edition, name).select_one("article")
        for gone in article.select(".pasted-text, a, table, figure, pre, code, details, .lr-references, h1, h2, h3"):
            gone.decompose()
        for paragraph in article.find_all(["p", "li"]):
            # The label of a corpus or a range is a parameter of the edition.
            text = re.sub(r"\d{4}(-\d\d)? to \d{4}(-\d\d)?", "", paragraph.get_text())
            if re.search(r"\d", text):
                loose.append((name, paragraph.get_text(strip=True)))
    assert loose == []


def test_reported_and_recomputed_stand_side_by_side(edition):
    with (edition / "tables" / "headline-compared.csv").open(encoding="utf-8", newline="") as lines:
        rows = {r["quantity"]: r for r in csv.DictReader(lines)}
    assert (rows["Papers retrieved"]["as_reported"], rows["Papers retrieved"]["as_recomputed"]) == ("2338", "52")
    assert rows["Rank 1: China"]["as_reported"] == "863"
    assert all(r["explanation"] for r in rows.values())


def test_all_references_are_targets_and_citations_reach_them(edition):
    references = page(edition, "references")
    assert all(references.find(id=f"ref-{number}") for number in range(1, 71))
    links = [a["href"] for a in page(edition, "structure").select("table a[href*='references.html#ref-']")]
    cited = {n for r in facts.load("advances").query("section == '3.4.2'")["references"] for n in facts.split(r)}
    assert {href.split("#ref-")[1] for href in links} == cited


def test_figures_have_files_and_alternative_text(edition):
    for row in (r for r in ledger(edition) if r["kind"] == "figure" and f"figures/{r['id']}.svg" in r["files"]):
        image = page(edition, row["chapter"]).select_one(f"#fig-{row['id']} img")
        assert image["alt"] and not re.search(r"\{\w+\}", image["alt"])
        assert (edition / "figures" / f"{row['id']}.png").is_file()


def test_each_ledger_row_names_its_cell(edition):
    rows = ledger(edition)
    for row in rows:
        notebook = nbformat.read(edition / "notebooks" / f"{row['chapter']}.ipynb", as_version=4)
        [cell] = [c for c in notebook.cells if c.id == row["cell"]]
        assert row["code"] == hashlib.sha256(cell.source.encode()).hexdigest()
        assert len(row["chapter_code"]) == 64
        for name, digest in row["files"].items():
            assert hashlib.sha256((edition / name).read_bytes()).hexdigest() == digest
    sets = {s["set"] for s in read_rows(edition / "record-sets.jsonl")}
    assert {p["records"] for r in rows for p in r["parts"]} == sets


def test_provenance_counts_and_hashes(edition):
    about = json.loads((edition / "provenance.json").read_text(encoding="utf-8"))
    assert about["records"]["read"] == about["records"]["edition"] == 52
    assert about["parameters"] == {"corpus": "cited-works", "date_from": "", "date_to": "", "language": "en"}
    assert about["inputs"][0]["sha256"] == facts.sidecar.read(paths.REVIEW / "works.csv").sha256


def test_the_pdf_is_there_and_is_one(edition):
    content = (edition / "book.pdf").read_bytes()
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.S)
    plain = content + b"".join(zlib.decompress(s) for s in streams if s[:1] == b"x")
    assert content.startswith(b"%PDF-") and b"/Outlines" in plain
    assert str(paths.ROOT).encode() not in plain and str(edition).encode() not in plain


def test_one_chapter_twice_gives_the_same_bytes(edition, tmp_path):
    """Another folder, another hash seed, the same corpus: the same notebook, figures and tables."""
    shutil.copytree(edition / "corpus", tmp_path / "corpus")
    about = json.loads((edition / "provenance.json").read_text(encoding="utf-8"))
    environment = os.environ | {"LIVINGREVIEW_STAGE": str(tmp_path), "PYTHONHASHSEED": "7", "MPLBACKEND": "agg"}
    notebooks.run_chapters(
        paths.CHAPTERS, tmp_path / "chapters", ["countries"], about["parameters"], environment, lambda line: None
    )
    pairs = [("chapters/countries.ipynb", "notebooks/countries.ipynb")]
    pairs += [(f"figures/countries-top.{kind}", f"figures/countries-top.{kind}") for kind in ("svg", "png")]
    pairs += [("tables/countries-ranking.csv", "tables/countries-ranking.csv")]
    assert [one for one, other in pairs if (tmp_path / one).read_bytes() != (edition / other).read_bytes()] == []


def test_a_failed_build_leaves_the_former_edition_whole(edition, monkeypatch):
    before = {p: p.stat().st_mtime_ns for p in edition.rglob("*")}

    def fails(*arguments, **more):
        raise BuildError("chapter time, cell growth: ValueError: broken on purpose")

    monkeypatch.setattr(build.notebooks, "run_chapters", fails)
    with pytest.raises(BuildError, match="chapter time, cell growth"):
        build.build(build.Request(out=edition), lambda line: None)
    assert {p: p.stat().st_mtime_ns for p in edition.rglob("*")} == before
    assert [p.name for p in edition.parent.iterdir()] == [edition.name]
