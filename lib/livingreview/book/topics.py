"""Directions, challenges, frontiers and techniques in the records of an edition."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from livingreview import facts
from livingreview.analysis import themes as terms
from livingreview.analysis import topics as counting
from livingreview.select import topics as vocabulary
from livingreview.select.search import Searchable


TECHNIQUES = "direction-techniques"


class TopicViews:
    """What the records say on each topic; mixed into a chapter."""

    @cached_property
    def searchable(self) -> Searchable:
        """Title, abstract and keywords of the edition, ready for many expressions."""
        return Searchable.of(self.texts)

    def topics(self, kind: str) -> pd.DataFrame:
        """All topics of a kind with their papers: ``id``, ``name``, ``expression``, ``papers``,
        ``share``, ``words``, ``records``."""
        table = vocabulary.topics(kind)
        found = counting.topic_records(self.searchable, table)
        found.insert(2, "expression", table["expression"].to_numpy())
        return found

    def topic(self, id: str) -> pd.DataFrame:
        """One topic as a frame of one row."""
        found = self.topics(id.split("-")[0])
        return found[found["id"] == id].reset_index(drop=True)

    def spans(self, found: pd.DataFrame) -> pd.DataFrame:
        """Topics with their papers and the first and last year of these: what no bar can show of few papers."""
        years = self.records.set_index("record")["year"]
        dated = [years.reindex(list(ids)).dropna() for ids in found["records"]]
        table = found[["name", "papers", "share"]].copy()
        table["first_year"] = pd.array([own.min() if len(own) else pd.NA for own in dated], dtype="Int64")
        table["last_year"] = pd.array([own.max() if len(own) else pd.NA for own in dated], dtype="Int64")
        return table.assign(words=found["words"].to_numpy(), records=found["records"].to_numpy())

    def directions(self) -> pd.DataFrame:
        """Directions of chemistry by the papers that speak of them and name a technique too.

        The direction of the techniques themselves is left out: all of its papers name one.
        ``name``, ``papers`` (of the direction), ``with_technique`` (of these, those that name one),
        ``with_share`` (% of ``papers``), ``records`` (those of ``with_technique``).
        """
        techniques = set().union(*counting.topic_records(self.searchable, vocabulary.techniques())["records"])
        found = self.topics("direction")
        found = found[found["id"] != TECHNIQUES].reset_index(drop=True)
        found["records"] = [tuple(sorted(techniques.intersection(ids))) for ids in found["records"]]
        found["with_technique"] = found["records"].map(len).astype("int64")
        found["with_share"] = [100 * w / p if p else float("nan") for w, p in zip(found["with_technique"], found["papers"])]
        order = found.sort_values(["with_technique", "name"], ascending=[False, True], kind="stable")
        return order[["name", "papers", "with_technique", "with_share", "records"]].reset_index(drop=True)

    def techniques(self) -> pd.DataFrame:
        """The techniques by papers that speak of them, most first."""
        found = counting.topic_records(self.searchable, vocabulary.techniques())
        found = found.sort_values(["papers", "name"], ascending=[False, True], kind="stable")
        return found[["name", "papers", "share", "records"]].reset_index(drop=True)

    def tell_topic(self, found: pd.DataFrame, id: str) -> None:
        """Print the expression of a topic and say how many papers it finds."""
        self.tell("topic.expression")
        self.quote(found["expression"].iloc[0])
        self.tell_row("topic", found[found["papers"] > 0], f"{id}-topic")

    def tell_topics(self, found: pd.DataFrame, kind: str) -> None:
        """Say which topic most papers speak of, and which none does."""
        spoken = found[found["papers"] > 0]
        self.tell_row(f"topics_{kind}", self.leading(found, "name"))
        if len(spoken) and len(spoken) < len(found):
            silent = found[found["papers"] == 0]["name"]
            self.tell(f"topics_{kind}.silent", names="; ".join(silent), range=self.range)

    def topic_years(self, found: pd.DataFrame) -> pd.DataFrame:
        """Papers a year of each topic that has papers."""
        spoken = found[found["papers"] > 0]
        return counting.by_year(spoken, self.records, self.selection.partial_years)

    def topics_years(self, found: pd.DataFrame) -> pd.DataFrame:
        """The same, where the edition bears a course over time."""
        return self.over_time(self.topic_years(found))

    def topic_countries(self, found: pd.DataFrame, top: int = 10) -> pd.DataFrame:
        """Papers by country of each topic, the first ``top`` of each."""
        table = counting.by_actor(found, self._actors["country"], top).rename(columns={"actor": "country"})
        return table[["name", "country", "papers", "records"]]

    def topic_techniques(self, found: pd.DataFrame, top: int = 10) -> pd.DataFrame:
        """Papers by technique of each topic, the first ``top`` of each."""
        techniques = counting.topic_records(self.searchable, vocabulary.techniques())
        return counting.by_technique(found, techniques, top)[["name", "technique", "papers", "records"]]

    def topic_examples(self, found: pd.DataFrame, top: int) -> pd.DataFrame:
        """The ``top`` papers of each topic, most cited first, then newest, with the words found."""
        rows = counting.evidence(self.searchable, found[["id", "expression"]])
        columns = ["record", "title", "source_title", "year", "times_cited"]
        rows = rows.merge(self.records[columns], on="record").merge(found[["id", "name"]], on="id")
        rows["times_cited"] = rows["times_cited"].fillna(-1)
        order = {id: place for place, id in enumerate(found["id"])}
        rows["order"] = rows["id"].map(order)
        rows = rows.sort_values(["order", "times_cited", "year", "record"], ascending=[True, False, False, True])
        rows = rows.groupby("order", sort=True).head(top)
        return rows[["name", "record", "title", "year", "words", "records"]].reset_index(drop=True)

    def rising(self, top: int) -> pd.DataFrame:
        """The keywords whose share of papers changed most, where the edition bears a course over time."""
        keywords, partial = self.tables["keywords"], self.selection.partial_years
        table = terms.rising_terms(keywords, self.records, partial_years=partial)
        if self.is_transcribed:
            return table.head(0)
        strongest = table["change"].abs().sort_values(ascending=False, kind="stable").index[:top]
        return table.loc[sorted(strongest)].reset_index(drop=True)

    def crossed(self, kind: str, top: int) -> pd.DataFrame:
        """Papers that the topics of a kind share with the ``top`` techniques most spoken of."""
        techniques = counting.topic_records(self.searchable, vocabulary.techniques())
        spoken = techniques[techniques["papers"] > 0]
        spoken = spoken.sort_values(["papers", "name"], ascending=[False, True], kind="stable").head(top)
        return counting.crossed(spoken, self.topics(kind))

    def tell_themes(self, found: pd.DataFrame) -> None:
        """Say how many of the review's terms the records carry."""
        carried = found[found["papers"] > 0]
        behind = sorted(set().union(*carried["records"])) if len(carried) else ()
        self.tell(
            "themes.found",
            terms=self.number("theme-terms", len(found), unit="terms"),
            found=self.number("theme-terms-found", len(carried), behind, unit="terms"),
        )

    def with_chinese(self, found: pd.DataFrame) -> pd.DataFrame:
        """The review's terms as found, with the form its text prints."""
        printed = facts.load("themes").rename(columns={"en": "term"})[["category", "term", "zh"]]
        table = found.merge(printed, on=["category", "term"], how="left", validate="one_to_one")
        return table[["category", "term", "zh", "papers", "share", "records"]]
