"""Relations as matrices: who with whom, what with what."""

from __future__ import annotations

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from livingreview.exhibits import style
from livingreview.exhibits.plots.labels import number, wrap
from livingreview.words import say


def _annotate(axes, values: np.ndarray, skip_diagonal: bool) -> None:
    highest = max(values[~np.eye(len(values), dtype=bool)].max(initial=1) if skip_diagonal
                  else values.max(initial=1), 1)
    for row, column in np.ndindex(values.shape):
        amount = values[row, column]
        own = skip_diagonal and row == column
        dark = not own and amount > 0.55 * highest
        faint = amount == 0
        axes.text(
            column + 0.5, row + 0.5, number(amount), ha="center", va="center",
            fontsize=10 if amount < 1000 else 8.5,
            color="white" if dark else style.QUIET if faint else style.INK,
        )


@style.styled
def matrix_heatmap(joint: pd.DataFrame) -> Figure:
    """The collaboration matrix: joint papers in each cell, own papers on a grey diagonal.

    ``joint`` comes from :func:`livingreview.analysis.actors.joint_papers`. Rows carry number and
    name, columns the number, so that ten long names fit on a phone.
    """
    actors = list(dict.fromkeys(joint["a"]))
    if len(actors) < 2:
        raise ValueError("a matrix needs two actors")
    values = joint.pivot(index="a", columns="b", values="papers").loc[actors, actors].to_numpy()
    labels = [wrap(f"{n}  {name}", 24) for n, name in enumerate(actors, start=1)]
    # All rows are as high as the one with most lines, and a gap parts each name from the next.
    lines = max(label.count("\n") + 1 for label in labels)
    figure, axes = style.new_figure(max(2.4, max(0.34, 0.165 * lines + 0.14) * len(actors) + 0.8))
    apart = ~np.eye(len(actors), dtype=bool)
    sns.heatmap(
        np.where(apart, values, np.nan), ax=axes, cmap="Blues", vmin=0,
        vmax=max(values[apart].max(), 1), cbar=False, linewidths=1, linecolor="white",
    )
    for place in range(len(actors)):
        axes.add_patch(Rectangle((place, place), 1, 1, facecolor=style.FAINT, edgecolor="white"))
    _annotate(axes, values, skip_diagonal=True)
    axes.set_xticks(np.arange(len(actors)) + 0.5, [str(n + 1) for n in range(len(actors))], rotation=0)
    axes.set_yticks(np.arange(len(actors)) + 0.5, labels, rotation=0)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set(xlabel="", ylabel="")
    keys = [Patch(facecolor=style.FAINT, label=say("plots.legend.own"))]
    figure.legend(handles=keys, loc="outside lower right")
    return figure


@style.styled
def crossed_heatmap(crossed: pd.DataFrame) -> Figure:
    """Papers that two sets of topics share: ``a`` down, ``b`` across, the count in each cell.

    ``crossed`` comes from :func:`livingreview.analysis.topics.crossed`.
    """
    rows, columns = (list(dict.fromkeys(crossed[name])) for name in ("a_name", "b_name"))
    if crossed.empty:
        raise ValueError("no pair to draw")
    table = crossed.pivot(index="a_name", columns="b_name", values="papers").loc[rows, columns]
    values = table.to_numpy()
    labels = [wrap(name, 28, 2) for name in rows]
    # Names across stand upright: four long ones side by side would cover each other on a phone.
    few = len(columns) <= 4
    across = [wrap(name, 22 if few else 28, 3 if few else 2) for name in columns]
    longest = max(len(line) for label in across for line in label.split("\n"))
    tallest = max(label.count("\n") + 1 for label in labels)
    figure, axes = style.new_figure(0.1 * longest + 0.3 + (0.11 + 0.17 * tallest) * len(rows))
    sns.heatmap(
        values, ax=axes, cmap="Blues", vmin=0, vmax=max(values.max(), 1), cbar=False,
        linewidths=1, linecolor="white",
    )
    _annotate(axes, values, skip_diagonal=False)
    axes.set_xticks(np.arange(len(columns)) + 0.5, across, rotation=90)
    axes.set_yticks(np.arange(len(rows)) + 0.5, labels, rotation=0)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set(xlabel="", ylabel="")
    return figure
