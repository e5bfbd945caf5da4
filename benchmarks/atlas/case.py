"""An invented case of any size, made in arrays at once: its ids and names mean nobody."""

from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from kznet.analysis import Analysis, bare
from kznet.dataset import Dataset
from kznet.network import Network
from kznet.provenance import LoadReport
from kznet.schema import ROLES

COMMUNITIES: Final = 400
_KINDS: Final = {"follow": 0.6, "repost": 0.4}
_HOME: Final = 0.8
_PUBLIC: Final = 0.02
_PLACES: Final = ("Ковыльбург", "Тасөзен", "Новая Степь", "Қызылжар-2", "Verkhnedol")
_TITLES: Final = ("жаршысы", "вестник", "әкімдігі", "today", "қала тынысы", "новости")
_CALLED: Final = 12
_NO_TIES: Final = pd.DataFrame({"source": [], "target": [], "kind": []}, dtype="str")
_LISTED: Final = 60


def case(accounts: int, *, ties_each: int, seed: int = 0) -> Analysis:
    """Accounts with communities, ties with a heavy tail, measures, and some hubs."""
    rng = np.random.default_rng(seed)
    group = _groups(rng, accounts)
    table = _accounts(rng, accounts)
    net = _network(rng, pd.Index(table["account"]), group, ties_each * accounts)
    data = Dataset(accounts=table, ties=_NO_TIES, report=LoadReport())
    member = pd.DataFrame({"account": table["account"], "community": group})
    member["community"] = member["community"].astype("Int64").where(group >= 0)
    member["confidence"] = rng.uniform(0.55, 1, accounts).round(3)
    centrality = _centrality(table, net)
    return replace(
        bare(data),
        network=net,
        centrality=centrality,
        membership=member,
        communities=_summary(table, group),
        hubs=_hubs(centrality),
        facts=_facts(net),
        seed=seed,
    )


def _groups(rng: np.random.Generator, n: int) -> np.ndarray:
    size = 1 / np.arange(1, COMMUNITIES + 1) ** 0.8
    group = rng.choice(COMMUNITIES, size=n, p=size / size.sum())
    return np.where(rng.random(n) < 0.04, -1, group)


def _accounts(rng: np.random.Generator, n: int) -> pd.DataFrame:
    """A few public accounts with a role and a name; all others under a pseudonym."""
    public = rng.random(n) < _PUBLIC
    number = pd.Series(np.arange(n)).astype("str")
    code = pd.Series(rng.integers(0, 1 << 62, n)).map("{:016x}".format)
    places, titles = (rng.choice(words, n) for words in (_PLACES, _TITLES))
    name = pd.Series(places).str.cat(pd.Series(titles), sep=" ").str.cat(number, sep=" ")
    return pd.DataFrame(
        {
            "account": ("x:page" + number).where(public, "x:~" + code),
            "name": name.where(public),
            "handle": ("page" + number).where(public),
            "platform": "x",
            "role": pd.Series(rng.choice(ROLES, n)).where(public),
            "camp": pd.Series(pd.NA, index=number.index, dtype="str"),
            "followers": rng.integers(10, 90_000, n),
        }
    )


def _network(rng: np.random.Generator, accounts: pd.Index, group: np.ndarray, m: int) -> Network:
    n = len(accounts)
    fame = np.cumsum(rng.pareto(1.2, n) + 0.05)
    layers = {}
    for kind, share in _KINDS.items():
        size = int(m * share)
        source = rng.integers(0, n, size)
        target = np.searchsorted(fame, rng.random(size) * fame[-1]).clip(max=n - 1)
        home = rng.random(size) < _HOME
        target[home] = _within(rng, group, fame, source[home])
        layers[kind] = _matrix(rng, source, target, n, heavy=kind == "repost")
    return Network(accounts, layers)


