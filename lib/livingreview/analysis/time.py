"""Papers over time: a count for every year, growth, turning points."""

from __future__ import annotations

import math
from collections.abc import Collection
from itertools import combinations

import numpy as np
import pandas as pd

from livingreview.analysis.behind import records_by

MIN_GROWTH_YEARS = 5
CONFIDENCE = 95  # per cent, of the interval of the growth rate
MIN_SEGMENT = 3


def papers_per_year(dated: pd.DataFrame, partial_years: Collection[int] = ()) -> pd.DataFrame:
    """Papers of every year from the first to the last, years without papers included.

    Parameters
    ----------
    dated : DataFrame
        ``record`` and ``year`` (Int64); records without a year are left out.
    partial_years : collection of int
        Years that the date range or the harvest cuts short.

    Returns
    -------
    DataFrame
        ``year`` (int64), ``papers`` (int64), ``partial`` (bool), ``records``; by year.
    """
    known = dated.loc[dated["year"].notna(), ["record", "year"]]
    behind = {int(year): ids for year, ids in records_by(known, "year").items()}
    years = list(range(min(behind), max(behind) + 1)) if behind else []
    records = [behind.get(year, ()) for year in years]
    return pd.DataFrame(
        {
            "year": pd.Series(years, dtype="int64"),
            "papers": pd.Series([len(ids) for ids in records], dtype="int64"),
            "partial": pd.Series([year in set(partial_years) for year in years], dtype="bool"),
            "records": pd.Series(records, dtype="object"),
        }
    )


def cumulative(per_year: pd.DataFrame) -> pd.DataFrame:
    """Papers up to and including each year: ``year``, ``papers``, ``partial``, ``records``."""
    table = per_year[["year", "papers", "partial"]].copy()
    table["papers"] = table["papers"].cumsum()
    behind: list[str] = []
    rows = []
    for ids in per_year["records"]:
        behind.extend(ids)
        rows.append(tuple(sorted(behind)))
    table["records"] = pd.Series(rows, dtype="object", index=table.index)
    return table


