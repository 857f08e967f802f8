"""Input number N of a seed: files on disk, and what may be asked of their import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from . import damage, places, real, wholes
from .shapes import MAPPING, MAPPING_NAME, SHAPES, Pieces
from .works import HEAD, HOSTILE, LAST, LIST_TAGS, MIDDLE, NUMERIC_TAGS, TEXT_TAGS

ORDINARY, LONG = 20.0, 90.0


@dataclass
class Input:
    """What was made and what it must survive.

    ``paths`` are given to the import, relative to the folder of the case. ``alone`` is an
    undamaged file of the sentinels only, ``beside`` what must stand beside it; ``sentinels`` are those (0 first, 1 last) that must come
    through as they do from it. ``may_refuse`` says whether a message instead of a corpus will do;
    ``named`` what such a message must name. ``previous``: a corpus stands at the place of the new
    one. ``block``: see ``front.small_blocks``. ``opened``: whether the corpus is opened once more in full, which takes
    as long as the import; its ledger, counts and hashes are checked in any case.
    """

    what: str
    paths: list[str] = field(default_factory=lambda: ["in"])
    alone: tuple[str, bytes] | None = None
    beside: dict[str, str] = field(default_factory=dict)
    sentinels: tuple[int, ...] = ()
    may_refuse: bool = True
    named: str = ""
    seconds: float = ORDINARY
    previous: bool = False
    block: int = 0
    opened: bool = True


def make(seed: int, number: int, folder: Path) -> Input:
    """Write input ``number`` of ``seed`` below ``folder`` and say what it is."""
    rng = Random(f"{seed}/{number}")
    (folder / "in").mkdir(parents=True)
    kind = rng.choices([kind for kind, _ in _KINDS], [weight for _, weight in _KINDS])[0]
    made = kind(rng, folder)
    if made.what.startswith("mapped-csv"):
        made.beside = {MAPPING_NAME: MAPPING}
        (folder / "in" / MAPPING_NAME).write_text(MAPPING, encoding="utf-8")
    made.previous, made.opened = rng.random() < 0.15, rng.random() < 0.2
    if kind is not _LONG_LINE and made.what.startswith(("wos-text", "wos-ciw")) and rng.random() < 0.4:
        made.block = rng.choice((256, 1000, 5000))
        made.what += f", in blocks of {made.block}"
    return made


def _works(rng: Random) -> list[dict]:
    return [dict(work) for work in rng.sample(MIDDLE, rng.choice((3, 4, 5)))]


def _hand_written(rng: Random) -> tuple[str, str, Pieces, Pieces]:
    """A shape, its file name, the export in pieces, and the one of its sentinels alone."""
    shape = rng.choice(list(SHAPES))
    write, name, variants = SHAPES[shape]
    variant = rng.choice(variants)
    return shape, name, write([HEAD, *_works(rng), LAST], **variant), write([HEAD, LAST], **variant)


def _seed(rng: Random) -> tuple[str, str, Pieces, Pieces]:
    slices = real.slices()
    if slices and rng.random() < 0.35:
        return rng.choice(slices)
    return _hand_written(rng)


def _middle(rng: Random, folder: Path) -> Input:
    """Damage between the sentinels, with at least one whole record on either side of it."""
    shape, name, whole, alone = _seed(rng)
    count = len(whole.records)
    start = rng.randrange(2, count - 2) if count > 4 else 2
    end = rng.randrange(start + 1, count - 1)
    before = (whole.head + "".join(whole.records[:start])).encode(whole.codec)
    zone = "".join(whole.records[start:end])
    after = ("".join(whole.records[end:]) + whole.tail).encode(whole.codec)
    ways, whole_units = [], True
    for _ in range(rng.choice((0, 1, 1, 2))):
        way = rng.choice(damage.TEXT)
        ways.append(way.__name__)
        zone = way(rng, zone)
    data = zone.encode(whole.codec, "surrogatepass")
    if not ways or rng.random() < 0.3:
        for _ in range(rng.choice((1, 1, 2))):
            if data:
                way = rng.choice(damage.BYTES)
                ways.append(way.__name__)
                data = way(rng, data)
                whole_units = whole.codec == "utf-8"
    (folder / "in" / name).write_bytes(whole.bom + before + data + after)
    # A list of JSON is whole or it is none; half a unit of UTF-16 shifts all that follows it.
    fragile = "json-list" if shape == "openalex-json" else "utf-16" if not whole_units else ""
    return Input(
        f"{shape}: {'+'.join(ways)} in records {start + 1} to {end} of {count}",
        alone=(name, alone.content()),
        sentinels=(0,) if fragile == "utf-16" else (0, 1),
        may_refuse=bool(fragile),
        named=name,
    )


def _anywhere(rng: Random, folder: Path) -> Input:
    """Damage anywhere, the header and the end included: no record is safe."""
    shape, name, whole, _ = _seed(rng)
    data, ways = whole.content(), []
    for _ in range(rng.choice((1, 1, 2, 4))):
        if data:
            way = rng.choice(damage.BYTES)
            ways.append(way.__name__)
            data = way(rng, data)
    (folder / "in" / name).write_bytes(data)
    return Input(f"{shape}: {'+'.join(ways)} anywhere", named=name)


def _cut(rng: Random, folder: Path) -> Input:
    """Cut at any byte: what stands well before the cut is kept."""
    shape, name, whole, alone = _seed(rng)
    data = whole.content()
    safe = len(replace(whole, records=whole.records[:2], tail="").content())
    at = rng.randrange(len(data))
    (folder / "in" / name).write_bytes(data[:at])
    holds = at > safe
    return Input(
        f"{shape}: cut at byte {at} of {len(data)}",
        alone=(name, alone.content()) if holds else None,
        sentinels=(0,) if holds else (),
        may_refuse=not holds or shape == "openalex-json" or whole.codec != "utf-8",
        named=name,
    )


def _hostile(rng: Random, folder: Path) -> Input:
    """Well-formed exports with fields nobody expects: nothing is broken, so nothing may be refused."""
    shape = rng.choice(list(SHAPES))
    write, name, variants = SHAPES[shape]
    variant, works = rng.choice(variants), _works(rng)
    for work in works[1:-1]:
        hostile_fields(rng, work)
    (folder / "in" / name).write_bytes(write([HEAD, *works, LAST], **variant).content())
    alone = write([HEAD, LAST], **variant).content()
    return Input(f"{shape}: hostile fields", alone=(name, alone), sentinels=(0, 1), may_refuse=False, named=name)


def hostile_fields(rng: Random, work: dict) -> None:
    """Put formulas, markup, paths and senseless numbers into a work."""
    for _ in range(rng.choice((1, 2, 6))):
        tag = rng.choice(TEXT_TAGS + NUMERIC_TAGS + LIST_TAGS)
        text = rng.choice(HOSTILE)
        work[tag] = [text, *work.get(tag, [])[1:]] if tag in LIST_TAGS else text


def _elsewhere(maker: Callable[[Random, Path], dict]) -> Callable[[Random, Path], Input]:
    return lambda rng, folder: Input(**maker(rng, folder))


_LONG_LINE = _elsewhere(wholes.long_line)
_KINDS: tuple[tuple[Callable[[Random, Path], Input], float], ...] = (
    (_middle, 60),
    (_anywhere, 9),
    (_cut, 9),
    (_hostile, 8),
    (_elsewhere(wholes.workbook), 6),
    (_elsewhere(wholes.odd), 4),
    (_elsewhere(wholes.companion), 1),
    (_elsewhere(wholes.bomb), 0.15),
    (_LONG_LINE, 0.06),
    (_elsewhere(places.folder), 4),
)
