"""Runs the chapters by papermill in parallel processes and makes the results comparable."""

from __future__ import annotations

import ast
import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import nbformat

from livingreview.errors import BuildError, InputError

PARAMETERS_TAG, INJECTED_TAG = "parameters", "injected-parameters"


@dataclass(frozen=True)
class Failure:
    """Why a chapter did not run: its cell by stable name, and the cause in one line."""

    chapter: str
    cell: str
    cause: str


def declared_parameters(notebook: nbformat.NotebookNode, chapter: str) -> set[str]:
    """Names assigned in the one cell tagged ``parameters``; BuildError if there is not just one."""
    tagged = [c for c in notebook.cells if PARAMETERS_TAG in c.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise BuildError(
            f"chapters/{chapter}.ipynb: expected one cell tagged '{PARAMETERS_TAG}', found {len(tagged)}. "
            "What to do: tag the cell that holds the defaults."
        )
    tree = ast.parse(tagged[0].source)
    return {t.id for node in tree.body if isinstance(node, ast.Assign) for t in node.targets if isinstance(t, ast.Name)}


def check_parameters(notebook: nbformat.NotebookNode, chapter: str, given: Iterable[str]) -> None:
    """A parameter that a chapter does not declare, or does not get, stops the build."""
    declared, given = declared_parameters(notebook, chapter), set(given)
    if unknown := sorted(given - declared):
        raise InputError(
            f"chapters/{chapter}.ipynb", f"one of the parameters {sorted(declared)}", f"{unknown}",
            "correct the parameter's name",
        )  # fmt: skip
    if missing := sorted(declared - given):
        raise BuildError(f"chapters/{chapter}.ipynb: the edition gives no value for {missing}")


def run_chapters(
    sources: Path,
    out: Path,
    chapters: list[str],
    parameters: Mapping[str, str],
    environment: Mapping[str, str],
    progress: Callable[[str], None],
    workers: int | None = None,
) -> None:
    """Execute ``sources/<chapter>.ipynb`` into ``out``; BuildError names chapter, cell and cause.

    Papermill changes the directory of its process, so each run has a process of its own.
    """
    out.mkdir(parents=True, exist_ok=True)
    for chapter in chapters:
        check_parameters(nbformat.read(sources / f"{chapter}.ipynb", as_version=4), chapter, parameters)
    workers = workers or min(len(chapters), os.cpu_count() or 1)
    failures: list[Failure] = []
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        jobs = {
            pool.submit(_run_one, sources / f"{c}.ipynb", out / f"{c}.ipynb", dict(parameters), dict(environment)): c
            for c in chapters
        }
        for done, job in enumerate(as_completed(jobs), 1):
            if failure := job.result():
                failures.append(failure)
            progress(f"{done}/{len(chapters)} {jobs[job]}{' FAILED' if failure else ''}")
    if failures:
        lines = [f"chapter {f.chapter}, cell {f.cell}: {f.cause}" for f in sorted(failures, key=lambda f: f.chapter)]
        raise BuildError("; ".join(lines))


def _run_one(source: Path, target: Path, parameters: dict, environment: dict) -> Failure | None:
    import papermill

    os.environ.update(environment)
    try:
        papermill.execute_notebook(
            source, target, parameters=parameters, kernel_name="python3", cwd=target.parent,
            progress_bar=False, request_save_on_cell_execute=False, autosave_cell_every=0,
        )  # fmt: skip
    except papermill.PapermillExecutionError as error:
        return Failure(source.stem, _failed_cell(target), f"{error.ename}: {error.evalue}")
    except Exception as error:  # noqa: BLE001 - whatever stopped the kernel is named to the user
        return Failure(source.stem, "(kernel)", f"{type(error).__name__}: {error}")
    nbformat.write(normalise(nbformat.read(target, as_version=4)), target)
    return None


def _failed_cell(executed: Path) -> str:
    for cell in nbformat.read(executed, as_version=4).cells:
        if any(output.output_type == "error" for output in cell.get("outputs", [])):
            return cell.id
    return "(unknown)"


def normalise(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Take out what differs from run to run: times, paths, the injected cell's random id."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    for cell in notebook.cells:
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if INJECTED_TAG in cell.metadata.get("tags", []):
            cell["id"] = INJECTED_TAG
            cell.metadata["tags"] = [INJECTED_TAG, "hide-input"]
    return notebook


def chapter_code(notebook: nbformat.NotebookNode) -> str:
    """SHA-256 over the sources of all code cells of a chapter, in order."""
    sources = [c.source for c in notebook.cells if c.cell_type == "code"]
    return hashlib.sha256("\0".join(sources).encode()).hexdigest()


def cells_of_exhibits(notebook: nbformat.NotebookNode) -> dict[tuple[str, str], tuple[str, str]]:
    """(kind, exhibit id) -> (cell id, SHA-256 of the cell's code), from the marks in the outputs."""
    found = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            mark = output.get("metadata", {}).get("livingreview")
            if mark:
                code = hashlib.sha256(cell.source.encode()).hexdigest()
                found[(mark["kind"], mark["id"])] = (cell["id"], code)
    return found