def student_t_quantile(probability: float, freedom: int) -> float:
    """Upper quantile of Student's t distribution, ``0.5 < probability < 1``, ``freedom >= 1``.

    The distribution function is the finite series for whole degrees of freedom of Abramowitz
    and Stegun, Handbook of Mathematical Functions (1964), 26.7.3 and 26.7.4, inverted by bisection.

    >>> round(student_t_quantile(0.975, 10), 3)
    2.228
    """
    if freedom < 1 or not 0.5 < probability < 1:
        raise ValueError(f"no quantile for probability {probability}, freedom {freedom}")

    def inside(t: float) -> float:
        """Probability of -t..t."""
        theta = math.atan(t / math.sqrt(freedom))
        cosine2 = math.cos(theta) ** 2
        term, total = 1.0, 1.0 if freedom > 1 else 0.0
        odd = freedom % 2
        for step in range(1, (freedom - 2 - odd) // 2 + 1):
            low = 2 * step if odd else 2 * step - 1
            term *= cosine2 * low / (low + 1)
            total += term
        if odd:
            return 2 / math.pi * (theta + math.sin(theta) * math.cos(theta) * total)
        return math.sin(theta) * total

    low, high = 0.0, 1.0
    while (1 + inside(high)) / 2 < probability:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if (1 + inside(middle)) / 2 < probability else (low, middle)
    return (low + high) / 2


def growth(per_year: pd.DataFrame) -> pd.DataFrame:
    """Growth of the yearly output over the complete years that have papers.

    ``annual_growth`` is the compound annual growth rate between the first and the last such year,
    ``100 * ((n_last / n_first) ** (1 / (last - first)) - 1)``. ``loglinear_growth`` is
    ``100 * (exp(b) - 1)`` where b is the slope of the least-squares line of ln(papers) on year,
    with its 95 % interval by Student's t on n - 2 degrees of freedom; ``doubling_years`` is
    ``ln 2 / b``, ``NaN`` if b is not positive. (D. J. de Solla Price, Little Science, Big Science,
    1963, for exponential growth and doubling time; N. R. Draper and H. Smith, Applied Regression
    Analysis, 3rd ed., 1998, section 1.4, for the interval of a slope.)

    Returns
    -------
    DataFrame
        One row: ``first_year``, ``last_year``, ``years`` (used), ``years_without_papers`` (left
        out, a logarithm needs papers), ``first_papers``, ``last_papers``, ``annual_growth``,
        ``loglinear_growth``, ``loglinear_low``, ``loglinear_high`` (all in % a year),
        ``doubling_years`` (years), ``records``. No row with fewer than 5 such years.
    """
    columns = [
        "first_year", "last_year", "years", "years_without_papers", "first_papers", "last_papers",
        "annual_growth", "loglinear_growth", "loglinear_low", "loglinear_high", "doubling_years",
        "records",
    ]
    complete = per_year[~per_year["partial"]]
    used = complete[complete["papers"] > 0]
    if len(used) < MIN_GROWTH_YEARS:
        return pd.DataFrame(columns=columns)
    x = used["year"].to_numpy(float)
    y = np.log(used["papers"].to_numpy(float))
    spread = x - x.mean()
    slope = float(spread @ y / (spread @ spread))
    residual = y - y.mean() - slope * spread
    error = math.sqrt(float(residual @ residual) / (len(x) - 2) / float(spread @ spread))
    margin = student_t_quantile(0.5 + CONFIDENCE / 200, len(x) - 2) * error
    first, last = used.iloc[0], used.iloc[-1]
    ratio = last["papers"] / first["papers"]
    within = complete["year"].between(first["year"], last["year"])
    row = {
        "first_year": int(first["year"]), "last_year": int(last["year"]), "years": len(used),
        "years_without_papers": int(within.sum()) - len(used),
        "first_papers": int(first["papers"]), "last_papers": int(last["papers"]),
        "annual_growth": 100 * (ratio ** (1 / (last["year"] - first["year"])) - 1),
        "loglinear_growth": 100 * math.expm1(slope),
        "loglinear_low": 100 * math.expm1(slope - margin),
        "loglinear_high": 100 * math.expm1(slope + margin),
        "doubling_years": math.log(2) / slope if slope > 1e-12 else math.nan,
        "records": tuple(sorted(record for ids in used["records"] for record in ids)),
    }
    return pd.DataFrame([row], columns=columns)


def turning_points(per_year: pd.DataFrame) -> pd.DataFrame:
    """Years in which the growth of the yearly output changed, found and not asserted.

    All continuous piecewise linear models of ln(papers + 1) on year with 0, 1 or 2 breaks at
    whole years are fitted to the complete years by least squares; between breaks, and between a
    break and either end, lie at least 3 years. The model with the smallest Bayesian information
    criterion ``n ln(RSS / n) + k ln n`` is kept, k = 2 parameters for the line and 2 for each
    break (its year and its change of slope); the simpler model wins a tie. (G. Schwarz, Annals of
    Statistics 6, 461, 1978; J. Bai and P. Perron, Journal of Applied Econometrics 18, 1, 2003;
    V. M. R. Muggeo, Statistics in Medicine 22, 3055, 2003.)

    Returns
    -------
    DataFrame
        ``year``, ``slope_before``, ``slope_after`` (both per year, in ln(papers + 1)),
        ``records``; a row for each break, by year; no row if a straight line serves best or if
        fewer than 7 complete years are there. A break is a property of the whole series, so the
        records behind each row are all that were fitted.
    """
    complete = per_year[~per_year["partial"]]
    x = complete["year"].to_numpy(float)
    y = np.log1p(complete["papers"].to_numpy(float))
    n = len(x)
    best_score, best_breaks, best_slopes = math.inf, (), np.empty(0)
    enough = n >= 2 * MIN_SEGMENT + 1
    inner = [year for year in x if MIN_SEGMENT <= year - x[0] and MIN_SEGMENT <= x[-1] - year]
    for count in (0, 1, 2) if enough else ():
        for breaks in combinations(inner, count):
            if any(b - a < MIN_SEGMENT for a, b in zip(breaks, breaks[1:], strict=False)):
                continue
            hinges = [np.maximum(x - year, 0) for year in breaks]
            design = np.column_stack([np.ones(n), x - x[0], *hinges])
            weights = np.linalg.lstsq(design, y, rcond=None)[0]
            misfit = y - design @ weights
            variance = max(float(misfit @ misfit) / n, 1e-12)
            score = n * math.log(variance) + (2 + 2 * count) * math.log(n)
            if score < best_score - 1e-9:
                best_score, best_breaks = score, breaks
                best_slopes = np.cumsum(weights[1:])
    fitted = tuple(sorted(record for ids in complete["records"] for record in ids))
    rows = [
        {
            "year": int(year), "slope_before": float(best_slopes[place]),
            "slope_after": float(best_slopes[place + 1]), "records": fitted,
        }
        for place, year in enumerate(best_breaks)
    ]
    return pd.DataFrame(rows, columns=["year", "slope_before", "slope_after", "records"])
