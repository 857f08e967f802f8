"""Horizontal bars: rankings, shares, changes."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from livingreview.exhibits import style
from livingreview.exhibits.plots.labels import line_count, number, wrap
from livingreview.words import say

_LABEL_COLUMNS = 26
_LINE, _GAP, _REST = 0.17, 0.13, 0.75
_TIGHT = 0.06
"""Gap between the bars of small panels, in inches."""
_TALLEST = 1.3
"""Height of small panels at most, in widths: a taller figure is shrunk by a sheet of paper."""


def _height(labels: list[str], extra: float = 0.0) -> float:
    return max(1.6, _LINE * line_count(labels) + _GAP * len(labels) + _REST + extra)


def _places(labels: list[str], gap: float = _GAP) -> tuple[list[float], list[float]]:
    """Middle and thickness of each bar, from the top, in inches: a label of more lines has more room."""
    middles, thick, edge = [], [], 0.0
    for label in labels:
        room = _LINE * (label.count("\n") + 1) + gap
        middles.append(edge + room / 2)
        thick.append(min(room * 0.72, 0.28))
        edge += room
    return middles, thick


def _name_bars(axes, middles: list[float], labels: list[str], gap: float = _GAP) -> None:
    axes.set_yticks(middles, labels)
    bottom = middles[-1] + (_LINE * (labels[-1].count("\n") + 1) + gap) / 2
    axes.set_ylim(bottom, 0)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")


def _value_axis(axes, value: str) -> None:
    share = value == "share"
    axes.set_xlabel(say("plots.axis.share" if share else "labels.axis.papers"))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    axes.set_xlim(left=0)


@style.styled
def ranked_bars(
    frame: pd.DataFrame, label: str, value: str = "papers", reported: str | None = None
) -> Figure:
    """A ranking as horizontal bars with their values, the first row at the top.

    Parameters
    ----------
    frame : DataFrame
        Rows in the order to draw; not sorted here.
    label, value : str
        Columns of the names and of the lengths.
    reported : str, optional
        Column of the values that the review reports (missing where it reports none), drawn as
        open diamonds.
    """
    if frame.empty:
        raise ValueError("no row to draw")
    labels = [wrap(str(name), _LABEL_COLUMNS) for name in frame[label]]
    values = [float(amount) for amount in frame[value]]
    figure, axes = style.new_figure(_height(labels, 0.3 if reported else 0.0))
    middles, thick = _places(labels)
    bars = axes.barh(middles, values, thick, color=style.MAIN, label=say("plots.legend.recomputed"))
    highest = max([*values, 1e-9])
    for middle, amount in zip(middles, values, strict=True):
        axes.annotate(
            number(round(amount, 1)), (amount, middle), (4, 0), textcoords="offset points",
            va="center",
        )
    if reported is not None:
        given = pd.to_numeric(frame[reported]).astype("Float64")
        known = [(m, float(g)) for m, g in zip(middles, given, strict=True) if not pd.isna(g)]
        marks = axes.plot(
            [g for _, g in known], [m for m, _ in known], "D", markersize=8,
            markerfacecolor="white", markeredgecolor=style.ACCENT, markeredgewidth=1.8,
            linestyle="none", label=say("plots.legend.reported"),
        )
        highest = max([highest, *(g for _, g in known)])
        figure.legend(handles=[bars, *marks], loc="outside upper left", ncols=2)
    _name_bars(axes, middles, labels)
    _value_axis(axes, value)
    axes.set_xlim(0, highest * 1.16)
    return figure


@style.styled
def category_bars(
    frame: pd.DataFrame, category: str = "category", label: str = "term", value: str = "papers",
    top: int = 5,
) -> Figure:
    """Terms by category: a panel of bars for each category, all on one scale.

    Each panel shows at most the first ``top`` rows of its category, in the order of ``frame`` and
    without zeros; fewer where the figure would be taller than 1.3 times its width. A category of
    zeros is left out. ValueError if nothing is left.
    """
    found = frame[frame[value].astype(float) > 0]
    if found.empty:
        raise ValueError("no row to draw")
    groups = {name: found[found[category] == name] for name in dict.fromkeys(found[category])}
    titles = [wrap(str(name), 30) for name in groups]
    titled = _LINE * line_count(titles) + 0.12 * len(titles) + _REST
    for most in range(top, 0, -1):
        own = [rows.head(most) for rows in groups.values()]
        labels = [[wrap(str(term), _LABEL_COLUMNS, 2) for term in rows[label]] for rows in own]
        heights = [_LINE * line_count(names) + _TIGHT * len(names) for names in labels]
        if sum(heights) + titled <= _TALLEST * style.WIDTH:
            break
    figure, grid = style.new_figure(
        sum(heights) + titled, len(own), 1, sharex=True, squeeze=False, height_ratios=heights,
    )
    figure.get_layout_engine().set(h_pad=0.02, hspace=0)
    for axes, rows, names, title in zip(grid.flat, own, labels, titles, strict=True):
        middles, thick = _places(names, _TIGHT)
        axes.barh(middles, rows[value].astype(float), thick, color=style.MAIN)
        for middle, amount in zip(middles, rows[value], strict=True):
            axes.annotate(
                number(amount), (float(amount), middle), (4, 0), textcoords="offset points",
                va="center",
            )
        _name_bars(axes, middles, names, _TIGHT)
        axes.set_title(title, pad=3)
        if axes is not grid[-1][0]:
            # Only the last panel names the scale that all share.
            axes.tick_params(axis="x", length=0)
            axes.spines["bottom"].set_visible(False)
    _value_axis(grid[-1][0], value)
    grid[-1][0].set_xlim(0, float(max(rows[value].max() for rows in own)) * 1.14)
    return figure


@style.styled
def change_bars(frame: pd.DataFrame, label: str = "term") -> Figure:
    """Shares before and after as two marks joined by a line, one row each.

    ``frame`` comes from :func:`livingreview.analysis.themes.rising_terms`; the later share is the
    filled mark.
    """
    if frame.empty:
        raise ValueError("no row to draw")
    labels = [wrap(str(name), _LABEL_COLUMNS) for name in frame[label]]
    figure, axes = style.new_figure(_height(labels, 0.35))
    middles, _ = _places(labels)
    rising = [change > 0 for change in frame["change"]]
    colours = [style.MAIN if up else style.ACCENT for up in rising]
    axes.hlines(middles, frame["before"], frame["after"], color=colours, linewidth=2)
    # A share of 0 sits on the edge of the axes and must not lose its half.
    mark = {"s": 42, "edgecolor": colours, "zorder": 3, "clip_on": False}
    axes.scatter(frame["before"], middles, facecolor="white", **mark)
    axes.scatter(frame["after"], middles, facecolor=colours, **mark)
    _name_bars(axes, middles, labels)
    _value_axis(axes, "share")
    row = frame.iloc[0]
    spans = (
        (row["first_year"], row["middle_year"] - 1, "white"),
        (row["middle_year"], row["last_year"], style.INK),
    )
    keys = [
        axes.scatter(
            [], [], s=42, facecolor=face, edgecolor=style.INK,
            label=say("plots.legend.span", first=first, last=last),
        )
        for first, last, face in spans
    ]
    figure.legend(handles=keys, loc="outside upper left", ncols=2)
    return figure
