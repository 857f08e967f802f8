"""Damaged inputs give a ledger that closes or a message; and the oracle that says so can tell otherwise."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from fuzz import bad, front, inputs, oracle, shapes, workbooks, works
from fuzz.runner import Pool

SEED, INPUTS = 20261121, 300
QUOTED = works.MIDDLE[4]


def test_three_hundred_damaged_inputs(tmp_path):
    verdicts, failures = Counter(), []

    def each(found):
        verdicts[found["verdict"]] += 1
        if found["verdict"] == "failure":
            failures.append(f"make fuzz SEED={SEED} ONLY={found['number']}: {found['what']}: {found['why'][-1500:]}")

    Pool(SEED, tmp_path).run(range(INPUTS), each)
    assert failures == []
    assert sum(verdicts.values()) == INPUTS
    # Neither can be had for nothing: not by refusing everything, nor by taking anything.
    assert verdicts["corpus"] > INPUTS // 2 and verdicts["message"] > INPUTS // 50


def test_the_same_seed_makes_the_same_inputs(tmp_path):
    def made(place):
        found = {}
        for number in range(60):
            one = inputs.make(7, number, tmp_path / place / str(number))
            files = sorted(p for p in (tmp_path / place / str(number)).rglob("*") if p.is_file() and not p.is_symlink())
            found[number] = one, [(p.relative_to(tmp_path / place), p.read_bytes()) for p in files]
        return found

    first = made("a")
    assert first == made("b")
    assert len({one.what for one, _ in first.values()}) > 40


@pytest.fixture(scope="module")
def previous(tmp_path_factory):
    folder = tmp_path_factory.mktemp("previous")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        Path("a.txt").write_bytes(shapes.wos_text([works.MIDDLE[0]]).content())
        assert front.run(front.livingreview_import, ["a.txt"], "out").code == 0
    return folder / "out"


def judged(tmp_path, monkeypatch, older, command, **more):
    """What the oracle says of an import of one undamaged file: the sentinels, a record in quotation marks between."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    works_in = [works.HEAD, works.MIDDLE[5], QUOTED, works.MIDDLE[5] | {"UT": "WOS:000000000000016", "TI": "Another"}, works.LAST]
    (tmp_path / "in" / "a.txt").write_bytes(shapes.wos_text(works_in).content())
    alone = shapes.wos_text([works.HEAD, works.LAST]).content()
    made = inputs.Input("hand-made", alone=("a.txt", alone), sentinels=(0, 1), **{"may_refuse": False} | more)
    return oracle.judge(made, tmp_path, command, older)


def test_a_good_import_passes(tmp_path, monkeypatch, previous):
    assert judged(tmp_path, monkeypatch, previous, front.livingreview_import, previous=True) == "corpus"


@pytest.mark.parametrize(
    ("command", "seen"),
    [
        (bad.crashing, "KeyError"),
        (bad.forgetful, "lost neighbour"),
        (bad.garbling, "changed neighbour"),
        (bad.miscounting, "does not vouch"),
        (bad.boasting, "--json says"),
        (bad.lazy, "refused, though"),
        (bad.straying, "written outside"),
    ],
)
def test_a_bad_import_is_caught(tmp_path, monkeypatch, previous, command, seen):
    with pytest.raises(oracle.Wrong, match=seen):
        judged(tmp_path, monkeypatch, previous, command)


@pytest.mark.parametrize(
    ("command", "more", "seen"),
    [
        (bad.silent, {}, "without place"),
        (bad.untidy, {}, "something was written"),
        (bad.untidy, {"previous": True}, "previous corpus touched"),
        (bad.lazy, {"named": "another.txt"}, "does not name another.txt"),
    ],
)
def test_a_bad_message_is_caught(tmp_path, monkeypatch, previous, command, more, seen):
    # As where a file may be refused: no sentinel is asked for.
    def asked(paths, out):
        return command(paths, out)

    monkeypatch.setattr(oracle, "_sentinels", lambda made, command: {})
    with pytest.raises(oracle.Wrong, match=seen):
        judged(tmp_path, monkeypatch, previous, asked, may_refuse=True, **more)


