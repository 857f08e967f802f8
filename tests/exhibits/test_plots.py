"""Figures: what is drawn agrees with the table, can be read, and is the same bytes twice."""

import hashlib
import logging
import math

import pandas as pd
import pytest
from matplotlib.text import Text

from livingreview.analysis.actors import joint_papers
from livingreview.analysis.networks import network
from livingreview.exhibits import plots, style
from livingreview.exhibits.plots.labels import number, wrap

NASTY = "Univ $x_1$ & \\frac{1} <b> {curly} %d"


def years(counts, partial=()):
    return pd.DataFrame(
        {"year": [2000 + n for n in range(len(counts))], "papers": counts,
         "partial": [2000 + n in partial for n in range(len(counts))]}
    )  # fmt: skip


def ranking():
    return pd.DataFrame({"actor": ["China", NASTY, "\u4e2d\u56fd\u79d1\u5b66\u9662"], "papers": [1200, 7, 3],
                         "share": [60.5, 7.25, 3.0], "reported": [1100, None, 4]})  # fmt: skip


ACTORS = pd.DataFrame(
    {"record": ["r1", "r1", "r2", "r3"], "actor": ["China", NASTY, "China", "France"]}
)
JOINT = joint_papers(ACTORS, ["China", NASTY, "France"])


def trends(last):
    parts = [
        years([1] * (last - 2000) + [3], (last,)).assign(actor=name) for name in ("China", NASTY)
    ]
    return pd.concat(parts, ignore_index=True)


def topic_frame():
    rows = [years([1, 0, 2], (2002,)).assign(name=name, share=[50.0, math.nan, 20.0])
            for name in ("Databases", NASTY, "Descriptors")]  # fmt: skip
    return pd.concat(rows, ignore_index=True)


CROSSED = pd.DataFrame(
    {"a_name": ["Random forest"] * 2 + [NASTY] * 2, "b_name": ["Structure", "Kinetics"] * 2,
     "papers": [3, 0, 1, 12]}
)  # fmt: skip
CHANGE = pd.DataFrame(
    {"term": ["graph", NASTY], "before": [0.0, 9.0], "after": [5.0, 1.0], "change": [5.0, -8.0],
     "first_year": 2019, "middle_year": 2021, "last_year": 2022}
)  # fmt: skip
PROGRAMMES = pd.DataFrame(
    {"label": ["NOMAD", "NOMAD", NASTY], "country": ["European Union", "European Union", "Japan"],
     "start": [2015, 2020, 2017], "end": pd.array([2018, 2024, None], dtype="Int64")}
)  # fmt: skip

DRAWN = {
    "year_bars": lambda: plots.year_bars(
        years([1, 0, 5], (2002,)), pd.DataFrame({"year": [2001]})
    ),
    "ranked_bars": lambda: plots.ranked_bars(ranking(), "actor", "papers", "reported"),
    "category_bars": lambda: plots.category_bars(
        pd.DataFrame({"category": ["x", "x", NASTY], "term": ["a", "b", NASTY], "papers": [2, 0, 5]})
    ),
    "change_bars": lambda: plots.change_bars(CHANGE),
    "actor_trends": lambda: plots.actor_trends(trends(2006)),
    "topic_years": lambda: plots.topic_years(topic_frame(), "share"),
    "matrix_heatmap": lambda: plots.matrix_heatmap(JOINT),
    "crossed_heatmap": lambda: plots.crossed_heatmap(CROSSED),
    "network_plot": lambda: plots.network_plot(network(JOINT)),
    "programme_timeline": lambda: plots.programme_timeline(PROGRAMMES),
}


def printed(figure):
    return [text.get_text() for text in figure.findobj(Text) if text.get_visible()]


@pytest.fixture(scope="module", params=sorted(DRAWN))
def drawn(request):
    return request.param, DRAWN[request.param]()


def test_every_figure_of_the_book_is_tested_here():
    assert set(DRAWN) == set(plots.__all__)


def test_a_figure_has_the_house_width_and_type_of_ten_points(drawn):
    _, figure = drawn
    assert figure.get_figwidth() == style.WIDTH
    small = [text.get_text() for text in figure.findobj(Text)
             if text.get_text() and text.get_visible() and text.get_fontsize() < 10]  # fmt: skip
    assert small == []


