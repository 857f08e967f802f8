"""How good the search is: precision and recall on pairs labelled by hand.

The pairs of odd works were there to choose rules and thresholds; those of even works only to
measure. ``python -m livingreview.corpus.duplicates.measure`` prints both halves.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field

import pyarrow as pa

from livingreview import paths
from livingreview.corpus.duplicates.finding import COLUMNS, find
from livingreview.corpus.duplicates.judge import LISTED, THRESHOLD
from livingreview.facts.sidecar import read_checked

PAIRS = paths.DATA / "duplicates" / "pairs.csv"
TUNING, TEST = "tuning", "test"
MERGED, LISTED_ONLY, APART = "merged", "listed", "apart"


@dataclass(frozen=True)
class Measured:
    """Counts of labelled pairs by what became of them.

    ``outcomes`` counts (kind, label, outcome), outcome one of 'merged', 'listed' for a decision and
    'apart'; ``missed`` names pairs labelled 'same' and not merged, ``wrong`` those labelled
    'different' and merged.
    """

    outcomes: Counter = field(default_factory=Counter)
    missed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    def count(self, label: str, outcome: str) -> int:
        """Pairs with this label and outcome, over all kinds of case."""
        return sum(n for (_, l, o), n in self.outcomes.items() if (l, o) == (label, outcome))

    @property
    def precision(self) -> float:
        """Share of the merged pairs that are labelled 'same'; 1 where none was merged."""
        right, wrong = self.count("same", MERGED), self.count("different", MERGED)
        return right / (right + wrong) if right + wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the pairs labelled 'same' that were merged without a person."""
        all_same = sum(self.count("same", outcome) for outcome in (MERGED, LISTED_ONLY, APART))
        return self.count("same", MERGED) / all_same if all_same else 1.0

    @property
    def seen(self) -> float:
        """Share of the pairs labelled 'same' that were merged or listed for a decision."""
        all_same = sum(self.count("same", outcome) for outcome in (MERGED, LISTED_ONLY, APART))
        return 1 - self.count("same", APART) / all_same if all_same else 1.0


def pairs() -> list[dict[str, str]]:
    """The labelled pairs, a dict a row; InputError where the file is not what its sidecar says."""
    return list(csv.DictReader(io.StringIO(read_checked(PAIRS).decode("utf-8"), newline="")))


def half_of(pair: dict[str, str]) -> str:
    """'tuning' for pairs of an odd work, 'test' for those of an even one.

    >>> half_of({"work": "07"}), half_of({"work": "12"})
    ('tuning', 'test')
    """
    return TUNING if int(pair["work"]) % 2 else TEST


def table_of(pair: dict[str, str]) -> pa.Table:
    """The two records of a pair as the keys that :func:`find` wants, named 'a' and 'b'."""
    rows = []
    for side in "ab":
        row = {name: pair.get(f"{side}_{name}", "") for name in COLUMNS}
        filled = sum(bool(value) for value in row.values())
        year = int(row["year"]) if row["year"] else None
        rows.append(row | {"record": side, "year": year, "complete": filled})
    types = {"year": pa.int64(), "complete": pa.int64()}
    return pa.table({name: pa.array([row[name] for row in rows], types.get(name, pa.string())) for name in COLUMNS})


def outcome_of(pair: dict[str, str], threshold: float = THRESHOLD, listed: float = LISTED) -> str:
    """What :func:`find` makes of a pair: 'merged', 'listed' or 'apart'."""
    found = find(table_of(pair), threshold=threshold, listed=listed)
    return MERGED if found.clusters else LISTED_ONLY if found.undecided else APART


def measure(half: str, threshold: float = THRESHOLD, listed: float = LISTED) -> Measured:
    """The outcomes of one half of the labelled pairs."""
    outcomes: Counter = Counter()
    missed, wrong = [], []
    for pair in pairs():
        if half_of(pair) != half:
            continue
        outcome = outcome_of(pair, threshold, listed)
        outcomes[pair["kind"], pair["label"], outcome] += 1
        if pair["label"] == "same" and outcome != MERGED:
            missed.append(pair["pair"])
        if pair["label"] == "different" and outcome == MERGED:
            wrong.append(pair["pair"])
    return Measured(outcomes, tuple(missed), tuple(wrong))


def report(half: str, measured: Measured) -> str:
    """A half as lines of text: precision, recall, and a row a kind of case."""
    lines = [
        f"{half} half: {sum(measured.outcomes.values())} pairs, precision {measured.precision:.3f}, "
        f"recall {measured.recall:.3f}, merged or listed {measured.seen:.3f}",
        f"{'kind':<20}{'label':<11}{'merged':>7}{'listed':>7}{'apart':>7}",
    ]
    for kind, label in sorted({key[:2] for key in measured.outcomes}):
        counts = "".join(f"{measured.outcomes[kind, label, o]:>7}" for o in (MERGED, LISTED_ONLY, APART))
        lines.append(f"{kind:<20}{label:<11}{counts}")
    lines.append(f"not merged though one work: {', '.join(measured.missed) or 'none'}")
    lines.append(f"merged though two works: {', '.join(measured.wrong) or 'none'}")
    return "\n".join(lines)


def main() -> None:
    """Print both halves, and how the tuning half stands at other thresholds."""
    for half in (TUNING, TEST):
        print(report(half, measure(half)), end="\n\n")
    print(f"threshold on the tuning half (in use: {THRESHOLD})")
    for percent in range(84, 101, 2):
        at = measure(TUNING, percent / 100, min(LISTED, percent / 100))
        print(f"{percent / 100:.2f}  precision {at.precision:.3f}  recall {at.recall:.3f}")


if __name__ == "__main__":
    main()
