"""The look of every figure, in one place: size, type, colours, and how a figure is written.

Figures are 5 inches wide with type of 10 points or more, so that they can still be read when a
phone scales them to 340 pixels. The colours are those of M. Okabe and K. Ito, Color Universal
Design (2008), told apart by people with any common colour vision; lines differ in marker too, and
what matters is never said by colour alone.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from importlib import resources
from pathlib import Path

import matplotlib as mpl
import seaborn as sns
from cycler import cycler
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.text import Text

WIDTH = 5.0
"""Width of a figure in inches."""

MAIN, ACCENT, QUIET, INK, FAINT = "#0072B2", "#D55E00", "#8A8A8A", "#222222", "#E4E4E4"
PALETTE = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#6F6F6F",
    "#8C6D1F", "#5D3A9B",
)
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*", "<", ">")
HATCH = "////"


@functools.cache
def _chinese_family() -> str:
    """Family name of the Chinese fallback font, registered on first use.

    The font is variable and matplotlib draws its default instance, which is thin: names in
    Chinese look lighter than the Latin text beside them.
    """
    fonts = resources.files("justmytype_intl_cjk") / "fonts" / "ofl" / "notosanssc"
    path = str(fonts / "NotoSansSC[wght].ttf")
    font_manager.fontManager.addfont(path)
    thin = next(font for font in font_manager.fontManager.ttflist if font.fname == path)
    # The one instance stands for every weight asked for, else each text would log a warning.
    font_manager.fontManager.ttflist += [replace(thin, weight=weight) for weight in (400, 700)]
    return thin.name


@functools.cache
def theme() -> dict:
    """Matplotlib settings of the house style."""
    return {
        **sns.axes_style("ticks"),
        "figure.dpi": 100,
        "font.family": ["DejaVu Sans", _chinese_family()],
        "font.size": 10.5, "axes.labelsize": 10.5, "axes.titlesize": 10.5,
        "xtick.labelsize": 10, "ytick.labelsize": 10, "legend.fontsize": 10,
        "axes.titlelocation": "left", "axes.titleweight": "bold",
        "axes.spines.top": False, "axes.spines.right": False,
        "axes.edgecolor": INK, "axes.labelcolor": INK, "text.color": INK,
        "xtick.color": INK, "ytick.color": INK, "axes.linewidth": 0.8,
        "axes.grid": False, "grid.color": FAINT, "grid.linewidth": 0.7, "axes.axisbelow": True,
        "axes.prop_cycle": cycler(color=PALETTE), "lines.linewidth": 1.6, "lines.markersize": 4.5,
        "legend.frameon": False, "hatch.linewidth": 0.7,
        "text.usetex": False, "text.parse_math": False, "axes.unicode_minus": True,
        "svg.fonttype": "path", "svg.hashsalt": "livingreview", "savefig.bbox": None,
    }


def _settle(figure: Figure) -> None:
    # Laying out again at another resolution would move things: lay out once, then freeze. Ticks
    # are made only here, and none may read a "$" in a name from a corpus as mathematics.
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for text in figure.findobj(Text):
        text.set_parse_math(False)


def styled(draw: Callable[..., Figure]) -> Callable[..., Figure]:
    """Run a drawing function under the house style, whatever the caller has set."""

    @functools.wraps(draw)
    def inner(*args, **kwargs) -> Figure:
        with mpl.rc_context(theme()):
            figure = draw(*args, **kwargs)
            _settle(figure)
            return figure

    return inner


def new_figure(height: float, rows: int = 1, columns: int = 1, **axes):
    """A figure of the house width, kept out of pyplot's registry so that nothing has to be closed.

    Parameters
    ----------
    height : float
        In inches.
    **axes
        Passed on to ``Figure.subplots``.

    Returns
    -------
    (Figure, Axes or array of Axes)
    """
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    return figure, figure.subplots(rows, columns, **axes)


def save(figure: Figure, folder: Path, name: str) -> tuple[Path, Path]:
    """Write ``name.svg`` and ``name.png`` (200 dpi); the same figure gives the same bytes.

    Returns the two paths, SVG first. The folder is made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    vector, raster = folder / f"{name}.svg", folder / f"{name}.png"
    with mpl.rc_context(theme()):
        _settle(figure)
        figure.savefig(vector, format="svg", metadata={"Date": None, "Creator": None})
        figure.savefig(raster, format="png", dpi=200, metadata={"Software": None})
    return vector, raster