def never_drawn(figure):
    """Labels that matplotlib keeps but does not draw: of hidden axes, of ticks beyond the limits."""
    for axes in figure.axes:
        for axis, place in ((axes.xaxis, 0), (axes.yaxis, 1)):
            low, high = sorted(axis.get_view_interval())
            for label in axis.get_ticklabels():
                if not axes.axison or not low <= label.get_position()[place] <= high:
                    yield label


def test_no_text_leaves_the_figure(drawn):
    _, figure = drawn
    width, height = figure.bbox.size
    hidden = set(never_drawn(figure))
    for text in figure.findobj(Text):
        if text.get_text().strip() and text.get_visible() and text not in hidden:
            box = text.get_window_extent()
            inside = -1.5 <= box.x0 <= box.x1 <= width + 1.5 and -1.5 <= box.y0 <= box.y1 <= height + 1.5
            assert inside, text.get_text()


def test_the_same_table_gives_the_same_bytes(drawn, tmp_path):
    name, figure = drawn
    saved = [style.save(figure, tmp_path / "1", name), style.save(figure, tmp_path / "2", name),
             style.save(DRAWN[name](), tmp_path / "3", name)]  # fmt: skip
    for kind in (0, 1):
        assert len({hashlib.sha256(paths[kind].read_bytes()).hexdigest() for paths in saved}) == 1
    vector = saved[0][0].read_text(encoding="utf-8")
    assert "<text" not in vector  # letters are outlines: no font is looked for by the reader
    assert "<dc:date>" not in vector


def test_names_of_a_corpus_are_never_read_as_mathematics(drawn, caplog):
    _, figure = drawn
    with caplog.at_level(logging.WARNING):
        figure.draw_without_rendering()
    assert all(not text.get_parse_math() for text in figure.findobj(Text))
    assert caplog.records == []


@pytest.mark.parametrize(
    ("draw", "frame"),
    [
        (plots.year_bars, years([])),
        (lambda frame: plots.ranked_bars(frame, "actor"), ranking().head(0)),
        (plots.category_bars, pd.DataFrame({"category": [], "term": [], "papers": []})),
        (plots.category_bars, pd.DataFrame({"category": ["x"], "term": ["a"], "papers": [0]})),
        (plots.change_bars, CHANGE.head(0)),
        (plots.actor_trends, trends(2004)),
        (plots.topic_years, topic_frame().head(0)),
        (plots.matrix_heatmap, joint_papers(ACTORS, ["China"])),
        (plots.crossed_heatmap, CROSSED.head(0)),
        (lambda frame: plots.network_plot(network(frame)), joint_papers(ACTORS, [])),
        (lambda frame: plots.network_plot(network(frame)), joint_papers(ACTORS, ["China", "France"])),
        (plots.programme_timeline, PROGRAMMES.assign(start=pd.array([2015, None, 2017], dtype="Int64"))),
    ],
)
def test_nothing_to_draw_is_an_error_and_no_empty_plot(draw, frame):
    with pytest.raises(ValueError, match=r"no |needs "):
        draw(frame)


def test_bars_of_years_are_the_papers_and_only_partial_years_are_hatched():
    figure = plots.year_bars(years([4, 0, 5], (2002,)))
    bars = [bar for container in figure.axes[0].containers for bar in container]
    assert [bar.get_height() for bar in bars] == [4, 0, 5]
    assert [bool(bar.get_hatch()) for bar in bars] == [False, False, True]
    assert "Partial year" in printed(figure)
    assert "Partial year" not in printed(plots.year_bars(years([4, 0, 5])))


def test_a_ranking_shows_values_from_the_top_and_what_the_review_reports():
    figure = plots.ranked_bars(ranking(), "actor", "papers", "reported")
    axes = figure.axes[0]
    assert [bar.get_width() for bar in axes.containers[0]] == [1200, 7, 3]
    heights = [bar.get_y() for bar in axes.containers[0]]
    low, high = axes.get_ylim()
    assert heights == sorted(heights) and low > high
    (marks,) = axes.get_lines()
    assert list(marks.get_xdata()) == [1100, 4]
    assert {"1,200", "7", "3"} <= set(printed(figure))


def test_the_matrix_prints_every_cell_and_greys_the_diagonal():
    figure = plots.matrix_heatmap(JOINT)
    cells = [text.get_text() for text in figure.axes[0].texts]
    assert cells == ["2", "1", "0", "1", "1", "0", "0", "0", "1"]
    assert len(figure.axes[0].patches) == 3


