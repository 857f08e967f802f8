"""Duplicates within and across sources: found by stated rules, decided by people where rules end.

:func:`find` gives clusters with their winners and lists what is undecided; :func:`read_decisions`
and :func:`to_csv` are the file in which a person decides; :func:`merge_record` fills the winner
from the others, field by field.
"""

from livingreview.corpus.duplicates.decisions import Decision, Undecided, read_decisions, recognises, to_csv
from livingreview.corpus.duplicates.finding import COLUMNS, find
from livingreview.corpus.duplicates.found import CRITERIA, SOURCE_ORDER, Cluster, Found, Member
from livingreview.corpus.duplicates.judge import LISTED, THRESHOLD
from livingreview.corpus.duplicates.merging import Change, merge_record

__all__ = [
    "COLUMNS",
    "CRITERIA",
    "LISTED",
    "SOURCE_ORDER",
    "THRESHOLD",
    "Change",
    "Cluster",
    "Decision",
    "Found",
    "Member",
    "Undecided",
    "find",
    "merge_record",
    "read_decisions",
    "recognises",
    "to_csv",
]
