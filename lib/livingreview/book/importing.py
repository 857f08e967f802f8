"""What the appendix on the import shows: files, formats, findings, merged and undecided records."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from livingreview import words
from livingreview.analysis import importing
from livingreview.book.normal_form import not_carried
from livingreview.corpus.ledger import REJECTED, REPAIRED, TOTALS, Finding

# Longer lists are cut; the ledger and the tables of the corpus beside the book hold them whole.
LISTED = 5_000
_NOTES = 20
_LEDGER = "corpus/ledger.json"


class ImportViews:
    """The ledger of the import; mixed into a chapter."""

    def tell_ledger(self) -> None:
        """Say that the sums of the import close, and whether files announced what was read."""
        ledger = self.source.ledger
        corpus = tuple(self.source.tables["records"]["record"])
        behind = dict.fromkeys(TOTALS, ()) | {"kept": corpus}
        totals = {
            name: self.number(f"import-{name}", ledger.total(name), behind[name], unit="records") for name in TOTALS
        }
        self.tell(f"import.{'transcribed' if self.is_transcribed else 'exports'}", **totals)
        speaking, otherwise = importing.announced_otherwise(ledger.files)
        if otherwise:
            number = self.number("import-announced-otherwise", otherwise, unit="files")
            self.tell("import.announced.otherwise", files=number)
        elif speaking:
            self.tell("import.announced.same")

    def ledger_table(self) -> pd.DataFrame:
        """Every file of the import with its counts, their sums as the last row."""
        files, records = self.source.ledger.files, self.source.tables["records"]
        return importing.per_file(files, records, words.say("labels.all_files"))

    def show_ledger(self) -> None:
        """Show the counts of the files, then what each file is; the CSV of the first holds all."""
        table = self.ledger_table()
        counts = ["file", *importing.COUNTS]
        silent = [name for name in ("source", "announced") if not len(table[name].replace("", pd.NA).dropna())]
        beyond = [name for name in table if name not in counts and name != "records"]
        self.table("import-ledger", table, "file", unit="records", hide=[*beyond, *silent])
        identity = table[["file", "source", "format", "encoding", "bytes", "sha256"]].iloc[:-1]
        self.table("import-files", identity, "file", unit="files", counting="each", hide=silent)

    def tell_notes(self) -> None:
        """Say what was noticed of the import as a whole, such as a gap between numbered parts."""
        notes = self.source.ledger.notes
        for note in notes[:_NOTES]:
            self.tell("import.note", note=note)
        if not notes:
            self.tell("import.no_note")
        elif len(notes) > _NOTES:
            more = self.number("import-more-notes", len(notes) - _NOTES, unit="notes")
            self.tell("import.more_notes", more=more, where=_LEDGER)

    def not_carried_table(self) -> pd.DataFrame:
        """Tags that some format of this import cannot hold, and which formats these are."""
        return not_carried(importing.per_format(self.source.ledger.files))

    def show_not_carried(self) -> None:
        """Show what the formats have no room for; a reference list has its own sentence."""
        if self.is_transcribed:
            return self.tell("import.reference_list")
        self.table("import-not-carried", self.not_carried_table(), "tag", unit="tags", counting="each")

    def show_rejected(self) -> None:
        """Show the records that could not be read."""
        self._findings("import-rejected", self.source.ledger.of_kind(REJECTED), "corpus/rejected")

    def show_repaired(self) -> None:
        """Show the fields that were read otherwise than they stand: what was done, then each of them."""
        repaired = self.source.ledger.of_kind(REPAIRED)
        self.table("import-repairs", importing.repairs(repaired), ["file", "field", "reason"], unit="findings")
        if repaired:
            self._findings("import-repaired", repaired, _LEDGER)

    def _findings(self, id: str, findings: Sequence[Finding], where: str) -> None:
        shown = importing.located(findings[:LISTED])
        self._list(id, shown, len(findings), ["file", "line", "field"], where, "findings")

    def show_merged(self) -> None:
        """Show which records were merged and why, and what the kept ones gained."""
        tables = self.source.tables
        duplicates, fields = tables["duplicates"], tables["merged_fields"]
        if duplicates.empty:
            return self.tell("import.merged.absent")
        merged = self.number("import-merged-records", len(duplicates), unit="records")
        kept = tuple(sorted(set(duplicates["record"])))
        clusters = self.number("import-clusters", len(kept), kept, unit="records")
        self.tell("import.merged.present", merged=merged, clusters=clusters)
        reasons = _named(importing.by_reason(duplicates), "reason", "merged_for")
        self.table("import-clusters", reasons, "reason", unit="records")
        shown = importing.merged_records(duplicates.head(LISTED), tables["records"])
        shown = _named(_named(shown, "reason", "merged_for"), "won_by", "won_by")
        hide = ["member", "linked_to", "source"]
        self._list("import-merged", shown, len(duplicates), "member", "corpus/duplicates.parquet", "records", hide=hide)
        self.table("import-fields", importing.per_field(fields), "field", unit="fields")
        if len(fields):
            changed = _named(importing.changed_fields(fields.head(LISTED)), "kind", "merged_field")
            where = "corpus/merged_fields.parquet"
            self._list("import-changed", changed, len(fields), ["member", "field"], where, "fields", hide=["member"])

    def show_undecided(self) -> None:
        """Show the pairs that a person has to decide, and how."""
        tables = self.source.tables
        found = tables["undecided"]
        if found.empty:
            return self.tell("import.undecided.absent")
        pairs = self.number("import-undecided", len(found), unit="pairs")
        self.tell("import.undecided.present", pairs=pairs)
        shown = importing.undecided_pairs(found.head(LISTED), tables["records"])
        shown = _named(shown, "reason", "merged_for")
        self._list("import-undecided", shown, len(found), ["record", "other"], "corpus/undecided.csv", "pairs")

    def _list(self, id: str, frame: pd.DataFrame, all: int, key, where: str, unit: str, **options) -> None:
        """A table that may be cut, with a sentence that says so and where the rest is."""
        self.table(id, frame, key, unit=unit, counting="each", **options)
        if all > len(frame):
            listed = self.number(f"{id}-listed", len(frame), unit=unit)
            whole = self.number(f"{id}-all", all, unit=unit)
            self.tell("import.cut", listed=listed, whole=whole, where=where)


def _named(table: pd.DataFrame, column: str, labels: str) -> pd.DataFrame:
    """The table with the values of a column in words."""
    known = {value: words.say(f"labels.{labels}.{value}") for value in sorted(set(table[column])) if value}
    return table.assign(**{column: [known.get(value, "") for value in table[column]]})
