"""Sphinx extension: tells the style sheets which columns and words are what.

Markdown tables carry no class on a column: the head tells "as reported" and "as recomputed" from
the rest, and the length of its cells tells a column of sentences. Chinese words are marked as
Simplified Chinese, so that their glyphs are not left to the reader's device.
"""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from livingreview import words

#: Key of the catalogue for the head of a column -> class of its cells.
CLASSES = {"labels.columns.as_reported": "reported", "labels.columns.as_recomputed": "recomputed"}
#: A column with a cell longer than this holds sentences, and needs room for them.
PROSE = 80
# Text that is printed to the letter, or is no text of the page.
_TO_THE_LETTER = (nodes.literal, nodes.literal_block, nodes.raw, nodes.comment, nodes.math, nodes.math_block)
_CHINESE = re.compile(r"([\u3400-\u9fff\uf900-\ufaff][\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]*)")


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
            cells = [row.children[column] for row in rows[1:] if column < len(row.children)]
            if any(len(cell.astext()) > PROSE for cell in cells):
                for cell in cells:
                    cell["classes"].append("prose")


def mark_chinese(doctree: nodes.document) -> None:
    """Wrap each run of Chinese characters in an inline that is written as ``lang="zh-Hans"``.

    Docutils writes the class ``language-*`` of a node as its language.
    """
    for text in list(doctree.findall(nodes.Text)):
        pieces = _CHINESE.split(text)
        if len(pieces) == 1 or any(isinstance(above, _TO_THE_LETTER) for above in _above(text)):
            continue
        marked = [
            nodes.inline(piece, piece, classes=["language-zh-Hans"]) if number % 2 else nodes.Text(piece)
            for number, piece in enumerate(pieces) if piece
        ]  # fmt: skip
        text.parent.replace(text, marked)


def _above(node):
    while (node := node.parent) is not None:
        yield node


class _MarkChinese(SphinxPostTransform):
    # After references and glued values have become text.
    default_priority = 900

    def run(self, **_) -> None:
        mark_chinese(self.document)


def setup(app) -> dict:
    def read(app, doctree) -> None:
        words.use(app.config.language)
        mark_columns(doctree)

    app.connect("doctree-read", read)
    app.add_post_transform(_MarkChinese)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
