"""Builds an edition: import, run, check, compile, then move into place."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import nbformat

from livingreview import paths, placing, words
from livingreview.book.chapter import STAGE, Chapter, open_chapter
from livingreview.corpus import corpora
from livingreview.edition import checks, compiling, notebooks, offline, pdf, provenance, workbook, workplace
from livingreview.errors import BuildError, InputError
from livingreview.exhibits import ledger
from livingreview.select.window import Window, cut

Say = Callable[[str], None]


@dataclass(frozen=True)
class Request:
    """What the analyst asks for; dates are ``YYYY-MM`` or empty."""

    corpus: str = corpora.CITED_WORKS
    date_from: str = ""
    date_to: str = ""
    language: str = "en"
    out: Path | None = None


@dataclass(frozen=True)
class Result:
    """Where the edition is, and why it has no PDF if it has none."""

    folder: Path
    pages: int
    no_pdf: str = ""


def build(request: Request, say: Say, with_pdf: bool = True) -> Result:
    """Make the edition of a request.

    InputError for bad input and BuildError for a failed check; in both cases nothing is written
    and an earlier edition stays whole. ``say`` is told of progress, a line at a time.
    """
    if request.language not in words.languages():
        raise InputError("--lang", f"one of {', '.join(words.languages())}", repr(request.language), "choose one of these")
    window = Window.parse(request.date_from, request.date_to)
    corpora.check(request.corpus)
    label = corpora.label(request.corpus)
    name = workplace.edition_name(label, request.date_from, request.date_to)
    target = (request.out or paths.EDITIONS / name).resolve()
    workplace.check_target(target)
    words.use(request.language)

    say(f"reading corpus {label}")
    with placing.aside(target) as stage:
        source = corpora.place(request.corpus, stage / "corpus", say)
        cut(source.tables, window)
        parameters = {
            "corpus": label, "date_from": request.date_from,
            "date_to": request.date_to, "language": request.language,
        }  # fmt: skip
        return _make(_Making(stage, target, name, parameters, provenance.clock(), say), with_pdf)


@dataclass(frozen=True)
class _Making:
    stage: Path
    target: Path
    name: str
    parameters: dict[str, str]
    epoch: int
    say: Say

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every child process: pinned clock, no settings of the user's."""
        private = self.stage / "settings"
        profile = private / "profile_default"
        profile.mkdir(parents=True, exist_ok=True)
        # A kernel's own remarks are not for the analyst; a failed cell is reported by papermill.
        (profile / "ipython_kernel_config.py").write_text("c = get_config()\nc.IPKernelApp.log_level = 'CRITICAL'\n")
        return os.environ | {
            STAGE: str(self.stage), "SOURCE_DATE_EPOCH": str(self.epoch), "PYTHONHASHSEED": "0",
            "PYTHONWARNINGS": "ignore", "JUPYTER_PREFER_ENV_PATH": "1", "JUPYTER_PLATFORM_DIRS": "1",
            "IPYTHONDIR": str(private), "JUPYTER_CONFIG_DIR": str(private), "MPLBACKEND": "agg",
            "PYDEVD_DISABLE_FILE_VALIDATION": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8",
        }  # fmt: skip


def _make(making: _Making, with_pdf: bool) -> Result:
    stage, say = making.stage, making.say
    chapters = compiling.chapters_of_toc()
    sources = stage / "sources"
    started = time.monotonic()
    os.environ[STAGE] = str(stage)
    try:
        front = open_chapter("edition", **making.parameters)
    finally:
        del os.environ[STAGE]
    say(f"running {len(chapters)} chapters on {len(front.ids):,} records")
    notebooks.run_chapters(
        paths.CHAPTERS, sources / "chapters", chapters, making.parameters, making.environment, say
    )
    say(f"chapters ran in {time.monotonic() - started:.0f} s; checking and writing tables")
    result = stage / "edition"
    result.mkdir()
    shutil.copytree(sources / "chapters", result / "notebooks")
    shutil.move(stage / "figures", result / "figures")
    shutil.move(stage / "tables", result / "tables")
    shutil.copytree(result / "figures", sources / "figures")
    _merge_ledger(stage, chapters, sources / "chapters", result)
    _refuse(checks.failed_cells(result / "notebooks"))
    _refuse(checks.unledgered(result / "notebooks", result / ledger.ROWS))
    about = provenance.describe(front, making.name, making.epoch)
    _write_json(result / workplace.MARK, about)
    tables = sorted((result / "tables").glob("*.csv"))
    workbook.write_workbook(tables, result / "tables" / "tables.xlsx", _front_matter(front, making.name), making.epoch)

    no_pdf = _compile(making, front, sources, result, with_pdf)
    shutil.move(stage / "corpus", result / "corpus")
    _refuse(checks.absolute_paths(result))
    workplace.promote(result, making.target)
    return Result(making.target, len(chapters) + 1, no_pdf)


