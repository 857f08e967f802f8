"""Every figure of the book: a tidy table in, a matplotlib Figure out, neither shown nor saved."""

from livingreview.exhibits.plots.bars import category_bars, change_bars, ranked_bars
from livingreview.exhibits.plots.network import network_plot
from livingreview.exhibits.plots.relations import crossed_heatmap, matrix_heatmap
from livingreview.exhibits.plots.timeline import programme_timeline
from livingreview.exhibits.plots.years import actor_trends, topic_years, year_bars

__all__ = [
    "actor_trends", "category_bars", "change_bars", "crossed_heatmap", "matrix_heatmap",
    "network_plot", "programme_timeline", "ranked_bars", "topic_years", "year_bars",
]
