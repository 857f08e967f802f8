"""Columns "as reported" and "as recomputed" get their class, whatever page they stand on."""

from docutils import nodes

from livingreview.edition.table_columns import PROSE, mark_chinese, mark_columns


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


def test_a_column_of_sentences_is_marked_below_its_head():
    document = nodes.section("", table(["Team", "Result"], ["MIT", "x" * (PROSE + 1)], ["EPFL", "y"]))
    mark_columns(document)
    assert classes(document) == [[[], []], [[], ["prose"]], [[], ["prose"]]]


def test_chinese_runs_are_marked_and_code_is_left():
    document = nodes.section("", nodes.paragraph("", "", nodes.Text("the \u6750\u6599\u5316\u5b66, n\u00e9e")), nodes.literal("", "\u6750"))
    mark_chinese(document)
    marked = list(document.findall(nodes.inline))
    assert [(node.astext(), node["classes"]) for node in marked] == [("\u6750\u6599\u5316\u5b66", ["language-zh-Hans"])]
    assert document.astext() == "the \u6750\u6599\u5316\u5b66, n\u00e9e\n\n\u6750"