def _compile(making: _Making, front: Chapter, sources: Path, result: Path, with_pdf: bool) -> str:
    """Compile HTML and PDF side by side; returns why there is no PDF, if there is none.

    The one-page book is compiled first: WeasyPrint is the longest single step, and sets out from it.
    """
    compiling.prepare_sources(sources)
    compiling.configure(sources, making.environment)
    language = making.parameters["language"]
    missing = pdf.missing_library() if with_pdf else ""
    # Sphinx's builders share a parent folder: there MyST-NB keeps what one page glues from another.
    site = making.stage / "site"
    with ProcessPoolExecutor(1, get_context("spawn"), words.use, (language,)) as pool:
        job = None
        if with_pdf and not missing:
            making.say("compiling PDF")
            compiling.compile_pages(sources, "singlehtml", site / "singlehtml", language, making.environment)
            title = {key: words.say(f"labels.book.{key}") for key in ("title", "subtitle", "author")}
            matter = title | _front_matter(front, making.name)
            job = pool.submit(pdf.make_pdf, site / "singlehtml", result / "book.pdf", matter, making.epoch)
        making.say("compiling HTML")
        compiling.compile_pages(sources, "html", site / "html", language, making.environment)
        shutil.move(site / "html", result / "html")
        html = result / "html"
        _refuse([f"{page} would fetch {url}" for page, url in offline.external_requests(html)])
        _refuse([f"{page} links to {target}, which is not there" for page, target in offline.dangling_links(html)])
        if job:
            making.say("HTML compiled; laying out PDF pages")
            _refuse([f"PDF: {warning}" for warning in job.result().warnings])
    return missing


def _front_matter(front: Chapter, name: str) -> dict[str, str]:
    said = {
        "edition": name,
        "corpus": front.corpus,
        "range": front.range,
        "records": f"{len(front.ids):,}",
        "data": front.data[:12],
    }
    return {words.say(f"labels.front.{key}"): value for key, value in said.items()}


def _merge_ledger(stage: Path, chapters: list[str], executed: Path, result: Path) -> None:
    """One ledger of all chapters, each row with the cell that made it; record lists once."""
    rows, sets = [], {}
    for chapter in chapters:
        notebook = nbformat.read(executed / f"{chapter}.ipynb", as_version=4)
        cells, whole = notebooks.cells_of_exhibits(notebook), notebooks.chapter_code(notebook)
        for row in ledger.read_rows(stage / "ledger" / f"{chapter}.{ledger.ROWS}"):
            absent = cells.get(("absent", row["id"]), ("", ""))
            row["cell"], row["code"] = cells.get((row["kind"], row["id"]), absent)
            row["chapter_code"] = whole
            rows.append(row)
        for entry in ledger.read_rows(stage / "ledger" / f"{chapter}.{ledger.SETS}"):
            sets[entry["set"]] = entry
    _write_lines(result / ledger.ROWS, rows)
    _write_lines(result / ledger.SETS, [sets[key] for key in sorted(sets)])


def _write_lines(path: Path, entries: list[dict]) -> None:
    lines = [json.dumps(e, ensure_ascii=False, sort_keys=True) + "\n" for e in entries]
    path.write_text("".join(lines), encoding="utf-8")


def _write_json(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _refuse(findings: list[str]) -> None:
    if findings:
        more = f" (and {len(findings) - 5} more)" if len(findings) > 5 else ""
        raise BuildError("; ".join(findings[:5]) + more)


def progress_to_stderr() -> Say:
    """A progress reporter that stamps each line with the seconds since the start."""
    start = time.monotonic()
    return lambda line: print(f"[{time.monotonic() - start:5.1f} s] {line}", file=sys.stderr, flush=True)