def _within(
    rng: np.random.Generator, group: np.ndarray, fame: np.ndarray, source: np.ndarray
) -> np.ndarray:
    """For each account another of its community, the better known the likelier."""
    order = np.argsort(group, kind="stable")
    known = np.cumsum(np.diff(fame, prepend=0.0)[order])
    last = np.cumsum(np.bincount(group + 1, minlength=COMMUNITIES + 1))
    ends = np.concatenate([[0.0], known[np.maximum(last - 1, 0)]])
    low, high = ends[group[source] + 1], ends[group[source] + 2]
    at = np.searchsorted(known, low + rng.random(len(source)) * (high - low))
    return np.asarray(order[at.clip(max=len(order) - 1)])


def _matrix(
    rng: np.random.Generator, source: np.ndarray, target: np.ndarray, n: int, *, heavy: bool
) -> csr_array:
    kept = source != target
    weight = rng.geometric(0.25, kept.sum()) if heavy else np.ones(kept.sum())
    found = coo_array((weight.astype(np.float64), (source[kept], target[kept])), shape=(n, n))
    return csr_array(found.tocsr())


def _centrality(table: pd.DataFrame, net: Network) -> pd.DataFrame:
    columns: dict[str, Any] = {name: table[name] for name in ("account", "name", "role")}
    for layer, matrix in {"all": net.total, **net.layers}.items():
        into, out = (np.asarray(matrix.sum(axis=axis)).ravel() for axis in (0, 1))
        columns[f"{layer}_in_strength"] = into
        columns[f"{layer}_in_degree"] = np.bincount(matrix.indices, minlength=len(table))
        columns[f"{layer}_out_strength"] = out
        columns[f"{layer}_out_degree"] = np.diff(matrix.indptr)
        columns[f"{layer}_pagerank"] = (into + 1) / (into + 1).sum()
    return pd.DataFrame(columns)


def _summary(table: pd.DataFrame, group: np.ndarray) -> pd.DataFrame:
    inside = pd.Series(group)
    found = inside[inside >= 0].value_counts().sort_index()
    shares = pd.get_dummies(table["role"]).groupby(inside).mean().add_suffix("_share")
    sizes = pd.DataFrame({"community": found.index, "size": found.to_numpy(), "label": "mixed"})
    return sizes.assign(confidence=0.86, internal_density=0.002).merge(
        shares, left_on="community", right_index=True
    )


def _hubs(table: pd.DataFrame) -> pd.DataFrame:
    top = table.nlargest(_CALLED + _LISTED, "all_in_strength").reset_index(drop=True)
    called = np.arange(len(top)) < _CALLED
    reach = np.linspace(0.1, 0.01, len(top))
    return pd.DataFrame(
        {
            "rank": np.arange(1, len(top) + 1),
            "account": top["account"],
            "status": np.where(called, "hub", "not called"),
            "tier": pd.Series("indicative", index=top.index).where(called),
            "q": np.where(called, 0.004, 0.6),
            "exposure": reach,
            "exposure_low": reach * 0.85,
            "exposure_high": reach * 1.2,
            "effect": np.where(called, 0.71, 0.12),
            "reason": np.where(called, "", "synchrony no greater than habits explain"),
        }
    )


def _facts(net: Network) -> dict[str, Any]:
    layer = "follow + repost"
    found = {"accounts": len(net), "ties": net.total.nnz, "status": "clear", "k": COMMUNITIES}
    numbers = {
        "modularity": 0.6,
        "modularity_at_1": 0.6,
        "null_mean": 0.2,
        "null_max": 0.21,
        "z": 40.0,
    }
    more = {"ami_median": 0.95, "share_mixed": 0.1, "k_large": COMMUNITIES, "gamma": 1.0}
    layers = {layer: {**found, **numbers, **more}}
    return {
        "communities": {"layer": layer, "status": "clear", "layers": layers},
        "privacy": {"names": "public", "named": 0, "pseudonyms": len(net), "notice": ""},
    }
