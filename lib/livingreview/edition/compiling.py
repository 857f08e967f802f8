"""Compiles executed chapters with Jupyter Book's configuration and Sphinx, warnings as errors."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import yaml

from livingreview import paths
from livingreview.errors import BuildError


def chapters_of_toc(toc: Path = paths.BOOK_TOC) -> list[str]:
    """Names of the chapters in reading order, as ``_toc.yml`` lists them."""
    names: list[str] = []

    def walk(node) -> None:
        if isinstance(node, list):
            for item in node:
                walk(item)
        elif isinstance(node, dict):
            if str(node.get("file", "")).startswith("chapters/"):
                names.append(node["file"].removeprefix("chapters/"))
            for value in node.values():
                walk(value)

    walk(yaml.safe_load(toc.read_text(encoding="utf-8")))
    return names


def prepare_sources(sources: Path) -> None:
    """Lay ``_config.yml``, ``_toc.yml``, the landing page and the styles into a source folder."""
    for path in (paths.BOOK_CONFIG, paths.BOOK_TOC, paths.BOOK_INDEX):
        shutil.copy(path, sources / path.name)
    shutil.copytree(paths.STYLES, sources / "_static")


def configure(sources: Path, environment: Mapping[str, str]) -> None:
    """Write Sphinx's ``conf.py`` from ``_config.yml`` by Jupyter Book's own command."""
    code = "from jupyter_book.cli.main import main; main()"
    _run([sys.executable, "-c", code, "config", "sphinx", str(sources)], sources, environment)


def compile_pages(sources: Path, builder: str, out: Path, language: str, environment: Mapping[str, str]) -> None:
    """Run one Sphinx builder (``html`` or ``singlehtml``); a warning is a BuildError.

    Both builders share their parsed pages, so the second one only writes.
    """
    doctrees = sources.parent / "doctrees"
    command = [
        sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", builder,
        "-d", str(doctrees), "-D", f"language={language}", str(sources), str(out),
    ]  # fmt: skip
    _run(command, sources, environment)
    for leftover in (".buildinfo", ".doctrees"):
        path = out / leftover
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _run(command: list[str], sources: Path, environment: Mapping[str, str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, env=dict(environment), check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).replace(f"{sources}/", "")
        lines = [line for line in re.sub(r"\x1b\[[0-9;]*m", "", said).splitlines() if line.strip()]
        raise BuildError("the book did not compile: " + " / ".join(lines[-12:]))
