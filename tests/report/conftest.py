"""An invented analysis with all its tables, of any size; every name in it is fictional."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kznet.analysis import Analysis
from kznet.dataset import Dataset
from kznet.mechanisms.evidence import EVIDENCE, EXPLANATIONS
from kznet.network import network
from kznet.provenance import LoadReport
from kznet.report import View
from kznet.report.pages import pages
from kznet.schema import ROLES

Make = Callable[..., Analysis]
FirstPages = Callable[..., Mapping[str, str]]

FIRST = ["Айгерім", "Бауыржан", "Динара", "Ерлан", "Жанар", "Қайрат", "Мадина", "Нұрлан", "Сергей",
         "Ольга", "Тимур", "Әсел", "Үміт", "Ғалым", "Marat", "Aliya"]  # fmt: skip
LAST = ["Сейтов", "Ахметова", "Құрманов", "Ибраева", "Петров", "Жұмабек", "Оспан", "Литвинова",
        "Бекова", "Төлеген", "Кузнецов", "Ермек", "Nurlan", "Sarsen"]  # fmt: skip
BODIES = ["Жайлау ауданының әкімдігі", "Министерство дальних степей", "Степной вестник",
          "Қала тынысы", "Новый берег", "Дала партиясы", "Городские новости 24"]  # fmt: skip
SHARES = [0.05, 0.03, 0.02, 0.06, 0.06, 0.12]


@pytest.fixture(scope="session")
def make() -> Make:
    """Build an analysis of n accounts; equal calls give the same one."""
    kept = cache(build)
    return lambda n, *, names=(), **options: kept(n, names=tuple(names), **options)


@pytest.fixture(scope="session")
def first_pages() -> FirstPages:
    """The report and the map, by path: neither dossiers nor the atlas are made, equal calls once.

    Options are those of `View`.
    """
    made: dict[tuple[int, View], tuple[Analysis, dict[str, str]]] = {}

    def first(analysis: Analysis, **view: Any) -> Mapping[str, str]:
        key = id(analysis), View(**view)
        if key not in made:  # kept with the analysis, lest its id become another's
            made[key] = analysis, dict(islice(pages(analysis, key[1]), 2))
        return made[key][1]

    return first


def build(
    n: int,
    *,
    seed: int = 0,
    hubs: int = 6,
    communities: int = 6,
    names: Sequence[str] = (),
) -> Analysis:
    rng = np.random.default_rng(seed)
    group = _groups(rng, n, communities)
    accounts = _accounts(rng, n, group, names)
    ids = accounts["account"].to_numpy()
    ties = _ties(rng, ids, group)
    data = Dataset(accounts=accounts, ties=ties, report=LoadReport())
    net = network(data)
    membership = pd.DataFrame({"account": pd.Series(ids, dtype="str"), "community": group})
    membership["community"] = membership["community"].astype("Int64").replace(-1, pd.NA)
    membership["confidence"] = rng.uniform(0.55, 1, n).round(3)
    table = _centrality(net, data, membership)
    listed = _hubs(rng, table, min(hubs, n))
    return Analysis(
        dataset=data,
        network=net,
        centrality=table,
        membership=membership,
        communities=_communities(table, communities if n else 0),
        pairs=pd.DataFrame({"source": ids[:1], "target": ids[1:2].tolist() or ids[:1]}),
        hubs=listed,
        tests=_tests(rng, listed),
        evidence=_evidence(rng, listed, ids),
        screens=pd.DataFrame(
            {"account": ids[-1:], "screen": "automation", "detail": "median latency 41 s"}
        ),
        explanations=_explanations(listed),
        facts=_facts(data, listed, membership),
        options={"window": "60s", "lang": "en", "names": "auto", "q": 0.05},
        seed=seed,
        warnings=("time zone assumed: Asia/Almaty (follows.csv)",),
    )


def _groups(rng: np.random.Generator, n: int, k: int) -> np.ndarray:
    if not k:
        return np.full(n, -1)
    chance = 0.6 ** np.arange(k)
    group = rng.choice(k, size=n, p=chance / chance.sum())
    return np.where(rng.random(n) < 0.04, -1, group)


def _accounts(
    rng: np.random.Generator, n: int, group: np.ndarray, names: Sequence[str]
) -> pd.DataFrame:
    role = rng.choice([*ROLES[:6], None], size=n, p=[*SHARES, 1 - sum(SHARES)])
    role = np.where(rng.random(n) < 0.15, "other", role) if n else role
    person = [f"{rng.choice(FIRST)} {rng.choice(LAST)}" for _ in range(n)]
    body = [f"{rng.choice(BODIES)} {i % 9 + 1}" for i in range(n)]
    official = np.isin(role.astype(str), ["government", "media", "party"])
    name = np.where(official, body, person).astype(object) if n else np.array([], dtype=object)
    name[: len(names)] = names[:n]
    return pd.DataFrame(
        {
            "account": [f"telegram:channel{1500000000 + i}" for i in range(n)],
            "name": pd.Series(name, dtype="str"),
            "handle": [f"channel_{i}" for i in range(n)],
            "role": pd.Series(role, dtype="str"),
            "camp": pd.Series(np.where(group == 0, "north", None), dtype="str"),
            "followers": rng.integers(10, 90_000, n),
        }
    )


def _ties(rng: np.random.Generator, ids: np.ndarray, group: np.ndarray) -> pd.DataFrame:
    n, m = len(ids), 5 * len(ids) if len(ids) > 1 else 0
    fame = rng.pareto(1.1, n) + 0.05
    source = rng.integers(0, max(n, 1), m)
    target = rng.choice(n, size=m, p=fame / fame.sum()) if m else source
    keep = (group[source] == group[target]) | (rng.random(m) < 0.12)
    source, target = source[keep], target[keep]
    kind = rng.choice(["follow", "repost", "mention"], size=len(source), p=[0.5, 0.42, 0.08])
    start = pd.Timestamp("2024-02-01", tz="UTC")
    time = start + pd.to_timedelta(rng.integers(0, 58 * 86_400, len(source)), unit="s")
    weight = np.where(kind == "repost", rng.geometric(0.25, len(source)), 1)
    columns = {"source": ids[source], "target": ids[target], "kind": kind, "time": time}
    return (
        pd.DataFrame({**columns, "weight": weight})
        if m
        else pd.DataFrame({"source": [], "target": [], "kind": []}, dtype="str")
    )


def _centrality(net: Any, data: Dataset, membership: pd.DataFrame) -> pd.DataFrame:
    table = data.accounts[["account", "name", "role"]].merge(membership, on="account")
    for layer, matrix in {"all": net.total, **net.layers}.items():
        into = np.asarray(matrix.sum(axis=0)).ravel()
        table[f"{layer}_in_degree"] = np.diff(matrix.tocsc().indptr)
        table[f"{layer}_in_strength"] = into
        table[f"{layer}_pagerank"] = (into + 1) / (into + 1).sum()
    table["all_betweenness"] = table["all_in_strength"] ** 1.5
    return table


def _hubs(rng: np.random.Generator, table: pd.DataFrame, hubs: int) -> pd.DataFrame:
    top = table.nlargest(3 * hubs + 3, "all_in_strength") if len(table) else table
    k = len(top)
    order = np.arange(k)
    status = np.where(order % 3 == 0, "hub", np.where(order % 3 == 1, "not called", "not testable"))
    beyond = (status == "hub") & (np.cumsum(status == "hub") > hubs)
    status = np.where(beyond, "not called", status)
    reach = np.sort(rng.uniform(0.01, 0.2, k))[::-1]
    called, tested = status == "hub", status != "not testable"
    reasons = {
        "hub": "reach and fine synchrony beyond both nulls",
        "not called": "synchrony no greater than habits explain",
        "not testable": "fewer than 5 posts with 3 reposts",
    }
    return pd.DataFrame(
        {
            "rank": order + 1,
            "account": top["account"].to_numpy(),
            "name": top["name"].to_numpy(),
            "role": top["role"].to_numpy(),
            "community": top["community"].to_numpy(),
            "status": status,
            "tier": np.where(called, np.where(order % 2, "indicative", "strong"), None),
            "mechanism": np.where(called, "amplification", ""),
            "q": np.where(tested, np.where(called, 0.0015 * (order + 1), 0.6), np.nan),
            "exposure": reach,
            "exposure_low": reach * 0.85,
            "exposure_high": reach * 1.2,
            "effect": np.where(tested, np.where(called, 0.71, 0.12), np.nan),
            "coordinated_share_at_least": np.where(called, 0.14, np.nan),
            "reason": [reasons[each] for each in status],
        }
    )


def _explanations(hubs: pd.DataFrame) -> pd.DataFrame:
    called = hubs.loc[hubs["status"] == "hub", "account"]
    rows = [
        (account, "amplification", name, found, figure, f"{name} in words")
        for account in called
        for name, found, figure in (
            ("automation", "no", 0.0),
            ("fans", "yes", 0.2),
            ("disclosed_staff", "not checkable", np.nan),
        )
    ]
    return pd.DataFrame(rows, columns=list(EXPLANATIONS)).astype(EXPLANATIONS)


def _tests(rng: np.random.Generator, hubs: pd.DataFrame) -> pd.DataFrame:
    frame = hubs[["account", "status", "reason", "tier", "q", "effect"]].copy()
    k, called = len(frame), (hubs["status"] == "hub").to_numpy()
    tested = (hubs["status"] != "not testable").to_numpy()
    frame["mechanism"] = "amplification"
    frame["status"] = np.where(tested, "tested", "not testable")
    numbers: dict[str, Any] = {
        "observed": np.where(called, rng.uniform(300, 900, k), rng.uniform(-20, 60, k)),
        "null_median": rng.uniform(-5, 5, k),
        "null_low": rng.uniform(-60, -40, k),
        "null_high": rng.uniform(60, 120, k),
        "p": np.where(called, 0.0005, 0.44),
        "meetings": rng.integers(5, 40, k),
        "posts": rng.integers(20, 200, k),
        "reposts": rng.integers(400, 9000, k),
        "members": np.where(called, rng.integers(3, 16, k), 0),
        "coordinated_share_at_least": hubs["coordinated_share_at_least"],
        "p_without_posts": np.where(called, 0.012, np.nan),
        "p_without_member": np.where(called, 0.008, np.nan),
    }
    frame = frame.assign(**{name: np.where(tested, v, np.nan) for name, v in numbers.items()})
    frame["note"] = np.where(called, "timing alone can't tell a crew from habitual readers", None)
    unbuilt = frame[["account"]].assign(
        mechanism="bait_and_switch", status="not testable", reason="this test is not built yet"
    )
    both = pd.concat([frame, unbuilt, unbuilt.assign(mechanism="pseudo_official")])
    return both.reset_index(drop=True)


def _evidence(rng: np.random.Generator, hubs: pd.DataFrame, ids: np.ndarray) -> pd.DataFrame:
    rows = [
        (account, "amplification", f"{account}/{post}", pd.Timestamp("2024-03-05T10:00:07Z")
         + pd.Timedelta(days=post, seconds=11 * post),
         " | ".join(rng.choice(ids, 8, replace=len(ids) < 8)), float(9 + 7 * post),
         " | ".join(str(n * (9 + 7 * post)) for n in range(8)))
        for account in hubs.loc[hubs["status"] == "hub", "account"] for post in range(7)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[*EVIDENCE, "seconds"])


def _communities(table: pd.DataFrame, k: int) -> pd.DataFrame:
    rows = []
    for number in sorted(table["community"].dropna().unique())[:k]:
        inside = table[table["community"] == number]
        best = inside.nlargest(5, "all_in_strength")["account"]
        shares = {f"{role}_share": float((inside["role"] == role).mean()) for role in ROLES}
        label = {0: "north", 1: "opposition"}.get(int(number), "mixed")
        rows.append({"community": number, "size": len(inside), "label": label, "confidence":
                     float(inside["confidence"].mean()), "top_accounts": " | ".join(best),
                     **shares, "internal_density": 0.0132 / (number + 1)})  # fmt: skip
    columns = ["community", "size", "label", "confidence", "top_accounts", "internal_density"]
    return pd.DataFrame(rows, columns=None if rows else columns)


def _facts(data: Dataset, hubs: pd.DataFrame, membership: pd.DataFrame) -> dict[str, Any]:
    ties = {str(kind): int(v) for kind, v in data.ties["kind"].value_counts().items() if v}
    file = {"name": "follows.csv", "format": "edges", "recognised_by": "columns source, target",
            "sha256": "9f" * 32, "rows": len(data.ties) + 3, "ties": ties,
            "accounts": len(data.accounts), "rejected": {"no target": 3},
            "warnings": ("time zone assumed: Asia/Almaty",), "first": "2024-02-01T00:00:00+00:00",
            "last": "2024-03-30T21:10:05+00:00"}  # fmt: skip
    found = bool(membership["community"].notna().any())
    layer = {"accounts": len(data.accounts), "ties": len(data.ties), "isolates": 4, "gamma": 1.0,
             "k": 6, "k_large": 6, "modularity": 0.412, "modularity_at_1": 0.412, "null_mean": 0.21,
             "null_max": 0.23, "z": 41.2, "ami_median": 0.97, "status": "clear" if found else
             "none", "reason": "", "share_mixed": 0.12,
             "scan": [[1.0, 0.97, 6]]}  # fmt: skip
    called = int((hubs["status"] == "hub").sum()) if len(hubs) else 0
    return {
        "coverage": {"accounts": len(data.accounts), "ties": ties, "loops": {"repost": 2},
                     "posts": 2210, "first": file["first"], "last": file["last"],
                     "files": [file], "rejected": {"no target": 3}},
        "centrality": {"all": {"betweenness": "sampled (256 sources)", "pagerank": "exact"}},
        "communities": {"layer": "follow + repost", "status": "clear" if found else "none",
                        "layers": {"follow + repost": layer}},
        "pairs": {"window": "60s", "shares": 18_204, "objects": 2_210, "pairs": 6206,
                  "survivors": 214, "q": 0.05},
        "hubs": {"gated": len(hubs), "called": called, "q": 0.05,
                 "testable": {"amplification": int((hubs["status"] != "not testable").sum())
                              if len(hubs) else 0},
                 "reason": "" if called else "the data name no authors of reposts"},
        "privacy": {"names": "public", "named": len(data.accounts) // 4,
                    "pseudonyms": len(data.accounts) - len(data.accounts) // 4,
                    "notice": ""},
    }  # fmt: skip
