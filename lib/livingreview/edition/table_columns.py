"""Sphinx extension: gives the columns "as reported" and "as recomputed" a class of their own.

Markdown tables carry no class on a column; here the head decides, once, for HTML and PDF.
"""

from __future__ import annotations

from docutils import nodes

from livingreview import words

#: Key of the catalogue for the head of a column -> class of its cells.
CLASSES = {"labels.columns.as_reported": "reported", "labels.columns.as_recomputed": "recomputed"}


def mark_columns(doctree: nodes.document) -> None:
    """Add the classes of :data:`CLASSES` to the cells below the heads they name.

    A head counts if it is the words of the catalogue or begins with them ("As reported, papers").
    """
    wanted = {words.say(key).casefold(): name for key, name in CLASSES.items()}
    for group in doctree.findall(nodes.tgroup):
        rows = list(group.findall(nodes.row))
        if not rows or not isinstance(rows[0].parent, nodes.thead):
            continue
        heads = [entry.astext().strip().casefold() for entry in rows[0].children]
        for column, head in enumerate(heads):
            name = next((name for said, name in wanted.items() if head.startswith(said)), None)
            for row in rows if name else ():
                if column < len(row.children):
                    row.children[column]["classes"].append(name)


def setup(app) -> dict:
    def read(app, doctree) -> None:
        words.use(app.config.language)
        mark_columns(doctree)

    app.connect("doctree-read", read)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
