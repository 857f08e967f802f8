"""Checks before publishing: exhibits and ledger agree, and no file names a folder of this machine."""

import hashlib
import tempfile
import zipfile
import zlib

import nbformat
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from livingreview import paths
from livingreview.edition import checks, notebooks
from livingreview.exhibits.ledger import Ledger, Row


def shown(kind, id):
    """An output as the exhibit door leaves it."""
    mark = {"livingreview": {"kind": kind, "id": id}}
    return new_output("display_data", data={"text/markdown": id}, metadata=mark)


def chapter(folder, name, *cells):
    folder.mkdir(exist_ok=True)
    made = [new_code_cell(source, id=f"cell-{n}", outputs=list(outputs)) for n, (source, *outputs) in enumerate(cells)]
    book = new_notebook(cells=[new_markdown_cell("# T", id="title"), *made])
    nbformat.write(book, folder / f"{name}.ipynb")
    return book


def ledger_of(folder, name, *exhibits):
    ledger = Ledger(folder, name)
    for kind, id in exhibits:
        ledger.write(Row(id, kind, name, "papers", "full", 0, {}, "d", "l"))
    return ledger.rows


@pytest.mark.parametrize("kind", ["figure", "table", "number"])
def test_an_exhibit_without_a_ledger_row_is_found(tmp_path, kind):
    chapter(tmp_path / "notebooks", "time", ("draw()", shown("figure", "known"), shown(kind, "planted")))
    rows = ledger_of(tmp_path, "time", ("figure", "known"))
    assert checks.unledgered(tmp_path / "notebooks", rows) == [f"chapter time: {kind} planted has no ledger row"]


def test_a_row_of_another_kind_or_chapter_does_not_stand_in(tmp_path):
    chapter(tmp_path / "notebooks", "time", ("draw()", shown("figure", "papers")))
    chapter(tmp_path / "notebooks", "actors", ("draw()", shown("table", "papers")))
    rows = ledger_of(tmp_path, "time", ("table", "papers"))
    assert checks.unledgered(tmp_path / "notebooks", rows) == [
        "chapter actors: table papers has no ledger row",
        "chapter time: figure papers has no ledger row",
        "chapter time: table papers is in the ledger and on no page",
    ]


def test_sentences_need_no_row_and_an_absent_exhibit_has_one(tmp_path):
    cells = ("a()", shown("figure", "f"), shown("number", "n")), ("b()", shown("absent", "t"), shown("sentence", "s"))
    chapter(tmp_path / "notebooks", "time", *cells)
    rows = ledger_of(tmp_path, "time", ("figure", "f"), ("number", "n"), ("table", "t"))
    assert checks.unledgered(tmp_path / "notebooks", rows) == []


def test_an_exhibit_is_traced_to_its_cell_and_the_hash_of_its_code(tmp_path):
    first, second = "b.figure('f')  # 图", "b.table('t')\nb.number('n')"
    book = chapter(tmp_path, "time", (first, shown("figure", "f")), (second, shown("table", "t"), shown("number", "n")))
    of_second = hashlib.sha256(second.encode("utf-8")).hexdigest()
    assert notebooks.cells_of_exhibits(book) == {
        ("figure", "f"): ("cell-0", hashlib.sha256(first.encode("utf-8")).hexdigest()),
        ("table", "t"): ("cell-1", of_second),
        ("number", "n"): ("cell-1", of_second),
    }


@pytest.fixture
def edition(tmp_path, monkeypatch):
    """An empty edition on a machine with a project, a home and a folder for temporary files."""
    monkeypatch.setattr(paths, "ROOT", paths.Path("/srv/project"))
    monkeypatch.setattr(tempfile, "tempdir", "/var/scratch")
    monkeypatch.setenv("HOME", "/home/ada")
    folder = tmp_path / "stage" / "edition"
    folder.mkdir(parents=True)
    return folder


def pdf(*streams, packed=True):
    """PDF objects, a stream each, compressed or not."""
    made = b"%PDF-1.7\n"
    for n, text in enumerate(streams, 1):
        content = zlib.compress(text) if packed else text
        head = b"/Filter /FlateDecode" if packed else b""
        made += b"%d 0 obj\n<<%s/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (n, head, len(content), content)
    return made + b"%%EOF\n"


def png(text):
    """A PNG that is nothing but one text chunk; only its bytes matter here."""
    chunk = b"tEXtSource\0" + text
    sizes = len(chunk) - 4, zlib.crc32(chunk)
    return b"\x89PNG\r\n\x1a\n" + sizes[0].to_bytes(4, "big") + chunk + sizes[1].to_bytes(4, "big")


