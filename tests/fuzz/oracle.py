"""What an import must leave behind, whatever it was given.

Either a corpus that opens again, whose ledger closes and in which no sentinel is lost; or a message
that says where, what was expected, what was found and what to do, and nothing written.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from livingreview.corpus.store import open_corpus
from livingreview.errors import InputError

from . import front
from .inputs import Input

OUT = "out"
_MESSAGE = re.compile(r"livingreview: .+: expected .+, found .+\. What to do: .+\.", re.DOTALL)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_PLACE = {"file", "line"}  # of a record: these alone may differ with what stands around it
_UNITED = {"duplicates", "merged_fields", "undecided"}  # tables that tell what was united with a record, not what it says
_LONGEST_MESSAGE = 4000


class Wrong(Exception):
    """What the import did wrong."""


def judge(made: Input, folder: Path, command: front.Import, previous: Path) -> str:
    """Import ``made`` in ``folder`` and return ``corpus`` or ``message``; raises Wrong.

    ``previous`` is a whole corpus that stands at the place of the new one where the input says so.
    The working directory is changed to ``folder``.
    """
    expected = _sentinels(made, command)
    os.chdir(folder)
    if made.previous:
        copy(previous, folder / OUT)
    before, old = names(folder), digest(folder / OUT)
    with front.small_blocks(made.block):
        outcome = front.run(command, made.paths, OUT)
    if outcome.crash:
        raise Wrong(f"an error nobody caught:\n{outcome.crash}")
    for text in (outcome.printed, outcome.message):
        if "Traceback (most recent call last)" in text:
            raise Wrong(f"a traceback was printed:\n{text}")
    if more := names(folder) - before - {OUT}:
        raise Wrong(f"written outside the corpus: {sorted(more)[:5]}")
    if outcome.code == 2:
        _refusal(made, outcome, folder)
        if digest(folder / OUT) != old:
            raise Wrong("refused, and yet something was written or the previous corpus touched")
        return "message"
    if outcome.code != 0:
        raise Wrong(f"exit code {outcome.code}: {outcome.message[-500:]}")
    if found := _CONTROL.search(outcome.message):
        raise Wrong(f"control character {found[0]!r} printed: {outcome.message[:300]!r}")
    _ledger(folder / OUT, outcome.printed)
    if made.opened:
        _opens(folder / OUT)
    kept = rows(folder / OUT)
    for record, theirs in expected.items():
        _compare(record, theirs, kept)
    return "corpus"


def _refusal(made: Input, outcome: front.Outcome, folder: Path) -> None:
    text = outcome.message.strip()
    if not made.may_refuse:
        raise Wrong(f"refused, though every record beside the damage is whole: {text[-600:]}")
    last = text.rpartition("livingreview: ")
    said = "".join(last[1:])
    if not _MESSAGE.fullmatch(said):
        raise Wrong(f"a message without place, expectation, finding or next step: {text[-600:]!r}")
    if len(said) > _LONGEST_MESSAGE:
        raise Wrong(f"a message of {len(said)} characters: {said[:200]!r}...")
    if found := _CONTROL.search(text):
        raise Wrong(f"control character {found[0]!r} printed: {text[:300]!r}")
    if made.named and made.named not in said:
        raise Wrong(f"the message does not name {made.named}: {said!r}")
    if str(folder) in said or "site-packages" in said:
        raise Wrong(f"the message shows a path of the machine: {said!r}")


def _opens(out: Path) -> None:
    try:
        open_corpus(out)
    except InputError as error:
        raise Wrong(f"the corpus does not open: {error}") from error


def tables(out: Path) -> dict[str, pa.Table]:
    """The tables on disk."""
    return {path.stem: pq.read_table(path, use_threads=False) for path in sorted(out.glob("*.parquet"))}


def _ledger(out: Path, printed: str) -> None:
    """The ledger closes, file by file and in all, agrees with the tables and vouches for their content."""
    ledger = json.loads((out / "ledger.json").read_text(encoding="utf-8"))
    totals = dict.fromkeys(("read", "kept", "merged", "rejected"), 0)
    for entry in ledger["files"]:
        if entry["read"] != entry["kept"] + entry["merged"] + entry["rejected"]:
            raise Wrong(f"the ledger does not close: {entry}")
        for name in totals:
            totals[name] += entry[name]
    for name in tables(out):
        if hashlib.sha256((out / f"{name}.parquet").read_bytes()).hexdigest() != ledger["tables"].get(name):
            raise Wrong(f"the ledger does not vouch for table {name}")
    records = pq.read_table(out / "records.parquet", columns=["record", "file"], use_threads=False).to_pydict()
    if len(records["record"]) != totals["kept"] or len(set(records["record"])) != totals["kept"]:
        raise Wrong(f"{totals['kept']} records kept, {len(records['record'])} in the table, {len(set(records['record']))} distinct")
    for entry in ledger["files"]:
        if records["file"].count(entry["name"]) != entry["kept"]:
            raise Wrong(f"{entry['name']}: {entry['kept']} kept, {records['file'].count(entry['name'])} in the table")
    try:
        told = json.loads(printed)["totals"]
    except (ValueError, KeyError, TypeError) as error:
        raise Wrong(f"--json printed no ledger with totals: {printed[:200]!r}") from error
    if {name: told.get(name) for name in totals} != totals:
        raise Wrong(f"--json says {told}, the ledger {totals}")
    if totals["rejected"] and not any((out / "rejected").iterdir()):
        raise Wrong("records were rejected and none saved")


Rows = dict[str, dict[str, list[tuple]]]


def rows(out: Path) -> Rows:
    """The rows of every table by record, without the place in the file."""
    found: Rows = {}
    for kind, table in tables(out).items():
        if kind in _UNITED or "record" not in table.column_names:
            continue
        keys = table["record"].to_pylist()
        names = [name for name in table.column_names if name not in _PLACE]
        columns = [table[name].to_pylist() for name in names]
        for key, *row in zip(keys, *columns, strict=True):
            found.setdefault(key, {}).setdefault(kind, []).append(tuple(row))
    return found


def _compare(record: str, expected: dict[str, list[tuple]], kept: Rows) -> None:
    if record not in kept:
        raise Wrong(f"lost neighbour: {record}, {expected['records'][0]}")
    for table in sorted({*expected, *kept[record]}):
        if expected.get(table) != kept[record].get(table):
            raise Wrong(
                f"changed neighbour: {record}, table {table}\nalone:  {expected.get(table)}\namong:  {kept[record].get(table)}"
            )


_alone: dict[tuple, Rows] = {}


def _sentinels(made: Input, command: front.Import) -> dict[str, dict[str, list[tuple]]]:
    """The sentinels as they are when imported alone, by record, in the order of the file."""
    if made.alone is None or not made.sentinels:
        return {}
    name, content = made.alone
    key = (command, name, hashlib.sha256(content).digest())
    if key not in _alone:
        with tempfile.TemporaryDirectory() as place:
            os.chdir(place)
            Path("in").mkdir()
            Path("in", name).write_bytes(content)
            for companion, text in made.beside.items():
                Path("in", companion).write_text(text, encoding="utf-8")
            outcome = front.run(command, ["in"], OUT)
            if outcome.code or outcome.crash:
                raise Wrong(f"an undamaged {name} was refused: {outcome.crash or outcome.message}")
            _alone[key] = rows(Path(OUT))
            os.chdir("/")
        if len(_alone[key]) != 2:
            raise Wrong(f"an undamaged {name} of 2 records gave {len(_alone[key])}")
    found = list(_alone[key].items())
    return dict(found[place] for place in made.sentinels)


def names(folder: Path) -> set[str]:
    """Everything in a folder but the corpus, by name; links are not followed."""
    found = set()
    for place, folders, files in os.walk(folder):
        if Path(place) == folder and OUT in folders:
            folders.remove(OUT)
        found |= {os.path.relpath(os.path.join(place, name), folder) for name in folders + files}
    return found


def digest(folder: Path) -> str:
    """The content of a corpus folder; empty where there is none."""
    total = hashlib.sha256()
    if not folder.exists():
        return ""
    for path in sorted(folder.rglob("*")):
        total.update(f"{path.relative_to(folder)}\0{path.is_file()}\0".encode("utf-8", "surrogateescape"))
        if path.is_file():
            total.update(path.read_bytes())
    return total.hexdigest()


def copy(source: Path, target: Path) -> None:
    """A copy of a corpus folder."""
    shutil.copytree(source, target)
