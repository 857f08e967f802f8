"""The one door through which a figure, a table or a number gets onto a page.

What goes through it is captioned, numbered, written to disk, shown, and entered in the ledger
with the records behind each of its parts. Nothing is counted here.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pandas as pd
from IPython.display import display

from livingreview import words
from livingreview.exhibits import markup
from livingreview.exhibits.columns import head_of, kind_of, unit_of
from livingreview.exhibits.ledger import Ledger, Part, Row

GLUE_PREFIX = "application/papermill.record/"
RECORDS = "records"
# A page shows the head of a long table; the CSV and the workbook hold all of it.
ROWS_ON_PAGE = 100


class Number(str):
    """A number as it is printed; in a sentence it stands as the role that glues it.

    A sentence may ask for a noun that agrees with it: ``{papers:paper}`` gives "1 paper" or
    "2 papers", from ``labels.nouns``.
    """

    glue: str
    one: bool

    def __format__(self, noun: str) -> str:
        if not noun:
            return self.glue
        return f"{self.glue}\u00a0" + words.say(f"labels.nouns.{noun}.{'one' if self.one else 'many'}")


class Door:
    """Makes the exhibits of one chapter.

    Parameters
    ----------
    folder : Path
        Where ``figures/``, ``tables/`` and ``ledger/`` are written.
    chapter : str
        Name of the chapter, as in its file name.
    parameters : mapping
        Parameters of the edition, entered in every ledger row.
    data, library : str
        Hashes of the data read and of the package.
    context : mapping
        Values that any caption may use: ``corpus``, ``range``.
    """

    def __init__(
        self, folder: Path, chapter: str, parameters: Mapping, data: str, library: str, context: Mapping
    ):
        self.folder, self.chapter, self.context = folder, chapter, dict(context)
        self.parameters, self.data, self.library = dict(parameters), data, library
        self._ledger = Ledger(folder / "ledger", chapter)
        for name in ("figures", "tables"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def number(self, id: str, value, records: Iterable[str] = (), *, kind: str = "", unit: str = "papers") -> Number:
        """Glue a value under ``id`` and return it for use in :meth:`tell`.

        ``kind`` is one of :func:`markup.plain`. ``records`` are the ids behind the value.
        """
        text = markup.plain(value, kind)
        stored = None if markup.is_missing(value) else value
        stored = stored.item() if hasattr(stored, "item") else stored
        part = self._ledger.part(id, stored, records)
        self._enter("number", id, unit, "", part.n, [part])
        display(
            {f"{GLUE_PREFIX}text/plain": repr(text)},
            raw=True,
            metadata={"scrapbook": {"name": id, "mime_prefix": GLUE_PREFIX}, **_mark("number", id)},
        )
        number = Number(text)
        number.glue, number.one = f"{{glue:text}}`{id}`", stored == 1
        return number

    def tell(self, key: str, **values) -> None:
        """Show a sentence of the catalogue; a :class:`Number` stays glued, other text is escaped."""
        self._show_markdown(words.say(f"tell.{key}", **_said(values)), metadata=_mark("sentence", key))

    def quote(self, text: str) -> None:
        """Show a text to the letter, such as a query or an expression."""
        fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=2) + 3)
        block = f"{fence}{{code-block}} text\n:class: lr-quote\n\n{text}\n{fence}\n"
        self._show_markdown(block, metadata=_mark("sentence", "quote"))

    def reference_list(self, references: pd.DataFrame) -> None:
        """Show a reference list; each entry is the target of its citations."""
        entries = [markup.reference(row) for row in references.itertuples(index=False)]
        text = ":::{div} lr-references\n" + "\n".join(entries) + "\n:::\n"
        self._show_markdown(text, metadata=_mark("sentence", "references"))

    def tell_row(self, key: str, frame: pd.DataFrame, id: str = "", **values) -> None:
        """Tell the first row of a frame: each number that the sentence names is glued.

        The sentence is ``tell.<key>.present``; an empty frame gives ``tell.<key>.absent``.
        """
        if frame.empty:
            return self.tell(f"{key}.absent", **values)
        row, prefix = frame.iloc[0], id or key.replace(".", "-")
        records = row[RECORDS] if RECORDS in frame else ()
        for name in words.placeholders(f"tell.{key}.present"):
            if name in frame.columns:
                value = row[name]
                values[name] = value if isinstance(value, str) and not kind_of(name) else self.number(
                    f"{prefix}-{name}".replace("_", "-"), value, records, kind=kind_of(name), unit=unit_of(name)
                )  # fmt: skip
        self.tell(f"{key}.present", **values)

    def table(
        self,
        id: str,
        frame: pd.DataFrame,
        key: str | list[str],
        *,
        unit: str = "",
        counting: str = "",
        kinds: Mapping[str, str] | None = None,
        hide: Iterable[str] = (),
        text: str = "",
        **values,
    ) -> None:
        """Show a numbered table; an empty frame gives the exhibit's ``absent`` sentence instead.

        ``key`` names the column or columns that name a row in the ledger. ``unit`` is a key of
        ``labels.units``, ``counting`` one of ``labels.counting``. A column ``records`` is not
        shown: it goes to the ledger. ``hide`` leaves columns to the CSV alone. ``text`` names the
        words in the catalogue where several exhibits share them (default: the id).
        """
        hidden = {RECORDS, *hide}
        csv = frame.drop(columns=[c for c in (RECORDS,) if c in frame])
        path = self.folder / "tables" / f"{id}.csv"
        csv.to_csv(path, index=False, lineterminator="\n")
        parts = self._parts(frame, key, None)
        n = self._behind(frame)
        self._enter("table", id, unit, counting, n, parts, [path])
        if frame.empty:
            return self._absent(id, text or id, values)
        shown = frame[[c for c in frame.columns if c not in hidden]].head(ROWS_ON_PAGE)
        column_kinds = [(kinds or {}).get(c, kind_of(c)) for c in shown.columns]
        heads = [head_of(c) for c in shown.columns]
        papers = n if RECORDS in frame and n else None
        caption = self._caption(text or id, papers, unit, counting, values, shown=len(shown), rows=len(frame))
        wide = ":class: lr-wide\n" if len(shown.columns) > 8 else ""
        block = markup.table_block(id, caption, markup.pipe_table(shown, heads, column_kinds), wide)
        self._show_markdown(
            self._lead(text or id, f"{{numref}}`tab-{id}`", values) + block,
            html=markup.html_table(shown, heads, column_kinds),
            metadata=_mark("table", id),
        )

    def figure(
        self,
        id: str,
        frame: pd.DataFrame,
        key: str | list[str],
        value: str,
        plot: Callable,
        *,
        unit: str = "papers",
        counting: str = "full",
        need: int = 2,
        text: str = "",
        draw: Mapping | None = None,
        **values,
    ) -> None:
        """Draw ``plot(frame, **draw)`` as a numbered figure, SVG and PNG, with its numbers as a CSV.

        Fewer than ``need`` rows with a value give the ``absent`` sentence: no plot is better than
        an empty one. ``plot`` takes the frame and returns a matplotlib figure.
        """
        csv = self.folder / "tables" / f"{id}.csv"
        frame.drop(columns=[c for c in (RECORDS,) if c in frame]).to_csv(csv, index=False, lineterminator="\n")
        parts, n = self._parts(frame, key, value), self._behind(frame)
        if int((frame[value].fillna(0) != 0).sum()) < need:
            self._enter("figure", id, unit, counting, n, parts, [csv])
            return self._absent(id, text or id, values)
        from livingreview.exhibits import style  # matplotlib only where something is drawn

        svg, png = style.save(plot(frame, **(draw or {})), self.folder / "figures", id)
        self._enter("figure", id, unit, counting, n, parts, [svg, png, csv])
        papers = n if RECORDS in frame else None
        caption = self._caption(text or id, papers, unit, counting, values, rows=0 if papers else len(frame))
        alt = words.say(f"exhibits.{text or id}.alt", **self._plain(values, n))
        block = markup.figure_block(id, f"../figures/{svg.name}", alt.replace("\n", " "), caption)
        image = base64.b64encode(png.read_bytes()).decode()
        self._show_markdown(
            self._lead(text or id, f"{{numref}}`fig-{id}`", values) + block,
            html=f'<img src="data:image/png;base64,{image}" width="480">',
            metadata=_mark("figure", id),
        )

    def _enter(self, kind, id, unit, counting, n, parts: list[Part], files: Iterable[Path] = ()) -> None:
        hashes = {f.relative_to(self.folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}
        self._ledger.write(
            Row(
                id=id, kind=kind, chapter=self.chapter, unit=unit, counting=counting, n=n,
                parameters=self.parameters, data=self.data, library=self.library,
                files=hashes, parts=parts,
            )  # fmt: skip
        )

    def _parts(self, frame: pd.DataFrame, key: str | list[str], value: str | None) -> list[Part]:
        names = [key] if isinstance(key, str) else list(key)
        labels = frame[names].astype("str").agg(" | ".join, axis=1).tolist() if len(frame) else []
        shown = [c for c in frame.columns if c not in (RECORDS, *names)]
        records = frame[RECORDS].tolist() if RECORDS in frame else [()] * len(frame)
        parts = []
        for row, label, behind in zip(frame.to_dict("records"), labels, records):
            seen = _native(row[value]) if value else {c: _native(row[c]) for c in shown}
            parts.append(self._ledger.part(label, seen, behind))
        return parts

    @staticmethod
    def _behind(frame: pd.DataFrame) -> int:
        if RECORDS not in frame:
            return len(frame)
        return len(set().union(*frame[RECORDS])) if len(frame) else 0

    def _plain(self, values: Mapping, n: int) -> dict:
        return {"n": f"{n:,}", **self.context, **{k: str(v) for k, v in values.items()}}

    def _caption(self, id, papers: int | None, unit, counting, values, shown: int = 0, rows: int = 0) -> str:
        said = {k: markup.escape(v) for k, v in self._plain(values, papers or 0).items()}
        parts = [words.say(f"exhibits.{id}.caption", **said)]
        if unit:
            parts.append(words.say("labels.caption_unit", unit=words.say(f"labels.units.{unit}")))
        if counting:
            parts.append(words.say("labels.caption_counting", counting=words.say(f"labels.counting.{counting}")))
        if papers is not None:
            parts.append(words.say("labels.caption_n", n=said["n"]))
        if rows:
            parts.append(words.say("labels.caption_rows", rows=f"{rows:,}"))
        if shown and shown < rows:
            parts.append(words.say("labels.caption_head", shown=f"{shown:,}", rows=f"{rows:,}"))
        return re.sub(r"[ \n]+", " ", " ".join(parts))  # no-break spaces stay

    def _lead(self, id: str, ref: str, values: Mapping) -> str:
        key = f"exhibits.{id}.lead"
        if not words.has(key):
            return ""
        return words.say(key, ref=ref, **_said(values)) + "\n\n"

    def _absent(self, id: str, text: str, values: Mapping) -> None:
        said = {k: markup.escape(v) for k, v in self._plain(values, 0).items()}
        self._show_markdown(words.say(f"exhibits.{text}.absent", **said), metadata=_mark("absent", id))

    @staticmethod
    def _show_markdown(text: str, metadata: Mapping, html: str = "") -> None:
        bundle = {"text/markdown": text, "text/plain": text}
        if html:
            bundle["text/html"] = html
        display(bundle, raw=True, metadata=dict(metadata))


def _said(values: Mapping) -> dict:
    return {k: v if isinstance(v, Number) else markup.escape(str(v)) for k, v in values.items()}


def _mark(kind: str, id: str) -> dict:
    return {"livingreview": {"kind": kind, "id": id}}


def _native(value):
    if markup.is_missing(value):
        return None
    return value.item() if hasattr(value, "item") else value
