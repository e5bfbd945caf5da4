"""kznet's own three tables, as a case folder and the simulator write them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

import pandas as pd

from kznet.loaders._accounts import accounts_of
from kznet.loaders._clean import stamps
from kznet.loaders._columns import cells
from kznet.loaders._formats import Verdict, loader
from kznet.loaders._ids import namespaced, namespaced_posts
from kznet.loaders._options import Options
from kznet.loaders._part import Part, counted, set_aside, stacked, table
from kznet.loaders._source import Source
from kznet.loaders._table import Table, by_piece
from kznet.loaders._ties import ties_of
from kznet.schema import SCHEMA

Own = Literal["accounts", "ties", "posts"]
_MARKS: Final[Mapping[Own, tuple[str, ...]]] = {
    "ties": ("source", "target", "kind", "time", "post"),
    "posts": ("post", "account"),
    "accounts": ("account",),
}


def which_table(names: tuple[str, ...]) -> Own | None:
    """Which of the three tables has these columns; its own names alone, so that no other fits."""
    for name, marks in _MARKS.items():
        if set(marks) <= set(names) <= set(SCHEMA[name]):
            return name
    return None


def are_ties(paths: Sequence[str]) -> bool:
    """Whether every path is a Parquet file of kznet's own ties."""
    sources = [Source(Path(path), path) for path in paths]
    return all(
        each.path.is_file() and each.is_parquet and which_table(each.header) == "ties"
        for each in sources
    )


def _recognises(source: Source) -> Verdict:
    if not source.header:
        return Verdict(fits=False, why="not a table")
    which = which_table(source.header)
    if which is None:
        return Verdict(fits=False, why="columns are not those of accounts, ties or posts")
    return Verdict(fits=True, why=f"columns of kznet's {which}")


@loader(recognises=_recognises)
def tables(source: Source, options: Options) -> Part:
    """Tables of kznet's own: accounts, ties or posts (CSV or Parquet), and case folders.

    How to get it
    -------------
    `kznet build` or `kznet run` (folder `dataset/`), `kznet simulate`, or by hand.

    What is read
    ------------
    All columns of accounts, ties and posts; of a case folder its dataset alone.

    What is missing
    ---------------
    Nothing; columns of other names make it an edge list.
    """
    which = which_table(source.header)
    same = {name: name for name in source.header}
    own = replace(options, direction="actor")
    if which == "ties":
        return by_piece(source, lambda rows: ties_of(rows, same, own))
    if which == "accounts":
        return by_piece(source, lambda rows: accounts_of(rows, same, options))
    return by_piece(source, lambda rows: posts_of(rows, options))


def posts_of(rows: Table, options: Options) -> Part:
    """Read the posts of a table whose columns are those of the schema."""
    frame = rows.frame
    known: dict[str, pd.Series] = {
        name: frame[name] if name == "time" else cells(frame[name]) for name in frame.columns
    }
    known["post"] = namespaced_posts(known["post"], options.platform)
    known["account"] = namespaced(known["account"], options.platform)
    notes: list[tuple[str, int]] = []
    if "time" in known:
        time = stamps(known["time"], options.tz, scale=rows.scales.get("time"))
        known["time"] = time.utc
        notes.append((f"time zone assumed to be {options.tz}", time.naive))
        notes.append(("times not understood", int(time.bad.sum())))
    if "text" in known:
        known["text"] = frame["text"].astype("str").replace("", None)
    good = known["post"].notna()
    aside = set_aside(rows.lines[~good], "no post id", frame.loc[~good, "account"].astype("str"))
    return Part(
        rows=rows.rows,
        used=int(good.sum()),
        posts=table("posts", known, index=frame.index)[good].reset_index(drop=True),
        aside=stacked([rows.aside, aside], aside),
        warnings=rows.warnings + counted(notes),
    )
