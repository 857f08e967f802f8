"""Figures of relations: who with whom, what with what."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from livingreview.exhibits import style
from livingreview.exhibits.plots.labels import line_count, number, wrap
from livingreview.words import say

if TYPE_CHECKING:
    import networkx as nx

_SPAN = 4.5
"""Width of the network's axes in radii of its circle: the rest is for names."""


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
    figure, axes = style.new_figure(max(2.4, 0.34 * len(actors) + 0.8, 0.19 * line_count(labels) + 0.9))
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


@style.styled
def network_plot(graph: nx.Graph) -> Figure:
    """A collaboration network on a circle: circles by papers, lines by joint papers.

    Actors stand in the order of the graph, clockwise from the top, with their names outside the
    circle: nothing is left to chance, and up to some twelve names do not cover another. ``graph`` comes from
    :func:`livingreview.analysis.actors.network`.
    """
    nodes = list(graph.nodes)
    if not nodes:
        raise ValueError("no actor to draw")
    figure, axes = style.new_figure(4.0)
    turns = {node: 2 * math.pi * place / len(nodes) for place, node in enumerate(nodes)}
    place = {node: (math.sin(turn), math.cos(turn)) for node, turn in turns.items()}
    most = max((edge["papers"] for _, _, edge in graph.edges(data=True)), default=1)
    for a, b, edge in sorted(graph.edges(data=True), key=lambda edge: edge[2]["papers"]):
        share = edge["papers"] / most
        axes.plot(
            *zip(place[a], place[b], strict=True), color=style.MAIN, zorder=1,
            linewidth=0.8 + 5 * share, alpha=0.35 + 0.4 * share, solid_capstyle="round",
        )
    largest = max(max(size for _, size in graph.nodes(data="papers")), 1)
    sizes = [60 + 620 * graph.nodes[node]["papers"] / largest for node in nodes]
    alone = [graph.degree(node) == 0 for node in nodes]
    axes.scatter(
        *zip(*(place[node] for node in nodes), strict=True), s=sizes, zorder=2,
        color=["white" if single else style.ACCENT for single in alone],
        edgecolor=[style.ACCENT if single else "white" for single in alone], linewidth=1.4,
    )
    for node, size in zip(nodes, sizes, strict=True):
        x, y = place[node]
        # From the area of the mark in square points to its radius on the axes, and a little air.
        reach = 1.07 + math.sqrt(size / math.pi) / 72 * _SPAN / style.WIDTH
        sideways = "center" if abs(x) < 0.15 else "left" if x > 0 else "right"
        # Names of the upper and lower third grow away from the circle, however many lines they have.
        upright = "center" if abs(y) < 0.5 else "bottom" if y > 0 else "top"
        room = 15 if sideways == "center" else 17
        axes.text(
            x * reach, y * reach, wrap(str(node), room), ha=sideways, va=upright, fontsize=10,
            linespacing=1.05,
        )
    axes.set(xlim=(-_SPAN / 2, _SPAN / 2), ylim=(-1.6, 1.6), aspect="equal")
    axes.axis("off")
    keys = [
        Line2D([], [], marker="o", linestyle="none", markersize=9, color=style.ACCENT,
               label=say("plots.legend.node")),
        Line2D([], [], color=style.MAIN, linewidth=3, alpha=0.6, label=say("plots.legend.edge")),
    ]  # fmt: skip
    figure.legend(handles=keys, loc="outside lower center", ncols=2)
    return figure
