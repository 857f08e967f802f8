"""Figures over years."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from livingreview.exhibits import style
from livingreview.exhibits.plots.labels import number, wrap
from livingreview.words import say

MIN_TREND_YEARS = 6
_PRINT_VALUES_UP_TO = 12


def _whole_numbers(axes, years: pd.Series) -> None:
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=7))
    axes.set_xlim(years.min() - 0.7, years.max() + 0.7)
    axes.grid(axis="y")
    axes.tick_params(axis="x", length=3)


def _bars(axes, frame: pd.DataFrame, value: str) -> None:
    whole, part = frame[~frame["partial"]], frame[frame["partial"]]
    axes.bar(whole["year"], whole[value], color=style.MAIN, width=0.8)
    axes.bar(
        part["year"], part[value], facecolor="white", edgecolor=style.MAIN, hatch=style.HATCH,
        width=0.8,
    )


def _partial_key() -> Patch:
    return Patch(
        facecolor="white", edgecolor=style.MAIN, hatch=style.HATCH, label=say("plots.legend.partial")
    )


@style.styled
def year_bars(per_year: pd.DataFrame, turning_points: pd.DataFrame | None = None) -> Figure:
    """Papers of each year as bars, partial years hatched, turning points marked if given.

    ``per_year`` and ``turning_points`` come from :mod:`livingreview.analysis.time`.
    ValueError for an empty frame: there is nothing to draw.
    """
    if per_year.empty:
        raise ValueError("no year to draw")
    figure, axes = style.new_figure(3.2)
    _bars(axes, per_year, "papers")
    _whole_numbers(axes, per_year["year"])
    axes.set_xlabel(say("labels.axis.year"))
    axes.set_ylabel(say("labels.axis.papers"))
    if len(per_year) <= _PRINT_VALUES_UP_TO:
        for year, papers in zip(per_year["year"], per_year["papers"], strict=True):
            axes.annotate(
                number(papers), (year, papers), (0, 3), textcoords="offset points", ha="center",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
            )
        axes.margins(y=0.12)
    keys = [_partial_key()] if per_year["partial"].any() else []
    dashes = ("--", ":")
    years = [] if turning_points is None else turning_points["year"]
    for year, dash in zip(years, dashes, strict=False):
        keys.append(
            axes.axvline(
                year, color=style.ACCENT, linestyle=dash, linewidth=1.6,
                label=say("plots.legend.turning_point", year=year),
            )
        )
    if keys:
        figure.legend(handles=keys, loc="outside upper left", ncols=len(keys), columnspacing=1.2)
    return figure


@style.styled
def actor_trends(frame: pd.DataFrame, label: str = "actor") -> Figure:
    """Papers of each actor over the years as lines; a partial year lies in a grey band,
    its marks open and not joined to the line.

    ``frame`` has ``label``, ``year``, ``papers``, ``partial``. ValueError with fewer than 6 years:
    a line through so few points shows a trend that is not there.
    """
    years = frame["year"].nunique()
    if years < MIN_TREND_YEARS:
        raise ValueError(f"a trend needs {MIN_TREND_YEARS} years, found {years}")
    actors = list(dict.fromkeys(frame[label]))
    figure, axes = style.new_figure(3.3 + 0.24 * -(-len(actors) // 2))
    every = 1 + (years - 1) // 12
    for place, actor in enumerate(actors):
        own = frame[frame[label] == actor].sort_values("year")
        whole, part = own[~own["partial"]], own[own["partial"]]
        look = {
            "color": style.PALETTE[place % len(style.PALETTE)],
            "marker": style.MARKERS[place % len(style.MARKERS)],
        }
        axes.plot(
            whole["year"], whole["papers"], markevery=every, label=wrap(str(actor), 30, 1), **look
        )
        # A line down into a year cut short would look like a fall.
        axes.plot(part["year"], part["papers"], linestyle="none", markerfacecolor="white", **look)
    for year in sorted(set(frame.loc[frame["partial"], "year"])):
        axes.axvspan(year - 0.5, year + 0.5, facecolor=style.FAINT, edgecolor="none", zorder=0)
    _whole_numbers(axes, frame["year"])
    axes.set_ylim(bottom=0)
    axes.set_xlabel(say("labels.axis.year"))
    axes.set_ylabel(say("labels.axis.papers"))
    keys = axes.get_legend_handles_labels()[0]
    if frame["partial"].any():
        keys.append(Patch(facecolor=style.FAINT, label=say("plots.legend.partial")))
    figure.legend(handles=keys, loc="outside lower left", ncols=2, columnspacing=1.0)
    return figure


@style.styled
def topic_years(frame: pd.DataFrame, value: str = "papers") -> Figure:
    """Papers (or ``share``) of each topic over the years, one small panel each, on one scale.

    ``frame`` comes from :func:`livingreview.analysis.topics.by_year`.
    """
    if frame.empty:
        raise ValueError("no topic and year to draw")
    topics = list(dict.fromkeys(frame["name"]))
    rows = -(-len(topics) // 2)
    figure, grid = style.new_figure(
        0.7 + 1.65 * rows, rows, 2, sharex=True, sharey=True, squeeze=False
    )
    for axes, topic in zip(grid.flat, topics, strict=False):
        own = frame[frame["name"] == topic]
        _bars(axes, own, value)
        _whole_numbers(axes, own["year"])
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=3))
        axes.set_title(wrap(topic, 25, 3), fontsize=10)
        if not own["papers"].any():
            axes.text(
                0.5, 0.5, say("plots.note.none"), transform=axes.transAxes, ha="center",
                color=style.QUIET,
            )
    for axes in grid.flat[len(topics):]:
        axes.set_visible(False)
    if len(topics) % 2 and rows > 1:
        grid[rows - 2][1].xaxis.set_tick_params(labelbottom=True)
    key = "plots.axis.papers_a_year" if value == "papers" else "plots.axis.share_of_year"
    figure.supylabel(say(key), fontsize=10.5)
    if frame["partial"].any():
        figure.legend(handles=[_partial_key()], loc="outside upper right")
    return figure
