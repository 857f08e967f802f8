"""An import killed at any point leaves the previous corpus whole, or the new one, and the next import runs."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fuzz import shapes, works
from livingreview.corpus.store import open_corpus

TESTS = Path(__file__).resolve().parents[1]

SEED = 4
KILLED = -signal.SIGKILL


class Imports:
    """Imports in children of a process that has loaded all it needs."""

    def __init__(self, folder):
        self.folder = folder
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "fuzz.killable"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=environment, cwd=folder, text=True,
        )  # fmt: skip
        assert self._process.stdout.readline() == "ready\n"

    def run(self, name, delay=None, event=None, exchange=True):
        """Import an export; kill it after a delay, or at an event. Returns exit status and events gone through.

        ``exchange`` false: as on a system that cannot exchange two names in one step.
        """
        request = {"arguments": ["import", str(self.folder / name), "--out", str(self.folder / "place" / "out"), "--json"]}
        request |= {"near": str(self.folder / "place"), "event": event, "delay": delay, "exchange": exchange}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return answer["status"], answer["seen"]

    def close(self):
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()


def export(first, count):
    """An export long enough that a kill can hit any part of its import."""
    made = [works.MIDDLE[n % 7] | {"UT": f"WOS:{first + n:015d}", "DI": f"10.5555/{first + n}", "TI": f"{first + n} is its title"} for n in range(count)]
    return shapes.wos_text(made).content()


@pytest.fixture(scope="module")
def imports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("killed")
    (folder / "place").mkdir()
    (folder / "old.txt").write_bytes(export(1, 20) + export(1, 1).replace(b"ER\n", b""))
    (folder / "new.txt").write_bytes(export(5001, 150))
    running = Imports(folder)
    yield running
    running.close()


@pytest.fixture
def hashes(imports):
    """The data hashes of the old and the new corpus; the old one stands at its place."""
    found = []
    for name in ("new.txt", "old.txt"):
        assert imports.run(name)[0] == 0
        found.append(open_corpus(imports.folder / "place" / "out").data_hash)
    assert found[0] != found[1]
    return {"new": found[0], "old": found[1]}


def after_a_kill(imports, hashes):
    """Which corpus is there, opened with all its checks; then the next import, which leaves nothing beside it."""
    place = imports.folder / "place"
    found = open_corpus(place / "out").data_hash
    assert found in hashes.values()
    assert imports.run("old.txt")[0] == 0
    assert open_corpus(place / "out").data_hash == hashes["old"]
    assert [path.name for path in place.iterdir()] == ["out"]
    return next(name for name, value in hashes.items() if value == found)


def test_killed_after_any_time(imports, hashes):
    start = time.perf_counter()
    assert imports.run("new.txt")[0] == 0
    whole = time.perf_counter() - start
    assert imports.run("old.txt")[0] == 0
    rng, killed = random.Random(SEED), 0
    for number in range(10):
        status, _ = imports.run("new.txt", delay=whole * (number + rng.random()) / 10)
        found = after_a_kill(imports, hashes)
        assert status in (KILLED, 0)
        killed += status == KILLED
        if status == 0:
            assert found == "new"
    assert killed >= 5


def test_killed_at_any_step_of_the_promotion(imports, hashes):
    status, seen = imports.run("new.txt")
    assert status == 0 and len(seen) > 20
    assert imports.run("old.txt")[0] == 0
    # Every step but the many by which the old corpus is cleared away, file by file: of these the first, one between, the last.
    cleared = [n for n, event in enumerate(seen, start=1) if event == "os.remove"]
    steps = sorted({*range(1, len(seen) + 1)} - {*cleared} | {cleared[0], cleared[len(cleared) // 2], cleared[-1]})
    found = []
    for step in steps:
        status, _ = imports.run("new.txt", event=step)
        assert status == 9, f"step {step} of {len(seen)} was not reached"
        found.append(after_a_kill(imports, hashes))
    # Old up to one step, new from there on.
    assert found == sorted(found, reverse=True) and set(found) == {"old", "new"}


def test_killed_where_names_cannot_be_exchanged(imports, hashes):
    """Two renames then: between them the old corpus stands aside, whole, and the next import finds it."""
    place = imports.folder / "place"
    _, seen = imports.run("new.txt", exchange=False)
    for step in [n for n, event in enumerate(seen, start=1) if event == "os.rename"]:
        assert imports.run("old.txt")[0] == 0
        assert imports.run("new.txt", event=step, exchange=False)[0] == 9
        whole = [folder for folder in place.iterdir() if (folder / "ledger.json").is_file()]
        assert {open_corpus(folder).data_hash for folder in whole} <= {*hashes.values()} and whole
        # An import that comes to nothing gives the old one back, too.
        assert imports.run("missing.txt")[0] == 2
        assert open_corpus(place / "out").data_hash in hashes.values()


def test_killed_where_no_corpus_was(imports, hashes):
    place = imports.folder / "place"
    _, seen = imports.run("new.txt")
    rng = random.Random(SEED)
    for step in sorted(rng.sample(range(1, len(seen)), 4)):
        for path in place.iterdir():
            path.rename(imports.folder / f"away-{step}-{path.name}")
        imports.run("new.txt", event=step)
        if (place / "out").exists():
            assert open_corpus(place / "out").data_hash == hashes["new"]
        assert imports.run("old.txt")[0] == 0
        assert [path.name for path in place.iterdir()] == ["out"]
    assert open_corpus(place / "out").data_hash == hashes["old"]
