"""Columns "as reported" and "as recomputed" get their class, whatever page they stand on."""

from docutils import nodes

from livingreview.edition.table_columns import mark_columns


def table(heads, *rows):
    def line(cells):
        return nodes.row("", *(nodes.entry("", nodes.paragraph(text=c)) for c in cells))

    group = nodes.tgroup("", nodes.thead("", line(heads)), nodes.tbody("", *(line(r) for r in rows)))
    return nodes.table("", group)


def classes(document):
    return [[entry["classes"] for entry in row.children] for row in document.findall(nodes.row)]


def test_head_and_body_of_the_two_columns_are_marked():
    document = nodes.section("", table(["Year", "As reported", "As recomputed, papers"], ["2016", "1", "2"]))
    mark_columns(document)
    assert classes(document) == [[[], ["reported"], ["recomputed"]]] * 2


def test_other_columns_and_tables_without_a_head_are_left():
    bare = nodes.table("", nodes.tgroup("", nodes.tbody("", nodes.row("", nodes.entry("", nodes.paragraph(text="As reported"))))))
    document = nodes.section("", table(["Not as reported"], ["x"]), bare)
    mark_columns(document)
    assert classes(document) == [[[]], [[]], [[]]]
