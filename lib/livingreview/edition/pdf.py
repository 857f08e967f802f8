"""Prints the book: one HTML page in, one PDF out, the same bytes every time.

Fonts come from locked Python packages and not from the machine, every file is fetched under a
name of our own, and the clock is pinned: so neither a path nor a date of this machine gets in.
"""

from __future__ import annotations

import hashlib
import io
import logging
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from livingreview import paths
from livingreview.edition import pdf_figures, pdf_fonts
from livingreview.edition.pdf_document import files_named, print_document
from livingreview.errors import BuildError, MissingSystemLibrary

@dataclass(frozen=True)
class PdfReport:
    """What came out: pages, names of the embedded fonts, and what is less than perfect."""

    pages: int
    fonts: tuple[str, ...]
    warnings: tuple[str, ...]


def make_pdf(singlehtml: Path, out: Path, title_page: Mapping[str, str], epoch: int) -> PdfReport:
    """Print the page of Sphinx's ``singlehtml`` builder as a book.

    Parameters
    ----------
    singlehtml : Path
        The folder the builder wrote, or the page itself.
    out : Path
        The PDF; its folder must exist.
    title_page : mapping of str to str
        ``title`` (default: the page's title), ``subtitle``, ``author``, ``language`` (default: the
        page's) and ``notice`` (a line set on every page) have their places; every other entry is a
        row, label and value, in the order given. The date of the clock is added as the last row.
    epoch : int
        Seconds since 1970-01-01 UTC that stand for now.

    Raises
    ------
    MissingSystemLibrary
        Pango or HarfBuzz is not installed; the message names the one command that mends it.
    BuildError
        A dead or ambiguous link, a missing picture, a formula, or a machine path in the text.

    Notes
    -----
    Same input, same bytes: the file identifier is a hash of the document, and font subsets carry
    the pinned clock (``SOURCE_DATE_EPOCH``, https://reproducible-builds.org/specs/source-date-epoch/).
    """
    page = singlehtml / "index.html" if singlehtml.is_dir() else singlehtml
    if not page.is_file():
        raise BuildError(f"{page.name}: expected the page of the singlehtml builder, found nothing there")
    weasyprint = _weasyprint()
    html, noticed = print_document(page.read_text(encoding="utf-8"), page.name, title_page, epoch)
    files, figure_text = _files(html, page.parent)
    _refuse_machine_paths(html, page.parent)
    style = (paths.STYLES / "print.css").read_text(encoding="utf-8")
    fonts: set[str] = set()
    links: set[str] = set()

    def look_inside(document, pdf) -> None:
        for item in pdf.objects:
            if isinstance(item, dict):
                if item.get("Type") == "/Font" and item.get("Subtype") == "/Type0":
                    fonts.add(str(item["BaseFont"]).strip("/'").split("+")[-1])
                if item.get("S") == "/URI":
                    links.add(item["URI"].string)

    with _pinned_clock(epoch), _collected("weasyprint") as said:
        fetcher = _fetcher(weasyprint, files | pdf_fonts.faces(set(html + figure_text)))
        font_config = weasyprint.text.fonts.FontConfiguration()
        sheet = weasyprint.CSS(string=pdf_fonts.css() + style, url_fetcher=fetcher, font_config=font_config)
        try:
            document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(
                font_config=font_config, stylesheets=[sheet]
            )
            identifier = hashlib.sha256((html + style).encode()).digest()[:16]
            content = document.write_pdf(finisher=look_inside, pdf_identifier=identifier)
        except weasyprint.urls.FatalURLFetchingError as error:
            raise BuildError(f"the PDF needs a file that cannot be read: {error}") from error
    strange = sorted(link for link in links if not link.startswith(("http://", "https://", "mailto:")))
    if strange:
        raise BuildError(f"the PDF would link to {', '.join(strange[:5])}")
    out.write_bytes(content)
    return PdfReport(len(document.pages), tuple(sorted(fonts)), tuple([*noticed, *said]))


def missing_library() -> str:
    """The one command that mends a missing system library, or "" if none is missing."""
    try:
        _weasyprint()
    except MissingSystemLibrary as missing:
        return str(missing)
    return ""


def _weasyprint():
    apt = [line.split("#")[0].strip() for line in (paths.ROOT / "apt.txt").read_text(encoding="utf-8").splitlines()]
    mend = f"apt-get install -y {' '.join(name for name in apt if name)}"
    try:
        # On failure the package prints advice of its own; one message is enough.
        with redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            import weasyprint
            import weasyprint.text.fonts
            from weasyprint.text import ffi
    except OSError as error:
        raise MissingSystemLibrary(f"no PDF: a system library is missing ({error}). What to do: {mend}") from error
    # Without it the fonts are cut down by Python: ten times slower, and other bytes.
    if ffi.harfbuzz_subset is None:
        raise MissingSystemLibrary(f"no PDF: the system library libharfbuzz-subset is missing. What to do: {mend}")
    return weasyprint


def _fetcher(weasyprint, files: Mapping[str, bytes]):
    """Hands out the book's files and fonts by our own names and refuses everything else."""

    class Fetcher(weasyprint.urls.URLFetcher):
        def fetch(self, url, headers=None):
            if url in files:
                kind = "image/svg+xml" if url.endswith(".svg") else "application/octet-stream"
                return weasyprint.urls.URLFetcherResponse(url, files[url], {"Content-Type": kind})
            if url.startswith("data:"):
                return super().fetch(url, headers)
            raise ValueError(f"{url} is no file of the book")

    return Fetcher(fail_on_errors=True)


def _files(html: str, folder: Path) -> tuple[dict[str, bytes], str]:
    """The pictures by the address the document has for them, and the text in the figures."""
    files, said, missing = {}, [], []
    for address, name in files_named(html):
        path = folder / name
        if not path.is_file():
            missing.append(name)
            continue
        files[address] = path.read_bytes()
        if path.suffix == ".svg":
            try:
                files[address], text = pdf_figures.letters(files[address])
            except ValueError as error:
                raise BuildError(f"the PDF needs the picture {name}: {error}") from error
            said.append(text)
    if missing:
        raise BuildError(f"the PDF needs pictures that are not there: {', '.join(missing[:5])}")
    return files, "".join(said)


def _refuse_machine_paths(html: str, folder: Path) -> None:
    secret = {str(paths.ROOT), str(folder.resolve()), "file://"}
    if len(home := str(Path.home())) > 1:
        secret.add(home + os.sep)
    found = sorted(path for path in secret if path in html)
    if found:
        raise BuildError(f"the PDF would show a path of this machine: {found[0]}")


@contextmanager
def _pinned_clock(epoch: int) -> Iterator[None]:
    """Font subsets carry a time stamp; fontTools takes it from the environment."""
    name = "SOURCE_DATE_EPOCH"
    before = os.environ.get(name)
    os.environ[name] = str(epoch)
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


@contextmanager
def _collected(logger_name: str) -> Iterator[list[str]]:
    """Warnings of a library as a list, kept off the terminal."""
    said: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger, collector = logging.getLogger(logger_name), Collector(logging.WARNING)
    handlers, propagate = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [collector], False
    try:
        yield said
    finally:
        logger.handlers, logger.propagate = handlers, propagate
