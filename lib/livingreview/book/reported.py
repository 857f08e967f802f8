"""What the review reports: its facts arranged for the pages, and its numbers beside ours."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from livingreview import facts, paths, words
from livingreview.analysis import compare, programmes
from livingreview.analysis.actors import joint_papers
from livingreview.analysis.themes import themes_in_corpus
from livingreview.names.countries import display_name
from livingreview.names.vocabulary import read_vocabulary

_RATES = paths.VOCABULARIES / "exchange-rates.csv"
_RATE_COLUMNS = ("currency", "usd", "year", "note")
_ACTORS = {"country papers", "institution papers"}
_YEARS = {"first year", "turning point", "range"}
# A turning point found this many years off still counts as the one asserted.
NEAR = 2
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
        """The programmes with period and amount as a reader of English writes them, and in US dollars.

        Adds ``period`` and ``amount_given`` (text) and ``amount_usd`` (Int64).
        """
        table = programmes.in_one_currency(facts.load("programmes"), self.rates)
        table["period"] = programmes.written_periods(table)
        table["amount_given"] = programmes.written_amounts(table)
        return table

    def compare(self, id: str, kinds: list[str], found: Found) -> None:
        """Show the review's numbers of some kinds beside those found, by key of ``reported``.

        Where the numbers rank countries or institutions, the rank here stands beside them.
        """
        rows = facts.load("reported")
        rows = rows[rows["kind"].isin(kinds)]
        reported = [
            (row.key, self._quantity(row), row.value if row.availability == "reported" else None)
            for row in rows.itertuples(index=False)
        ]
        why = {key: words.say(f"labels.cause.{key}") for key in ("same", "unavailable", "not_found")}
        cause = "cited_works" if self.is_transcribed else "exports"
        table = compare.beside(reported, found, cause=words.say("labels.cause.other"), **why)
        if _ACTORS.intersection(kinds):
            table.insert(3, "rank_here", self._ranks_here(rows))
        is_year = rows["kind"].isin(_YEARS).to_numpy()
        for column in ("as_reported", "as_recomputed"):
            # A year is no quantity: it is printed without a mark of thousands.
            table[column] = [
                str(v) if year and v is not pd.NA else v for v, year in zip(table[column], is_year, strict=True)
            ]
        self.table(
            id, table, "quantity", unit="numbers", text="compared", cause=words.say(f"labels.cause.{cause}"),
            kinds=dict.fromkeys(("as_reported", "as_recomputed"), "count"),
        )  # fmt: skip

    def _ranks_here(self, rows: pd.DataFrame) -> list:
        tables = {"country papers": self.countries(), "institution papers": self.institutions()}
        ranks = {kind: dict(zip(t["actor"], t["rank"], strict=True)) for kind, t in tables.items()}
        named = [(r.kind, display_name(r.country) if r.kind == "country papers" and r.country else r.subject_en)
                 for r in rows.itertuples(index=False)]  # fmt: skip
        return pd.array([ranks.get(kind, {}).get(name, pd.NA) for kind, name in named], dtype="Int64")

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
        """For each turning point that the review asserts, the one found; None if there is none.

        The review asserts years in which output began to grow faster. One found answers to it if
        growth is faster after than before, and it lies within two years.
        """
        rows = facts.load("reported")
        faster = turns[turns["slope_after"] > turns["slope_before"]] if len(turns) else turns
        found = {}
        for row in rows[rows["kind"] == "turning point"].itertuples(index=False):
            found[row.key] = (None, ())
            if len(faster):
                apart = (faster["year"] - int(row.value)).abs()
                if apart.min() <= NEAR:
                    nearest = faster.loc[apart.idxmin()]
                    found[row.key] = (int(nearest["year"]), nearest["records"])
        return found

    def found_terms(self) -> Found:
        """Papers of the terms that the review names as frequent, for :meth:`compare`."""
        rows = facts.load("reported")
        named = rows[rows["kind"] == "term frequency"]
        terms = pd.DataFrame({"category": named["kind"], "en": named["subject_en"]})
        found = themes_in_corpus(self.searchable, terms).set_index("term")
        return {row.key: (int(found.at[row.subject_en, "papers"]), found.at[row.subject_en, "records"])
                for row in named.itertuples(index=False)}  # fmt: skip

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

    def cited(self, table: pd.DataFrame) -> pd.DataFrame:
        """Add the records behind each row of facts: the works that its references name.

        Only the corpus of cited works knows them; with any other the table stays as it is.
        """
        if not self.is_transcribed:
            return table
        work = facts.load("references").set_index("number")["work"]
        kept = set(self.ids)

        def behind(cell: str) -> tuple[str, ...]:
            works = {work[int(number)] for number in facts.split(str(cell))}
            return tuple(sorted(works & kept))

        column = "references" if "references" in table else "number"
        return table.assign(records=[behind(cell) for cell in table[column]])

    def advances(self, section: str) -> pd.DataFrame:
        """The advances of a section as the review lists them."""
        table = facts.load("advances")
        table = table[table["section"] == section].copy()
        table["country"] = ["; ".join(map(display_name, facts.split(cell))) for cell in table["country"]]
        columns = ["id", "institution_en", "country", "technique", "material", "task", "result", "references"]
        return self.cited(table[columns])

    def count_advances(self, section: str) -> pd.DataFrame:
        """How many advances a section lists, from how many institutions: one row."""
        table = facts.load("advances")
        table = self.cited(table[table["section"] == section])
        institutions = {name for cell in table["institution_en"] for name in facts.split(cell)}
        row = {"advances": len(table), "institutions": len(institutions)}
        if "records" in table:
            row["records"] = tuple(sorted(set().union(*table["records"])))
        return pd.DataFrame([row])

    def advances_by_direction(self) -> pd.DataFrame:
        """Each direction: advances that the review lists, works they rest on, papers of this edition.

        ``direction``, ``advances``, ``works``, ``papers`` (that speak of the direction), ``records``.
        """
        listed = facts.load("advances")
        work = facts.load("references").set_index("number")["work"]
        rows = []
        for topic in self.topics("direction").itertuples(index=False):
            own = listed[listed["direction"] == topic.id]
            works = {work[int(n)] for cell in own["references"] for n in facts.split(cell)}
            rows.append((topic.name, len(own), len(works), topic.papers, topic.records))
        return pd.DataFrame(rows, columns=["direction", "advances", "works", "papers", "records"])

    @staticmethod
    def works_behind_advances() -> int:
        """Distinct works that the listed advances rest on."""
        work = facts.load("references").set_index("number")["work"]
        return len({work[int(n)] for cell in facts.load("advances")["references"] for n in facts.split(cell)})

    def printed_matrix(self) -> pd.DataFrame:
        """The cells of table 4 that the text of the review keeps, beside the joint papers found here.

        ``a``, ``b``, ``as_reported``, ``as_recomputed``, ``difference``, ``records``.
        """
        table = facts.load("table4")
        printed = table[table["availability"] == "reported"].rename(columns={"row_en": "a", "column_en": "b"})
        names = list(dict.fromkeys(printed["b"]))
        found = joint_papers(self._actors["institution"], names).rename(columns={"papers": "as_recomputed"})
        both = printed[["a", "b", "papers"]].merge(found, on=["a", "b"], how="left", validate="one_to_one")
        both = both.rename(columns={"papers": "as_reported"})
        both.insert(4, "difference", both["as_recomputed"] - both["as_reported"])
        return both

    def works_cited_twice(self) -> pd.DataFrame:
        """Works that the reference list holds under more than one number."""
        works = facts.load("works")
        twice = works[works["references"].map(lambda cell: len(facts.split(cell)) > 1)]
        return self.cited(twice[["work", "references", "title", "journal", "year"]])

    def challenges(self) -> pd.DataFrame:
        """The challenges as the review states them."""
        columns = ["number", "name_en", "name_zh", "claim", "way_out", "references"]
        return self.cited(facts.load("challenges")[columns])
