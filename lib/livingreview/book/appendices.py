"""What the appendices show: the account of the import, the query, files and versions."""

from __future__ import annotations

import pandas as pd

from livingreview import facts, words
from livingreview.analysis import account, query_arms
from livingreview.book import origins


class AppendixViews:
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

    def quote_query(self) -> None:
        """The review's query, to the letter."""
        self.quote(facts.query_verbatim())

    def query_arms(self) -> pd.DataFrame:
        """What each arm of the query finds in title, abstract and keywords of the edition."""
        return query_arms.arms_found(facts.query_verbatim(), self.searchable)

    def parameters_table(self) -> pd.DataFrame:
        """The parameters of the edition."""
        given = {name: value or words.say("labels.not_set") for name, value in self.parameters.items()}
        given |= {"data": self.data, "library": self.library}
        return pd.DataFrame({"parameter": list(given), "value": list(given.values())})

    def files_table(self) -> pd.DataFrame:
        """The files of the import with their counts: read = kept + merged + rejected."""
        columns = ["file", "format", "encoding", "bytes", "read", "kept", "merged", "rejected", "sha256"]
        rows = [
            (f.name, f.format, f.encoding, f.bytes, f.read, f.kept, f.merged, f.rejected, f.sha256)
            for f in self.source.ledger.files
        ]
        return pd.DataFrame(rows, columns=columns)

    def findings_table(self) -> pd.DataFrame:
        """Records rejected and fields repaired, each with its place."""
        rows = [(f.kind, f.file, f.line, f.field, f.reason) for f in self.source.ledger.findings if f.kind != "merged"]
        return pd.DataFrame(rows, columns=["kind", "file", "line", "field", "reason"])

    def tell_ledger(self) -> None:
        """Say the totals of the import, and what was noticed of it as a whole."""
        ledger = self.source.ledger
        corpus = tuple(self.source.tables["records"]["record"])
        behind = {"read": corpus, "kept": corpus, "merged": (), "rejected": ()}
        totals = {name: self.number(f"ledger-{name}", ledger.total(name), ids) for name, ids in behind.items()}
        self.tell("edition.ledger", **totals)
        for note in ledger.notes:
            self.tell("edition.note", note=note)

    def facts_table(self) -> pd.DataFrame:
        """The committed data files and their hashes."""
        return pd.DataFrame(origins.data_files(), columns=["file", "sha256"])

    def versions_table(self) -> pd.DataFrame:
        """Versions of Python, of this package and of the packages it names."""
        found = origins.versions()
        return pd.DataFrame({"name": list(found), "version": list(found.values())})