def inventory(text):
    return b"# Sphinx inventory version 2\n# Project: p\n# Version: \n# compressed using zlib.\n" + zlib.compress(text)


def write_workbook(path, text):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("docProps/app.xml", "<a/>")
        book.writestr("xl/sharedStrings.xml", f"<t>{text}</t>" * 50)


def write_parquet(path, text):
    # Zstandard leaves no run of the text as it stands.
    rows = ["/var/lib"] * 3 + [text, None]
    table = pa.table({"n": range(5), "s": rows})
    pq.write_table(table, path, compression="zstd", use_dictionary=False, write_statistics=False)


WRITERS = {
    "book.pdf": lambda p, text: p.write_bytes(pdf(b"nothing", b"(" + text.encode() + b")")),
    "plain.pdf": lambda p, text: p.write_bytes(pdf(b"(" + text.encode() + b")", packed=False)),
    "tables.xlsx": write_workbook,
    "figure.png": lambda p, text: p.write_bytes(png(text.encode())),
    "records.parquet": write_parquet,
    "objects.inv": lambda p, text: p.write_bytes(inventory(b"a py:module 1 " + text.encode())),
    "page.html": lambda p, text: p.write_text(f"<code>{text}</code>", encoding="utf-8"),
    "chapter.ipynb": lambda p, text: p.write_text(f'{{"source": "x\\n{text}"}}', encoding="utf-8"),
    "fonts.woff2": lambda p, text: p.write_bytes(b"\0\xff" + text.encode()),
}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("/var/scratch/x.csv", "/var/scratch/"),
        ("/home/ada/x.csv", "/home/ada/"),
        ("/srv/project", "/srv/project"),
        ("file:///opt/x", "file:///"),
    ],
)
def test_a_planted_path_is_found_in_every_kind_of_file(edition, name, text, named):
    (edition / "deep").mkdir()
    WRITERS[name](edition / "deep" / name, text)
    assert checks.absolute_paths(edition) == [f"deep/{name} holds the machine's path {named}"]


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/var/scratch/x", "https://example.org/~u/home/ada/x", "../var/scratch/x",
        "10.1002/(SICI)/var/scratch/x", "a-/home/ada/b", "/var/scratchpad/x", "/home/adam/x", "/srv/project-two",
        "https://example.org/srv/project", "/srv/projects", "shoot/home/ada/leaf",
    ],
)  # fmt: skip
def test_a_url_or_a_longer_name_is_no_path_of_the_machine(edition, name, text):
    WRITERS[name](edition / name, text)
    assert checks.absolute_paths(edition) == []


def test_the_stage_that_an_edition_is_made_in_is_found(edition):
    stage = edition.parent
    (edition / "a.txt").write_text(f"read from {stage}/sources/a.ipynb", encoding="utf-8")
    (edition / "b.txt").write_text(f"written to {edition}", encoding="utf-8")
    assert checks.absolute_paths(edition) == [
        f"a.txt holds the machine's path {stage}", f"b.txt holds the machine's path {stage}",
    ]  # fmt: skip


def test_each_path_is_named_once_a_file_in_order(edition):
    (edition / "b.pdf").write_bytes(pdf(b"/home/ada/x", b"/home/ada/y", b"/var/scratch/z"))
    (edition / "a.csv").write_text("n,/home/ada/x\nm,/home/ada/x\n", encoding="utf-8")
    assert checks.absolute_paths(edition) == [
        "a.csv holds the machine's path /home/ada/",
        "b.pdf holds the machine's path /home/ada/",
        "b.pdf holds the machine's path /var/scratch/",
    ]


def test_a_file_that_cannot_be_unpacked_is_a_finding_not_a_pass(edition):
    whole = pdf(b"a long enough stream " * 20)
    cut = whole.replace(zlib.compress(b"a long enough stream " * 20)[-8:], b"")
    assert cut != whole
    (edition / "cut.pdf").write_bytes(cut)
    for name in ("no.xlsx", "no.parquet", "no.inv"):
        (edition / name).write_bytes(b"neither table nor archive")
    found = checks.absolute_paths(edition)
    assert [line.split(":")[0] for line in found] == [
        f"{name} cannot be searched for paths" for name in ("cut.pdf", "no.inv", "no.parquet", "no.xlsx")
    ]


def test_the_root_of_all_folders_tells_nothing_of_a_machine(edition, monkeypatch):
    monkeypatch.setenv("HOME", "/")
    monkeypatch.setattr(paths, "ROOT", paths.Path("/"))
    (edition / "a.js").write_text("// see /usr/share/x", encoding="utf-8")
    assert checks.absolute_paths(edition) == []
