"""The texts of records that expressions are searched in."""

from __future__ import annotations

import pandas as pd

KEYWORD_SEPARATOR = " ; "


def texts(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Title, abstract and keywords of every record: ``record``, ``title``, ``abstract``,
    ``keywords`` (all str), by record.

    Keywords of every kind (author, plus, review) are joined by ``' ; '``, so that no phrase runs
    from one into the next.
    """
    columns = ["record", "title", "abstract"]
    table = tables["records"][columns].sort_values("record").reset_index(drop=True)
    words = tables["keywords"].sort_values(["record", "kind", "position"])
    joined = words.groupby("record")["printed"].agg(KEYWORD_SEPARATOR.join)
    table["keywords"] = table["record"].map(joined).astype("object").fillna("").astype("str")
    return table
