"""Countries and institutions of an edition, as the chapters show them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import pandas as pd

from livingreview.analysis import actors as counting
from livingreview.analysis import citations
from livingreview.names.countries import coverage as unknown_names
from livingreview.names.countries import display_name

COUNTRY, INSTITUTION = "country", "institution"
# Below this many linked pairs a matrix or a network would be an empty drawing.
LEAST_LINKS = 3


class ActorViews:
    """Rankings, joint papers and citations; mixed into a chapter."""

    @cached_property
    def _actors(self) -> dict[str, pd.DataFrame]:
        countries = counting.country_actors(self.tables["addresses"])
        named = {code: display_name(code) for code in sorted(set(countries["actor"]))}
        countries["actor"] = countries["actor"].map(named).astype("str")
        return {COUNTRY: countries, INSTITUTION: counting.institution_actors(self.tables["addresses"])}

    def countries(self) -> pd.DataFrame:
        """Countries ranked by papers, full counting, under their short names."""
        return counting.papers_by_actor(self._actors[COUNTRY])

    def institutions(self) -> pd.DataFrame:
        """Institutions ranked by papers, full counting."""
        return counting.papers_by_actor(self._actors[INSTITUTION])

    def with_fractional(self, ranking: pd.DataFrame, kind: str = COUNTRY) -> pd.DataFrame:
        """A ranking by full counting with the fractional count beside it."""
        fractions = counting.papers_by_actor(self._actors[kind], "fractional").set_index("actor")["papers"]
        table = ranking.copy()
        table.insert(4, "fractional", table["actor"].map(fractions).astype("float64"))
        return table.rename(columns={"actor": kind})

    def tell_coverage(self, id: str, kind: str) -> None:
        """Say how many records have addresses that name an actor of this kind."""
        table = counting.coverage(self._actors[kind], self.records).set_index("case")
        said = {
            case: self.number(f"{id}-coverage-{case}", table.loc[case, "papers"], table.loc[case, "records"])
            for case in ("author", "reprint", "none")
        }
        self.tell(f"coverage.{kind}", **said)

    def trends(self, kind: str, top: int) -> pd.DataFrame:
        """Papers a year of the first ``top`` actors, where the edition bears a course over time."""
        names = counting.papers_by_actor(self._actors[kind])["actor"].head(top).tolist()
        table = counting.actor_by_year(self._actors[kind], self.records, names, self.selection.partial_years)
        return self.over_time(table)

    def joint(self, kind: str, top: int) -> pd.DataFrame:
        """Joint papers of the first ``top`` actors: whole, symmetric, own papers on the diagonal.

        Empty where fewer than three pairs are linked.
        """
        names = counting.papers_by_actor(self._actors[kind])["actor"].head(top).tolist()
        table = counting.joint_papers(self._actors[kind], names)
        linked = (table["a"] < table["b"]) & (table["papers"] > 0)
        return table if int(linked.sum()) >= LEAST_LINKS else table.head(0)

    def pairs(self, joint: pd.DataFrame) -> pd.DataFrame:
        """The linked pairs of a matrix, each once, with Salton's strength."""
        from livingreview.analysis import networks  # networkx only where a network is asked for

        return networks.links(networks.network(joint))

    def network_plot(self, joint: pd.DataFrame) -> Callable:
        """A plot of the network behind a matrix, for :meth:`figure`."""
        from livingreview.analysis import networks
        from livingreview.exhibits import plots

        return lambda _: plots.network_plot(networks.network(joint))

    def single_and_joint(self, kind: str) -> pd.DataFrame:
        """Papers of one actor of a kind, and of several."""
        return counting.single_and_joint(self._actors[kind])

    def tell_pair(self, one: str, other: str) -> None:
        """Say how many papers two countries, given by ISO code, wrote together."""
        names = [display_name(one), display_name(other)]
        table = counting.joint_papers(self._actors[COUNTRY], names)
        row = table[(table["a"] == names[0]) & (table["b"] == names[1]) & (table["papers"] > 0)]
        self.tell_row("countries.pair", row, f"joint-{one}-{other}".lower(), one=names[0], other=names[1])

    def unknown_countries(self) -> pd.DataFrame:
        """Country names of addresses that no table knows: ``country_printed``, ``papers``, ``records``."""
        addresses = self.tables["addresses"]
        table = unknown_names(addresses[addresses["country_printed"] != ""]).rename(columns={"printed": "country_printed"})
        table["papers"] = table["records"].map(len).astype("int64")
        return table[["country_printed", "papers", "records"]]

    def most_cited(self, top: int) -> pd.DataFrame:
        """The papers of the edition with most citations at harvest, and the institutions behind them."""
        table = citations.most_cited(self.records, top)
        named = self._actors[INSTITUTION].groupby("record")["actor"].agg("; ".join)
        table["institution"] = table["record"].map(named).fillna("").astype("str")
        return table[["rank", "record", "title", "institution", "source_title", "year", "times_cited", "records"]]