def overlapping(texts):
    boxes = [text.get_window_extent() for text in texts]
    return [
        (texts[i].get_text(), texts[j].get_text())
        for i in range(len(boxes)) for j in range(i) if boxes[i].overlaps(boxes[j])
    ]  # fmt: skip


def test_rows_of_the_matrix_keep_apart_when_every_name_wraps():
    names = [f"National Institute of Materials Science and Technology {letter}" for letter in "ABCDEFGHIJ"]
    records = pd.DataFrame({"record": ["r"] * 10, "actor": names})
    axes = plots.matrix_heatmap(joint_papers(records, names)).axes[0]
    boxes = [label.get_window_extent() for label in axes.get_yticklabels()]
    # Six points between the lowest letter of a name and the highest of the next.
    assert all(upper.y0 - lower.y1 >= 6 * 100 / 72 for upper, lower in zip(boxes, boxes[1:], strict=False))


def test_a_network_draws_linked_actors_alone_and_counts_the_others():
    said = printed(plots.network_plot(network(JOINT)))  # France wrote r3 alone
    assert "China" in said and "France" not in said
    assert "Not drawn, as no joint paper links them: 1" in said
    linked = joint_papers(ACTORS, ["China", NASTY])
    assert not [text for text in printed(plots.network_plot(network(linked))) if text.startswith("Not drawn")]


def test_names_of_a_network_keep_apart_and_whole_however_long_and_many():
    names = [f"Indian Institute of Technology System (IIT System) Campus {n}" for n in range(1, 13)]
    records = pd.DataFrame({"record": ["r"] * 12, "actor": names})
    axes = plots.network_plot(network(joint_papers(records, names))).axes[0]
    assert sorted(text.get_text().replace("\n", " ") for text in axes.texts) == sorted(names)
    assert overlapping(axes.texts) == []


def test_bars_by_category_leave_out_zeros_and_do_not_grow_tall():
    rows = [(f"c{c}", f"term {t}", max(0, 9 - 3 * c - t)) for c in range(4) for t in range(9)]
    figure = plots.category_bars(pd.DataFrame(rows, columns=["category", "term", "papers"]))
    # 9, 6 and 3 terms are found, of which five, five and three are drawn; the fourth has none.
    widths = [[bar.get_width() for bar in axes.containers[0]] for axes in figure.axes]
    assert widths == [[9, 8, 7, 6, 5], [6, 5, 4, 3, 2], [3, 2, 1]]
    many = pd.DataFrame([(f"c{c}", f"t{t}", 5) for c in range(8) for t in range(9)], columns=["category", "term", "papers"])
    assert plots.category_bars(many).get_figheight() <= 1.3 * style.WIDTH


def test_a_trend_does_not_run_into_a_partial_year():
    figure = plots.actor_trends(trends(2006))
    whole, part = figure.axes[0].get_lines()[:2]
    assert list(whole.get_xdata()) == [2000, 2001, 2002, 2003, 2004, 2005]
    assert list(part.get_xdata()) == [2006] and part.get_linestyle() == "None"


def test_a_topic_without_papers_says_so_in_its_panel():
    frame = pd.concat([years([1, 0, 2]).assign(name="found"), years([0, 0, 0]).assign(name="not")])
    assert printed(plots.topic_years(frame)).count("No papers") == 1


def test_a_programme_without_end_gets_an_arrow():
    axes = plots.programme_timeline(PROGRAMMES).axes[0]
    assert [line.get_marker() for line in axes.get_lines()] == [">"]
    spans = sorted((bar.get_x(), bar.get_x() + bar.get_width()) for bars in axes.containers for bar in bars)
    assert spans == [(2015, 2019), (2017, 2025), (2020, 2025)]


def test_labels_are_wrapped_and_cut():
    assert wrap("one two three four", 9, 2) == "one two\nthree\u2026"
    assert wrap("\u4e2d\u56fd\u79d1\u5b66\u9662", 6) == "\u4e2d\u56fd\u79d1\n\u5b66\u9662"
    assert wrap("", 5) == ""
    assert [number(value) for value in (0, 7.0, 7.25, 12000, None)] == ["0", "7", "7.2", "12,000", ""]
