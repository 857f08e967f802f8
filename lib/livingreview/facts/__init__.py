"""The facts of the review, the editorial and the query, as checked tables."""

from livingreview.facts.loader import lines_of, load, read_table, split, tables
from livingreview.facts.query import query_repaired, query_verbatim

__all__ = ["lines_of", "load", "query_repaired", "query_verbatim", "read_table", "split", "tables"]