def run_bad(tmp_path, command, numbers, seconds):
    """Verdicts of one worker on a bad import, and the folder of failures."""
    work, failures, found = tmp_path / "work", tmp_path / "failures", []
    work.mkdir()
    failures.mkdir()
    Pool(SEED, work, f"fuzz.bad:{command}", workers=1, seconds=seconds, memory=600, failures=failures).run(numbers, found.append)
    assert [one["number"] for one in found] == numbers
    assert list(work.glob("[0-9]*")) == []
    assert sorted(p.parent.name for p in failures.glob("*/verdict.json")) == [f"seed-{SEED}-input-{numbers[0]}"]
    return found


def test_a_hang_is_caught_and_the_next_input_judged_by_another_worker(tmp_path):
    hung, next_one = run_bad(tmp_path, "hanging", with_and_without_marks(tmp_path), 1.5)
    assert hung["verdict"] == "failure" and "hang" in hung["why"] and "in hanging" in hung["why"]
    assert next_one["verdict"] == "corpus"


@pytest.mark.parametrize(("command", "seen"), [("dying", "the process died"), ("greedy", "MB of memory")])
def test_a_worker_that_dies_or_hoards_is_caught(tmp_path, command, seen):
    (found,) = run_bad(tmp_path, command, with_and_without_marks(tmp_path)[:1], 15)
    assert found["verdict"] == "failure" and seen in found["why"]


def with_and_without_marks(tmp_path):
    """An input whose text has a quotation mark, and one that has none; both with nothing in it that takes long."""
    found = {}
    for number in range(200):
        folder = tmp_path / "look" / str(number)
        made = inputs.make(SEED, number, folder)
        text = b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
        if made.what.startswith("wos-text") and made.sentinels == (0, 1) and not made.previous:
            found.setdefault(b'"' in text, number)
        shutil.rmtree(folder)
        if len(found) == 2:
            return [found[True], found[False]]
    raise AssertionError("no such inputs")


@pytest.mark.parametrize("name", sorted(shapes.SHAPES))
def test_sentinels_are_read_as_written(tmp_path, monkeypatch, name):
    """Else the oracle would hold an import to what it misread in the first place."""
    monkeypatch.chdir(tmp_path)
    write, file, variants = shapes.SHAPES[name]
    for number, variant in enumerate(variants):
        Path(file).write_bytes(write([works.HEAD, works.LAST], **variant).content())
        Path(shapes.MAPPING_NAME).write_text(shapes.MAPPING, encoding="utf-8")
        outcome = front.run(front.livingreview_import, [file, shapes.MAPPING_NAME], f"out{number}")
        assert outcome.code == 0, outcome.message + outcome.crash
        _sentinels_are_right(Path(f"out{number}"))


@pytest.mark.parametrize("write", ["xlsx", "xls"])
def test_sentinels_of_workbooks_are_read_as_written(tmp_path, monkeypatch, write):
    monkeypatch.chdir(tmp_path)
    Path("a.xls").write_bytes(getattr(workbooks, write)(workbooks.rows([works.HEAD, works.LAST])))
    outcome = front.run(front.livingreview_import, ["a.xls"], "out")
    assert outcome.code == 0, outcome.message + outcome.crash
    _sentinels_are_right(Path("out"))


def _sentinels_are_right(out):
    from livingreview.corpus.store import open_corpus

    tables = open_corpus(out).tables
    records = tables["records"]
    assert list(records.title) == [works.HEAD["TI"], works.LAST["TI"]]
    assert list(records.doi) == [works.HEAD["DI"], works.LAST["DI"]]
    assert list(records.issue_year) == [2019, 2021]
    assert list(records.volume) == ["7", "40"]
    counts = tables["authors"].groupby("record", sort=False).size()
    assert list(counts) == [2, 1]
