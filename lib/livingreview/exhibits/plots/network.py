"""The collaboration network: who is linked with whom, every name beside the drawing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from livingreview.exhibits import style
from livingreview.exhibits.plots.labels import wrap
from livingreview.words import say

if TYPE_CHECKING:
    import networkx as nx

# Inches on paper: a column of names on each side of an ellipse, its nodes, room for the keys.
_NAME, _LEADER, _LINE, _GAP = 1.5, 0.22, 0.165, 0.12
_NAME_COLUMNS, _NAME_LINES = 17, 5
_LARGEST, _SMALLEST = 0.2, 0.06
_FOOT_LINE, _HEAD = 0.22, 0.08
_LEAST_HEIGHT = 2.2


@style.styled
def network_plot(graph: nx.Graph) -> Figure:
    """A collaboration network on an ellipse: circles by papers, lines by joint papers.

    Linked actors stand in the order of the graph, clockwise from the top, and leaders join them to
    their names in a column on either side: nothing is left to chance and no name covers another.
    Actors without a link are not drawn; a note says how many. ValueError if no actor is linked.

    Parameters
    ----------
    graph : networkx.Graph
        From :func:`livingreview.analysis.networks.network`: ``papers`` on nodes and edges.
    """
    nodes = [node for node in graph.nodes if graph.degree(node)]
    if not nodes:
        raise ValueError("no linked actor to draw")
    right = nodes[: math.ceil(len(nodes) / 2)]
    left = nodes[len(right) :]
    names = {node: wrap(str(node), _NAME_COLUMNS, _NAME_LINES) for node in nodes}
    room = {node: _LINE * (name.count("\n") + 1) + _GAP for node, name in names.items()}
    height = max(_LEAST_HEIGHT, *(sum(room[node] for node in side) for side in (right, left)))
    unlinked = graph.number_of_nodes() - len(nodes)
    foot = _FOOT_LINE * (3 if unlinked else 2)
    figure, axes = style.new_figure(height + foot + _HEAD)
    # Axes in inches, so that names, nodes and leaders can be placed against each other.
    figure.set_layout_engine("none")
    axes.set_position((0, foot / (height + foot + _HEAD), 1, height / (height + foot + _HEAD)))
    axes.set(xlim=(0, style.WIDTH), ylim=(0, height))
    axes.axis("off")

    place = _ellipse(right, left, height)
    most = max(edge["papers"] for _, _, edge in graph.edges(data=True))
    for a, b, edge in sorted(graph.edges(data=True), key=lambda edge: edge[2]["papers"]):
        share = edge["papers"] / most
        axes.plot(
            *zip(place[a], place[b], strict=True), color=style.MAIN, zorder=2,
            linewidth=0.8 + 5 * share, alpha=0.35 + 0.4 * share, solid_capstyle="round",
        )
    largest = max(max(graph.nodes[node]["papers"] for node in nodes), 1)
    for side, sign in ((right, 1), (left, -1)):
        edge_x = style.WIDTH / 2 + sign * (style.WIDTH / 2 - _NAME)
        for node, y in zip(side, _spread([place[n][1] for n in side], [room[n] for n in side], height), strict=True):
            # The area of a circle, not its width, is its papers.
            radius = max(_SMALLEST, _LARGEST * math.sqrt(graph.nodes[node]["papers"] / largest))
            axes.plot(
                [place[node][0], edge_x - sign * 0.04], [place[node][1], y], zorder=1,
                color=style.QUIET, linewidth=0.7,
            )
            axes.scatter(
                *place[node], s=math.pi * (72 * radius) ** 2, color=style.ACCENT,
                edgecolor="white", linewidth=1.2, zorder=3,
            )
            axes.text(
                edge_x, y, names[node], ha="left" if sign > 0 else "right", va="center",
                fontsize=10, linespacing=1.05,
            )
    _keys(figure, unlinked)
    return figure


def _ellipse(right: list, left: list, height: float) -> dict:
    """Where each node stands, in inches: the first half down the right side, the rest up the left."""
    across = style.WIDTH / 2 - _NAME - _LEADER - _LARGEST
    upright = height / 2 - _LARGEST - 0.03
    place = {}
    for side, start in ((right, 0.0), (left, math.pi)):
        for number, node in enumerate(side):
            turn = start + math.pi * (number + 0.5) / len(side)
            place[node] = (
                style.WIDTH / 2 + across * math.sin(turn),
                height / 2 + upright * math.cos(turn),
            )
    return place


def _spread(wanted: list[float], rooms: list[float], height: float) -> list[float]:
    """Middles of names as near as can be to where they are wanted, none over another.

    ``wanted`` runs down or up a side; all of ``rooms`` together fit into ``height``.
    """
    upward = len(wanted) > 1 and wanted[0] < wanted[-1]
    order = range(len(wanted)) if upward else range(len(wanted) - 1, -1, -1)
    middles, floor = list(wanted), 0.0
    for at in order:
        middles[at] = max(middles[at], floor + rooms[at] / 2)
        floor = middles[at] + rooms[at] / 2
    ceiling = height
    for at in reversed(order):
        middles[at] = min(middles[at], ceiling - rooms[at] / 2)
        ceiling = middles[at] - rooms[at] / 2
    return middles


def _keys(figure: Figure, unlinked: int) -> None:
    keys = [
        Line2D([], [], marker="o", linestyle="none", markersize=9, color=style.ACCENT,
               label=say("plots.legend.node")),
        Line2D([], [], color=style.MAIN, linewidth=3, alpha=0.6, label=say("plots.legend.edge")),
    ]  # fmt: skip
    below = _FOOT_LINE / figure.get_figheight() if unlinked else 0
    figure.legend(handles=keys, loc="lower center", ncols=2, bbox_to_anchor=(0.5, below))
    if unlinked:
        figure.text(
            0.5, 0.05 / figure.get_figheight(), say("plots.note.unlinked", count=unlinked),
            ha="center", va="bottom", fontsize=10, color=style.INK,
        )
