"""What the appendices show: the flow of records, the query, data files and versions."""

from __future__ import annotations

import pandas as pd

from livingreview import facts, words
from livingreview.analysis import account, query_arms
from livingreview.book import origins
from livingreview.book.importing import ImportViews
from livingreview.book.normal_form import NormalFormViews


class AppendixViews(ImportViews, NormalFormViews):
    """Tables on the edition itself; mixed into a chapter."""

    def flow(self) -> pd.DataFrame:
        """The flow of records, from those read to those of the edition."""
        ledger, selection = self.source.ledger, self.selection
        apart = () if selection.window.is_open else selection.undated
        table = account.flow(
            ledger.total("read"), ledger.total("merged"), ledger.total("rejected"),
            selection.outside, apart, selection.kept,
        )  # fmt: skip
        # What was merged or rejected has no record of its own; what was read became the corpus.
        table.loc[table["step"] == "read", "records"] = table.loc[table["step"] == "corpus", "records"].to_numpy()
        table["step"] = [words.say(f"labels.flow.{step}") for step in table["step"]]
        return table

    def quote_query(self, repaired: bool = False) -> None:
        """The review's query to the letter, or as this project repairs it."""
        self.quote(facts.query_repaired() if repaired else facts.query_verbatim())

    def _query_parts(self, query: str) -> pd.DataFrame:
        return query_arms.parts_found(query, self.searchable, self.records, self.tables["categories"])

    def query_arms(self) -> pd.DataFrame:
        """What each technique term and each arm on materials of the printed query finds on its own."""
        found = self._query_parts(facts.query_verbatim())
        return found[found["part"].isin(query_arms.PARTS[:2])][["name", "papers", "records"]]

    def query_compared(self) -> pd.DataFrame:
        """Groups, clauses and the whole query, as printed and as repaired."""
        both = (self._query_parts(q) for q in (facts.query_verbatim(), facts.query_repaired()))
        table = query_arms.compared(*both)
        table["part"] = [words.say(f"labels.query_parts.{part}") for part in table["part"]]
        return table.drop(columns="name").rename(columns={"papers": "verbatim"})

    def parameters_table(self) -> pd.DataFrame:
        """The parameters of the edition."""
        given = {name: value or words.say("labels.not_set") for name, value in self.parameters.items()}
        given |= {"data": self.data, "library": self.library}
        return pd.DataFrame({"parameter": list(given), "value": list(given.values())})

    def facts_table(self) -> pd.DataFrame:
        """The committed data files and their hashes."""
        return pd.DataFrame(origins.data_files(), columns=["file", "sha256"])

    def versions_table(self) -> pd.DataFrame:
        """Versions of Python, of this package and of the packages it names."""
        found = origins.versions()
        return pd.DataFrame({"name": list(found), "version": list(found.values())})
