"""Rows of an edge table as ties; every row that is none is set aside with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import pandas as pd

from kznet.codes import CODED, constant, distinct, encoded, together
from kznet.loaders._clean import numbers, stamps, weights
from kznet.loaders._columns import Aliases, cells, words
from kznet.loaders._ids import imprecise, namespaced, namespaced_posts
from kznet.loaders._kinds import kind_of, kinds_of
from kznet.loaders._options import Options
from kznet.loaders._part import Counted, Part, counted, set_aside, stacked, table
from kznet.loaders._table import Table

TIE_COLUMNS: Final[Aliases] = {
    "source": words(
        "source from src user_id author_id vertex_1 follower id_1 node_1 источник от кто откуда "
        "подписчик кім қайдан дереккөз"
    ),
    "target": words(
        "target to dst friend_id retweeted_user_id vertex_2 followee id_2 node_2 цель кого кому "
        "к куда кімді кімге қайда нысана"
    ),
    "kind": words("kind relation relationship edge_type вид связь тип_связи түрі байланыс"),
    "weight": words("weight count n value вес количество число салмақ саны"),
    "time": words(
        "time timestamp datetime date created_at timestamp_share время дата дата_и_время уақыт "
        "уақыты күні"
    ),
    "post": words("post post_id object object_id пост запись публикация жазба"),
    "content": words("content content_id"),
    "resolution": ["resolution"],
    "directed": ["directed"],
    "type": ["type"],
    "label": ["label"],
}
_ASSUMED: Final = "kind of ties assumed to be"
_UNCLOSED: Final = "a line break in an id: is a quotation mark not closed?"
_DIRECTIONS: Final = frozenset(["directed", "undirected", "mutual"])
_BOTH_WAYS: Final = frozenset(["undirected", "mutual", "false", "0", "no"])


class _Check(NamedTuple):
    """Rows that are wrong, in which words, and the cell to show."""

    wrong: pd.Series
    words: str
    cell: pd.Series


def has_ties(columns: Mapping[str, str]) -> bool:
    """Whether these columns can hold ties: two ends, or one end and what it shared."""
    return "source" in columns and ("target" in columns or "post" in columns)


def ties_of(
    edges: Table,
    columns: Mapping[str, str],
    options: Options,
    *,
    kind: str | None = None,
    place: str = "",
) -> Part:
    """Read the ties of an edge table, whose columns are named in terms of `TIE_COLUMNS`.

    Rows in are ties and rows set aside; an undirected row gives two ties. `kind` is that of a
    format which knows but one.
    """
    raw = _raw(edges.frame, columns)
    if kind is not None:
        raw["kind"] = constant(kind, edges.frame.index)
    if options.direction == "influence":
        raw |= {"source": raw["target"], "target": raw["source"]}
    time = stamps(raw["time"], options.tz, scale=edges.scales.get(columns.get("time", "")))
    weight, bad_weight = weights(raw["weight"], edges.decimal)
    assumed = _assumed_kind(raw, weight, options)
    says_kind = bool(raw["kind"].notna().any())
    ties = {
        "source": namespaced(raw["source"], options.platform),
        "target": namespaced(raw["target"], options.platform),
        "kind": _kind(raw["kind"], options.kind if says_kind else assumed),
        "time": time.utc,
        "post": namespaced_posts(raw["post"], options.platform),
        "content": namespaced_posts(raw["content"], options.platform),
        "weight": weight,
        "resolution": numbers(raw["resolution"]),
    }
    reason, value = _faults(_checks(raw, ties, time.bad, bad_weight))
    good = reason.isna()
    aside = set_aside(edges.lines[~good], reason[~good].array, value[~good].array, place=place)
    doubts = counted(
        [
            (f"{_ASSUMED} {assumed}", 0 if says_kind else int(good.sum())),
            (f"time zone assumed to be {options.tz}", time.naive),
            ("id precision lost", imprecise(distinct(together([raw["source"], raw["target"]])))),
        ]
    )
    found = table("ties", ties, index=edges.frame.index).assign(line=edges.lines)
    return Part(
        rows=edges.rows,
        used=int(good.sum()),
        ties=_both_ways(found[good], raw["directed"][good]),
        aside=stacked([edges.aside, aside], aside),
        warnings=edges.warnings + doubts,
        place=place,
    )


def of_one_kind(part: Part) -> Part:
    """Take all ties of a file for reposts, where some pieces of it looked so and others did not."""
    said = [warned for warned in part.warnings if isinstance(warned, Counted)]
    assumed = [warned for warned in said if warned.text.startswith(_ASSUMED)]
    if len(assumed) < 2:
        return part
    others = tuple(warned for warned in part.warnings if warned not in assumed)
    together = counted([(f"{_ASSUMED} repost", sum(warned.times for warned in assumed))])
    kind = constant("repost", part.ties.index)
    return replace(part, ties=part.ties.assign(kind=kind), warnings=(*others, *together))


def _raw(frame: pd.DataFrame, columns: Mapping[str, str]) -> dict[str, pd.Series]:
    """Cells of every column that a tie can have; missing throughout where the file has none."""
    raw: dict[str, pd.Series] = {}
    for name in TIE_COLUMNS:
        if name not in columns:
            missing = pd.Series(pd.NA, index=frame.index, dtype="str")
            raw[name] = encoded(missing) if name in CODED else missing
        elif isinstance(frame[columns[name]].dtype, pd.DatetimeTZDtype):
            raw[name] = frame[columns[name]]
        elif name in CODED:
            raw[name] = cells(encoded(frame[columns[name]]))
        else:
            raw[name] = cells(frame[columns[name]])
    types = {str(word).lower() for word in raw["type"].dropna().unique()}
    labels = raw["label"].dropna().unique()
    gephi = bool(types) and types <= _DIRECTIONS
    if gephi:
        raw["directed"] = raw["type"]
    if "kind" not in columns and types and not gephi:
        raw["kind"] = encoded(raw["type"])
    elif "kind" not in columns and len(labels) and all(kind_of(word) for word in labels):
        raw["kind"] = encoded(raw["label"])
    return raw


def _assumed_kind(raw: Mapping[str, pd.Series], weight: pd.Series, options: Options) -> str:
    """Weights, times and posts belong to acts that repeat; a bare list is of who follows whom."""
    acts = weight.ne(1).any() or raw["time"].notna().any() or raw["post"].notna().any()
    return options.kind or ("repost" if acts else "follow")


def _kind(words: pd.Series, otherwise: str | None) -> pd.Series:
    kind = kinds_of(words)
    unsaid = words.isna()
    if otherwise is None or not unsaid.any():
        return kind
    return constant(otherwise, words.index) if unsaid.all() else _filled(kind, unsaid, otherwise)


def _filled(kind: pd.Series, unsaid: pd.Series, otherwise: str) -> pd.Series:
    return encoded(kind.astype("str").mask(unsaid, otherwise))


def _is_lost(ties: Mapping[str, pd.Series]) -> pd.Series:
    """A share says something without its author, as long as it says what was shared."""
    shared = ties["kind"].eq("repost") & ties["post"].notna()
    return ties["target"].isna() & ~shared


def _checks(
    raw: Mapping[str, pd.Series],
    ties: Mapping[str, pd.Series],
    bad_time: pd.Series,
    bad_weight: pd.Series,
) -> list[_Check]:
    """What can be wrong with a row, in the order in which it is told."""
    return [
        _Check(ties["source"].isna(), "no source", raw["target"]),
        _Check(_has_breaks(raw["source"]), _UNCLOSED, raw["source"]),
        _Check(_has_breaks(raw["target"]), _UNCLOSED, raw["target"]),
        _Check(ties["kind"].isna() & raw["kind"].isna(), "no kind", raw["kind"]),
        _Check(ties["kind"].isna(), "unknown kind", raw["kind"]),
        _Check(_is_lost(ties), "no target", raw["source"]),
        _Check(bad_weight, "weight is not a number of at least 0", raw["weight"]),
        _Check(bad_time, "time not understood", raw["time"]),
    ]


def _has_breaks(ids: pd.Series) -> pd.Series:
    broken = distinct(ids).str.contains("\n", regex=False)
    if not broken.any():
        return pd.Series(data=False, index=ids.index)
    return ids.isin(distinct(ids)[broken])


def _faults(checks: Sequence[_Check]) -> tuple[pd.Series, pd.Series]:
    """First reason to set a row aside, missing where there is none, and the cell it is about."""
    reason = pd.Series(pd.NA, index=checks[0].wrong.index, dtype="str")
    value = reason.copy()
    for check in checks:
        new = check.wrong & reason.isna()
        if new.any():
            reason = reason.mask(new, check.words)
            value = value.mask(new, check.cell.astype("str"))
    return reason, value


def _both_ways(ties: pd.DataFrame, directed: pd.Series) -> pd.DataFrame:
    both = directed.str.lower().isin(_BOTH_WAYS) & ties["target"].notna()
    if not both.any():
        return ties.reset_index(drop=True)
    both[both] = ties["source"][both].astype("str") != ties["target"][both].astype("str")
    back = ties[both].rename(columns={"source": "target", "target": "source"})
    return stacked([ties, back[ties.columns]], ties).reset_index(drop=True)
