"""Programmes over time."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from livingreview.exhibits import style
from livingreview.exhibits.plots.labels import wrap
from livingreview.words import say

_HATCHES = ("", "////", "....", "xxxx", "\\\\\\\\")


@style.styled
def programme_timeline(
    frame: pd.DataFrame, label: str = "label", country: str = "country", start: str = "start",
    end: str = "end",
) -> Figure:
    """Programmes as bars over years, coloured and hatched by country, names above the bars.

    ``start`` and ``end`` are whole years, both included. A missing ``end`` is drawn up to the
    last year shown, with an arrow: no end is given. Rows with the same label share a line.
    ValueError for a missing start.
    """
    if frame.empty or frame[start].isna().any():
        raise ValueError("every programme drawn needs a first year")
    ordered = frame.sort_values([start, label], kind="stable")
    names = list(dict.fromkeys(ordered[label]))
    countries = list(dict.fromkeys(frame[country]))
    looks = {
        name: {"facecolor": style.PALETTE[n % len(style.PALETTE)], "edgecolor": "white",
               "hatch": _HATCHES[n % len(_HATCHES)]}
        for n, name in enumerate(countries)
    }  # fmt: skip
    titles = [wrap(str(name), 56, 2) for name in names]
    figure, axes = style.new_figure(
        0.9 + sum(0.34 + 0.17 * (title.count("\n") + 1) for title in titles)
    )
    first = int(ordered[start].min())
    last = int(max(ordered[end].dropna().max() if ordered[end].notna().any() else first,
                   ordered[start].max() + 1))
    edge = 0.0
    for name, title in zip(names, titles, strict=True):
        room = 0.17 * (title.count("\n") + 1)
        axes.text(first, edge + 0.06, title, va="top", ha="left", fontsize=10, linespacing=1.05)
        middle = edge + room + 0.17
        for row in ordered[ordered[label] == name].to_dict("records"):
            open_end = pd.isna(row[end])
            until = last + 1 if open_end else int(row[end]) + 1
            axes.barh(middle, until - int(row[start]), 0.16, int(row[start]), **looks[row[country]])
            if open_end:
                axes.plot([until], [middle], ">", markersize=9, clip_on=False,
                          color=looks[row[country]]["facecolor"])  # fmt: skip
        edge += room + 0.34
    axes.set(ylim=(edge, 0), xlim=(first, last + 1.3), xlabel=say("labels.axis.year"))
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=7))
    axes.grid(axis="x")
    keys = [Patch(label=name, **look) for name, look in looks.items()]
    figure.legend(handles=keys, loc="outside upper left", ncols=2, columnspacing=1.0)
    return figure
