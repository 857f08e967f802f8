"""The project itself: one list of versions, clean notebooks, prose without hand-typed digits."""

import ast
import re
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml

from livingreview import words
from livingreview.edition.compiling import chapters_of_toc

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pinned():
    listed = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["test"]
    return dict(entry.split("==") for entry in listed)


def locked():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return {name: version for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.M)}, text


def test_the_lock_holds_every_version_of_pyproject():
    versions, _ = locked()
    assert {name: versions.get(name) for name in pinned()} == pinned()


def test_the_lock_names_no_host_and_hashes_everything():
    _, text = locked()
    assert not re.search(r"https?://|--index|--find-links|file:", text)
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.M)[1:]
    assert entries and all("--hash=sha256:" in entry for entry in entries)


def test_environment_yml_only_points_to_the_lock():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pip = next(entry["pip"] for entry in listed if isinstance(entry, dict))
    assert "--require-hashes --requirement requirements.lock" in pip
    assert [entry for entry in listed if isinstance(entry, str)] == [
        f"python{PROJECT['project']['requires-python']}", "pip",
    ]  # fmt: skip
    assert not any("==" in entry for entry in pip)


def test_every_direct_dependency_has_its_line_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in pinned() if f"| `{name}` |" not in readme] == []


def test_toc_and_chapters_agree():
    assert sorted(chapters_of_toc(ROOT / "_toc.yml")) == [path.stem for path in CHAPTERS]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_chapters_are_thin_clean_and_have_one_parameters_cell(path):
    notebook = nbformat.read(path, as_version=4)
    codes = [c for c in notebook.cells if c.cell_type == "code"]
    assert all(c.outputs == [] and c.execution_count is None for c in codes)
    assert [c.id for c in codes if "parameters" in c.metadata.get("tags", [])] == ["defaults"]
    assert not set(notebook.metadata) - {"kernelspec", "language_info"}
    for cell in codes:
        tree = ast.parse(cell.source)
        kinds = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Try)
        assert not [n for n in ast.walk(tree) if isinstance(n, kinds)], cell.id
        assert len(cell.source.splitlines()) <= 6, cell.id
        imported = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        assert imported <= {"livingreview.book"} and not [n for n in ast.walk(tree) if isinstance(n, ast.Import)]


def prose_without_roles(text: str) -> str:
    text = re.sub(r"\{ref\}`\[\d+\] <ref-\d+>`", "", text)  # a citation
    text = re.sub(r"\{[\w:]+\}`[^`]*`", "", text)
    return re.sub(r"\]\([^)]*\)", "", text)


@pytest.mark.parametrize("path", [*CHAPTERS, ROOT / "index.md"], ids=lambda p: p.stem)
def test_prose_has_no_digit_typed_by_hand(path):
    if path.suffix == ".md":
        texts = [path.read_text(encoding="utf-8")]
    else:
        texts = [c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "markdown"]
    assert [t for t in texts if re.search(r"\d", prose_without_roles(t))] == []


def test_catalogue_has_no_digit_typed_by_hand():
    typed = [k for k in words.keys("en") if re.search(r"\d", re.sub(r"\{[^}]*\}|SHA-256", "", words._catalogue("en")[k]))]
    # "1 paper" is the singular of a counted word, chosen by the number itself.
    assert [k for k in typed if k != "plots.legend.one_paper"] == []


def test_every_exhibit_has_its_words():
    tables = {k.split(".")[1] for k in words.keys("en") if k.startswith("exhibits.")}
    sources = "\n".join(c.source for p in CHAPTERS for c in nbformat.read(p, as_version=4).cells if c.cell_type == "code")
    for kind, id, rest in re.findall(r"chapter\.(table|figure)\(\"([\w-]+)\"(.*)", sources):
        key = (re.search(r'text="([\w-]+)"', rest) or [None, id])[1]
        assert key in tables, f"{kind} {id} has no words under exhibits.{key}"
        if kind == "figure":
            assert words.has(f"exhibits.{key}.alt") and words.has(f"exhibits.{key}.absent"), key


def test_no_module_is_longer_than_four_hundred_lines():
    long = {p.name: n for p in (ROOT / "lib").rglob("*.py") if (n := len(p.read_text(encoding="utf-8").splitlines())) > 400}
    assert long == {}
