"""What the review reports: its facts arranged for the pages, and its numbers beside ours."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from livingreview import facts, paths, words
from livingreview.analysis import compare, programmes
from livingreview.names.countries import display_name
from livingreview.names.vocabulary import read_vocabulary

_RATES = paths.VOCABULARIES / "exchange-rates.csv"
_RATE_COLUMNS = ("currency", "usd", "year", "note")
Found = Mapping[str, tuple[int | None, tuple[str, ...]]]


class ReportedViews:
    """Facts of the review for the chapters; mixed into a chapter."""

    @property
    def rates(self) -> dict[str, float]:
        """US dollars for one unit of each currency."""
        table = read_vocabulary(_RATES, _RATE_COLUMNS)
        return dict(zip(table["currency"], map(float, table["usd"]), strict=True))

    @property
    def rates_note(self) -> str:
        """What a caption says of the rates."""
        return words.say("labels.rates.note", year=read_vocabulary(_RATES, _RATE_COLUMNS)["year"][0])

    def programmes(self) -> pd.DataFrame:
        """The programmes with their amount in US dollars."""
        return programmes.in_one_currency(facts.load("programmes"), self.rates)

    def compare(self, id: str, kinds: list[str], found: Found) -> None:
        """Show the review's numbers of some kinds beside those found, by key of ``reported``."""
        rows = facts.load("reported")
        rows = rows[rows["kind"].isin(kinds)]
        reported = [
            (row.key, self._quantity(row), row.value if row.availability == "reported" else None)
            for row in rows.itertuples(index=False)
        ]
        cause = "cited_works" if self.is_transcribed else "exports"
        table = compare.beside(
            reported, found, same=words.say("labels.cause.same"),
            unavailable=words.say("labels.cause.unavailable"), cause=words.say(f"labels.cause.{cause}"),
        )  # fmt: skip
        years = {"first year", "turning point", "range"}
        kind = "year" if years.issuperset(kinds) else "text" if years.intersection(kinds) else "count"
        shown = dict.fromkeys(("as_reported", "as_recomputed"), kind)
        self.table(id, table, "quantity", unit="numbers", kinds=shown, text="compared")

    @staticmethod
    def _quantity(row) -> str:
        name = display_name(row.country) if row.kind == "country papers" and row.country else row.subject_en
        name = name or words.say("labels.reported.unnamed")
        return words.say(f"labels.reported.{row.kind.replace(' ', '_')}", name=name, rank=row.rank)

    def found_first_year(self, per_year: pd.DataFrame) -> Found:
        """The first year of the edition, for :meth:`compare`."""
        if per_year.empty:
            return {"first-paper": (None, ())}
        first = per_year.iloc[0]
        return {"first-paper": (int(first["year"]), first["records"])}

    def found_turning_points(self, turns: pd.DataFrame) -> Found:
        """For each turning point that the review asserts, the nearest one found; None if none is."""
        rows = facts.load("reported")
        asserted = rows[rows["kind"] == "turning point"]
        found = {}
        for row in asserted.itertuples(index=False):
            if turns.empty:
                found[row.key] = (None, ())
            else:
                nearest = turns.iloc[(turns["year"] - int(row.value)).abs().argmin()]
                found[row.key] = (int(nearest["year"]), nearest["records"])
        return found

    def found_actors(self) -> Found:
        """Papers of every country and institution that the review names, for :meth:`compare`."""
        countries, institutions = (compare.found_by(t) for t in (self.countries(), self.institutions()))
        rows = facts.load("reported")
        found = {}
        for row in rows.itertuples(index=False):
            if row.kind == "country papers":
                found[row.key] = countries.get(display_name(row.country), (0, ())) if row.country else (None, ())
            elif row.kind == "institution papers":
                found[row.key] = institutions.get(row.subject_en, (0, ()))
        return found

    def advances(self, section: str) -> pd.DataFrame:
        """The advances of a section as the review lists them."""
        table = facts.load("advances")
        table = table[table["section"] == section]
        return table[["id", "institution_en", "country", "technique", "material", "task", "result", "references"]]

    def count_advances(self, section: str) -> pd.DataFrame:
        """How many advances a section lists, from how many institutions: one row."""
        table = facts.load("advances")
        table = table[table["section"] == section]
        institutions = {name for cell in table["institution_en"] for name in facts.split(cell)}
        return pd.DataFrame([{"advances": len(table), "institutions": len(institutions)}])

    def advances_by_direction(self) -> pd.DataFrame:
        """Advances of each direction of the review: ``direction``, ``count``."""
        names = facts.load("directions").set_index("id")["name_en"]
        counts = facts.load("advances").groupby("direction", sort=False).size()
        return pd.DataFrame({"direction": [names[id] for id in counts.index], "count": counts.to_numpy()})

    def printed_matrix(self) -> pd.DataFrame:
        """The cells of table 4 that the text of the review keeps."""
        table = facts.load("table4")
        table = table[table["availability"] == "reported"]
        return table.rename(columns={"row_en": "a", "column_en": "b"})[["a", "b", "papers"]]

    def works_cited_twice(self) -> pd.DataFrame:
        """Works that the reference list holds under more than one number."""
        works = facts.load("works")
        twice = works[works["references"].map(lambda cell: len(facts.split(cell)) > 1)]
        return twice[["work", "references", "title", "journal", "year"]]
