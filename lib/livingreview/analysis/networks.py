"""The collaboration network behind a matrix of joint papers."""

from __future__ import annotations

import math
from itertools import combinations

import networkx as nx
import pandas as pd


def network(joint: pd.DataFrame) -> nx.Graph:
    """The collaboration network of a matrix from :func:`joint_papers`.

    Nodes have ``papers``; edges (joint papers > 0) have ``papers``, ``strength`` and ``records``.
    Strength is Salton's cosine ``c_ab / sqrt(c_a c_b)``, 0 to 1. (G. Salton and M. J. McGill,
    Introduction to Modern Information Retrieval, 1983.)
    """
    cells = {(row.a, row.b): row for row in joint.itertuples(index=False)}
    graph = nx.Graph()
    nodes = list(dict.fromkeys(joint["a"]))
    for node in nodes:
        graph.add_node(node, papers=int(cells[node, node].papers))
    for a, b in combinations(nodes, 2):
        if together := int(cells[a, b].papers):
            own = graph.nodes[a]["papers"] * graph.nodes[b]["papers"]
            graph.add_edge(
                a, b, papers=together, strength=together / math.sqrt(own),
                records=cells[a, b].records,
            )
    return graph


def links(graph: nx.Graph) -> pd.DataFrame:
    """The edges of :func:`network`: ``a``, ``b``, ``papers``, ``strength``, ``records``.

    Papers descending, then names.
    """
    rows = [{"a": a, "b": b, **edge} for a, b, edge in graph.edges(data=True)]
    rows.sort(key=lambda row: (-row["papers"], row["a"], row["b"]))
    return pd.DataFrame(rows, columns=["a", "b", "papers", "strength", "records"])
