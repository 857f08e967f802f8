"""Text, numbers and tables as MyST markup, with every untrusted character made harmless."""

from __future__ import annotations

import html
import numbers
import re

import pandas as pd

from livingreview.words import say

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_CITATION = re.compile(r"^ref:(\d+)$")


def escape(text: str) -> str:
    """Plain text as MyST inline markup that renders as exactly that text, on one line.

    Every ASCII punctuation mark is backslash-escaped (CommonMark 0.31, section 2.4), so that no
    emphasis, role, link, math or HTML can start in text that came from an export.

    >>> escape("a_b | <i> {x}")
    'a\\\\_b \\\\| \\\\<i\\\\> \\\\{x\\\\}'
    """
    one_line = " ".join(str(text).split())
    return _PUNCTUATION.sub(r"\\\1", one_line)


def is_missing(value) -> bool:
    """Whether a cell holds nothing: None, NaN, <NA> or empty text."""
    return value is None or value is pd.NA or value == "" or (isinstance(value, float) and value != value)


def plain(value, kind: str = "") -> str:
    """A value as a person reads it.

    ``kind``: ``count`` (thousands marked), ``year`` (never), ``percent`` (one decimal),
    ``decimal`` (two), ``text``. Without a kind, integers are counts and floats have two decimals.

    >>> plain(2338), plain(2016, "year"), plain(36.912, "percent"), plain(pd.NA)
    ('2,338', '2016', '36.9 %', 'n/a')
    """
    if is_missing(value):
        return say("labels.not_available")
    if isinstance(value, bool):
        return say("labels.yes") if value else say("labels.no")
    if kind == "year":
        return value if isinstance(value, str) else str(int(value))
    if kind == "percent":
        return f"{float(value):.1f} %"
    if kind == "decimal":
        return f"{float(value):,.2f}"
    if isinstance(value, numbers.Integral):
        return f"{int(value):,}"
    if isinstance(value, numbers.Real):
        if kind == "count" and float(value).is_integer():
            return f"{int(value):,}"
        return f"{float(value):,.2f}"
    return str(value)


def cell(value, kind: str = "") -> str:
    """One table cell as MyST: text escaped, links and citations made into links."""
    if kind == "url" and not is_missing(value):
        good = re.fullmatch(r"https?://[^\s<>()]+", str(value))
        return f"[{escape(value)}]({value})" if good else escape(value)
    if kind == "citations" and not is_missing(value):
        return citations(str(value))
    if kind == "pages" and not is_missing(value):
        return ", ".join(f"{{doc}}`{page.strip()}`" for page in str(value).split(";"))
    shown = plain(value, kind)
    return shown if isinstance(value, numbers.Real) and not is_missing(value) else escape(shown)


def citations(numbers_text: str) -> str:
    """Reference numbers joined by '; ' as links to the reference list.

    >>> citations("29; 30")
    '{ref}`[29] <ref-29>` {ref}`[30] <ref-30>`'
    """
    wanted = [n.strip() for n in numbers_text.split(";") if n.strip()]
    return " ".join(f"{{ref}}`[{n}] <ref-{n}>`" for n in wanted)


def pipe_table(frame: pd.DataFrame, heads: list[str], kinds: list[str]) -> str:
    """A frame as a pipe table; numbers are set right, everything else left."""
    numeric = [
        k in ("count", "percent", "decimal", "year") or pd.api.types.is_numeric_dtype(frame[c])
        for c, k in zip(frame.columns, kinds)
    ]
    lines = [
        "| " + " | ".join(escape(h) for h in heads) + " |",
        "|" + "|".join("--:" if right else ":--" for right in numeric) + "|",
    ]
    columns = [[cell(v, k) for v in frame[c].tolist()] for c, k in zip(frame.columns, kinds)]
    lines += ["| " + " | ".join(row) + " |" for row in zip(*columns)]
    return "\n".join(lines)


def html_table(frame: pd.DataFrame, heads: list[str], kinds: list[str]) -> str:
    """The same table as HTML, for whoever opens the executed notebook in Jupyter."""
    head = "".join(f"<th>{html.escape(h)}</th>" for h in heads)
    columns = [[plain(v, k) for v in frame[c].tolist()] for c, k in zip(frame.columns, kinds)]
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(v)}</td>" for v in row) + "</tr>" for row in zip(*columns)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def table_block(label: str, caption: str, body: str, options: str = "") -> str:
    """A numbered MyST table that the prose can refer to as ``tab-<label>``."""
    return f"```{{table}} {caption}\n:name: tab-{label}\n{options}\n{body}\n```\n"


def figure_block(label: str, source: str, alt: str, caption: str) -> str:
    """A numbered MyST figure that the prose can refer to as ``fig-<label>``."""
    safe_alt = " ".join(alt.split())
    return f"```{{figure}} {source}\n:name: fig-{label}\n:alt: {safe_alt}\n\n{caption}\n```\n"


def reference(row) -> str:
    """One entry of the reference list as MyST, with the target ``ref-<number>`` before it.

    ``row`` has the columns of the facts table ``references``.
    """
    authors = escape(row.authors) + (", et al." if row.et_al == "yes" else ".")
    parts = [authors, f"{escape(row.title)}."]
    if row.journal:
        place = ", ".join(escape(v) for v in (plain(row.year, "year"), _issue(row), row.pages) if v)
        parts.append(f"*{escape(row.journal)}*, {place}.")
    if row.url:
        parts.append(f"[{escape(row.url)}]({row.url})")
    return f"(ref-{row.number})=\n\\[{row.number}\\] " + " ".join(parts) + "\n"


def _issue(row) -> str:
    return f"{row.volume}({row.issue})" if row.issue else row.volume
