"""Running chapters: parameters are held to, failures are named, results are comparable."""

import os

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from livingreview.edition import checks, notebooks
from livingreview.errors import BuildError, InputError


def write(folder, name, *codes, tags=("parameters",)):
    cells = [new_markdown_cell("# T"), new_code_cell('corpus = "x"', metadata={"tags": list(tags)}, id="defaults")]
    cells += [new_code_cell(code, id=f"cell-{place}") for place, code in enumerate(codes)]
    folder.mkdir(exist_ok=True)
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=metadata), folder / f"{name}.ipynb")


def run(tmp_path, chapters, parameters, lines=None):
    said = lines if lines is not None else []
    notebooks.run_chapters(tmp_path / "in", tmp_path / "out", chapters, parameters, dict(os.environ), said.append)


def test_an_unknown_parameter_stops_before_anything_runs(tmp_path):
    write(tmp_path / "in", "a", "1/0")
    with pytest.raises(InputError, match="colour"):
        run(tmp_path, ["a"], {"corpus": "y", "colour": "red"})


def test_a_missing_parameters_tag_stops_the_build(tmp_path):
    write(tmp_path / "in", "a", tags=())
    with pytest.raises(BuildError, match="one cell tagged 'parameters', found 0"):
        run(tmp_path, ["a"], {"corpus": "y"})


def test_failures_name_chapter_cell_and_cause_and_the_run_is_reported(tmp_path):
    write(tmp_path / "in", "good", "assert corpus == 'y'")
    write(tmp_path / "in", "bad", "x = 1", "raise ValueError('no papers')")
    lines = []
    with pytest.raises(BuildError, match="chapter bad, cell cell-1: ValueError: no papers"):
        run(tmp_path, ["good", "bad"], {"corpus": "y"}, lines)
    assert sorted(line.split(" ", 1)[1] for line in lines) == ["bad FAILED", "good"]


def test_two_runs_give_the_same_bytes(tmp_path):
    write(tmp_path / "in", "a", "from IPython.display import display; display({'text/markdown': corpus}, raw=True)")
    for out in ("one", "two"):
        notebooks.run_chapters(tmp_path / "in", tmp_path / out, ["a"], {"corpus": "y"}, dict(os.environ), print)
    assert (tmp_path / "one" / "a.ipynb").read_bytes() == (tmp_path / "two" / "a.ipynb").read_bytes()
    assert str(tmp_path) not in (tmp_path / "one" / "a.ipynb").read_text()


def test_an_output_round_the_door_is_found(tmp_path):
    write(tmp_path / "in", "a", "print('loose')", "from IPython.display import display; display(1)")
    run(tmp_path, ["a"], {"corpus": "y"})
    (tmp_path / "ledger.jsonl").write_text(
        '{"chapter": "a", "kind": "table", "id": "t", "parts": []}\n', encoding="utf-8"
    )
    found = checks.unledgered(tmp_path / "out", tmp_path / "ledger.jsonl")
    assert found == [
        "chapter a, cell cell-0: an output that is no exhibit",
        "chapter a, cell cell-1: an output that is no exhibit",
        "chapter a: table t is in the ledger and on no page",
    ]
    assert checks.failed_cells(tmp_path / "out") == ["chapter a, cell cell-0: printed 'loose' on stdout"]
