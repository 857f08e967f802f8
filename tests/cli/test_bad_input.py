"""Bad input: one clear message, exit code 2, nothing written."""

import pytest

from livingreview.cli import main

RECORD = """PT J
AU Wu, S
TI Polymers
PY {year}
PD {month}
UT WOS:00000000000000{number}
ER

"""


def export(*records, end="EF\n"):
    return "FN Clarivate Analytics Web of Science\nVR 1.0\n" + "".join(records) + end


@pytest.fixture
def good(tmp_path):
    folder = tmp_path / "good"
    folder.mkdir()
    rows = [RECORD.format(year=2019, month="JUN", number=1), RECORD.format(year=2021, month="MAR", number=2)]
    (folder / "savedrecs.txt").write_text(export(*rows), encoding="utf-8")
    return folder


def refused(capsys, out, *arguments):
    """Run ``livingreview build``; returns the one line it says."""
    before = sorted(p for p in out.parent.rglob("*"))
    code = main(["build", *map(str, arguments), "--out", str(out)])
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("livingreview:")]
    assert code == 2
    assert len(said) == 1 and "Traceback" not in said[0]
    assert "expected" in said[0] and "found" in said[0] and "What to do" in said[0]
    assert sorted(p for p in out.parent.rglob("*")) == before
    return said[0]


def test_missing_and_empty_folder(capsys, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "nowhere" in refused(capsys, tmp_path / "out", "--corpus", tmp_path / "nowhere")
    assert "empty" in refused(capsys, tmp_path / "out", "--corpus", tmp_path / "empty")


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("paper.txt", b"%PDF-1.7\n...", "PDF"),
        ("plot.txt", b"\x89PNG\r\n\x1a\n0000", "PNG"),
        ("savedrecs.txt", b"<!DOCTYPE html><html><body>Session expired</body></html>", "HTML"),
        ("notes.txt", b"Dear all,\nplease find attached", "notes.txt"),
        ("savedrecs.txt", b"", "empty"),
    ],
)
def test_a_file_that_is_no_export_is_named(capsys, tmp_path, good, name, content, named):
    (good / ("x-" + name)).write_bytes(content)
    assert named in refused(capsys, tmp_path / "out", "--corpus", good)


def test_a_truncated_export_says_what_was_read_and_where_it_broke(capsys, tmp_path):
    text = export(RECORD.format(year=2019, month="JUN", number=1), end="") + "PT J\nAU Li, X\nTI Broken in the mid"
    (tmp_path / "cut.txt").write_text(text, encoding="utf-8")
    said = refused(capsys, tmp_path / "out", "--corpus", tmp_path / "cut.txt")
    # Two lines of header, eight of the first record; the second begins in line 11 and ends in line 13.
    assert "1 " in said and "11" in said and "13" in said


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--from", "2020-05", "--to", "2020-01"), "2020-01"),
        (("--from", "2020"), "'2020'"),
        (("--to", "2020-13"), "'2020-13'"),
        (("--from", "1950-01", "--to", "1960-12"), "2019-06 to 2021-03"),
        (("--lang", "xx"), "'xx'"),
    ],
)
def test_bad_options(capsys, tmp_path, good, arguments, named):
    assert named in refused(capsys, tmp_path / "out", "--corpus", good, *arguments)


def test_an_unknown_corpus_names_the_known_ones(capsys, tmp_path):
    assert "cited-works" in refused(capsys, tmp_path / "out", "--corpus", "cited-work")
    assert "cited-works" in refused(capsys, tmp_path / "out", "--corpus", "")


def test_an_unknown_option_is_refused(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["build", "--colour", "red"])
    assert stop.value.code == 2
    assert "--colour" in capsys.readouterr().err


def test_an_output_folder_with_other_files_is_left_alone(capsys, tmp_path, good):
    out = tmp_path / "thesis"
    out.mkdir()
    (out / "chapter.docx").write_text("x")
    assert "other files" in refused(capsys, out, "--corpus", good)


def test_help_has_examples_and_exit_codes(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["build", "--help"])
    said = capsys.readouterr().out
    assert stop.value.code == 0 and "examples:" in said and "--from 2016-01" in said and "exit codes" in said
