"""Position in the network: one table, a row an account, a column a layer and measure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.measures import brokerage, content, degree, paths, spectral, spreading
from kznet.measures.intervals import rank_intervals
from kznet.measures.registry import MEASURES, NEEDS, Estimate, measure
from kznet.network import Network

__all__ = ["MEASURES", "Centrality", "Estimate", "centrality", "measure", "ranks"]
_ENDINGS = ("_se", "_rank_low", "_rank_high")
_FAMILIES = (degree, spectral, paths, spreading, brokerage, content)


@dataclass(frozen=True, eq=False)
class Centrality:
    """The table, and how each measure was had: ``{layer: {measure: "exact" | "sampled …"}}``."""

    table: pd.DataFrame
    methods: Mapping[str, Mapping[str, str]]


def centrality(
    net: Network,
    *,
    measures: Sequence[str] = (),
    membership: np.ndarray | None = None,
    data: Dataset | None = None,
    known: Mapping[str, np.ndarray] | None = None,
    seed: int = 0,
) -> Centrality:
    """Every measure on every layer, and on all layers together where there is more than one.

    Parameters
    ----------
    net
        The network.
    measures
        Names of measures; all where none are given.
    membership
        Community numbers, shape (n,), -1 for none; without it the measures that need it are
        left out.
    data
        The dataset that the network was made of; without it the repost h-index and the rank
        intervals are left out.
    known
        Columns that were measured elsewhere, by their names, shape (n,).
    seed
        Draws the starts of path measures on large networks, and the posts of rank intervals.

    Returns
    -------
    Centrality
        `table` has `account` and then `<layer>_<measure>`, in the order of `net.accounts`;
        sampled measures have `<layer>_<measure>_se`, their standard error. Where ties name
        their posts, in-degree, in-strength and PageRank have `<layer>_<measure>_rank_low` and
        `…_rank_high` behind all values: the best and the worst rank that the choice of posts
        leaves open (see `intervals.rank_intervals`).

    Raises
    ------
    UnknownNameError
        No measure has that name.
    """
    chosen = {name: MEASURES[name] for name in measures or MEASURES}
    columns: dict[str, np.ndarray] = {}
    methods: dict[str, dict[str, str]] = {}
    for layer, part in _layers(net).items():
        starts = paths.sources(part, seed=seed)
        extra = {
            "membership": membership,
            "reposts": data if layer == "repost" else None,
            "sources": starts,
        }
        for name in chosen:
            if NEEDS[name] in ("membership", "reposts") and extra[NEEDS[name]] is None:
                continue
            found = _known(known, f"{layer}_{name}") or _call(name, part, extra)
            columns[f"{layer}_{name}"] = found.value
            how = _coverage(found.value)
            if starts is not None and found.error.any():
                columns[f"{layer}_{name}_se"] = found.error
                how = f"sampled ({len(starts)} starts)"
            methods.setdefault(layer, {})[name] = how
    table = pd.DataFrame({"account": net.accounts.astype("str"), **columns})
    if data is not None:
        table = table.assign(**_intervals(data, net, columns, seed))
    return Centrality(table, methods)


def ranks(table: pd.DataFrame) -> pd.DataFrame:
    """Best and worst rank of each account by each measure of a centrality table.

    1 is the highest value; accounts whose 95 % intervals (or values) cannot be told apart
    share a range, `<column>_rank` to `<column>_rank_high`. Where the table has rank intervals
    from other draws of posts, those are the range.
    """
    result = {"account": table["account"]}
    for column in table.columns[1:]:
        if column.endswith(_ENDINGS) or not pd.api.types.is_numeric_dtype(table[column]):
            continue
        if not column.startswith(tuple(_layer_names(table))):
            continue
        best, worst = _range(table, column)
        result[f"{column}_rank"] = best.astype("Int64")
        result[f"{column}_rank_high"] = worst.astype("Int64")
    return pd.DataFrame(result)


def _range(table: pd.DataFrame, column: str) -> tuple[pd.Series, pd.Series]:
    """Best and worst rank by one column: its rank interval, or what its errors leave open."""
    if f"{column}_rank_low" in table:
        return table[f"{column}_rank_low"], table[f"{column}_rank_high"]
    value = table[column].to_numpy(dtype=np.float64)
    error = table.get(f"{column}_se", pd.Series(0.0, index=table.index)).to_numpy()
    low, high = value - 1.96 * error, value + 1.96 * error
    known = ~np.isnan(value)
    best = known.sum() - np.searchsorted(np.sort(low[known]), high, side="right") + 1
    worst = known.sum() - np.searchsorted(np.sort(high[known]), low, side="left")
    return pd.Series(best).where(known), pd.Series(worst).where(known)


def _layer_names(table: pd.DataFrame) -> set[str]:
    return {
        f"{layer}_"
        for layer in {column.partition("_")[0] for column in table.columns}
        if any(f"{layer}_{name}" in table.columns for name in MEASURES)
    }


def _intervals(
    data: Dataset, net: Network, columns: Mapping[str, np.ndarray], seed: int
) -> dict[str, pd.Series]:
    """Columns of the rank intervals of every kind of tie that has them."""
    found = {}
    for kind in net.layers:
        values = {
            name: columns[f"{kind}_{name}"] for name in MEASURES if f"{kind}_{name}" in columns
        }
        for name, ends in rank_intervals(data, kind, values, seed=seed).items():
            for end, rank in zip(("low", "high"), ends, strict=True):
                found[f"{kind}_{name}_rank_{end}"] = pd.Series(rank, dtype="Int64")
    return found


def _layers(net: Network) -> dict[str, Network]:
    parts = {kind: net.only(kind) for kind in net.layers}
    return parts if len(parts) == 1 else {**parts, "all": net}


def _call(name: str, net: Network, extra: Mapping[str, object]) -> Estimate:
    function = cast("Callable[..., np.ndarray | Estimate]", MEASURES[name])
    needs = NEEDS[name]
    if not len(net):
        return Estimate(np.zeros(0), np.zeros(0))
    found = function(net) if needs == "network" else function(net, extra[needs])
    return found if isinstance(found, Estimate) else Estimate(found, np.zeros(len(net)))


def _known(known: Mapping[str, np.ndarray] | None, column: str) -> Estimate | None:
    if known is None or column not in known:
        return None
    return Estimate(known[column], np.zeros(len(known[column])))


def _coverage(value: np.ndarray) -> str:
    if len(value) and np.isnan(value).all():
        return "left out: too dense or no data"
    return "exact"
