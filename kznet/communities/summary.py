"""One row a community: its size, what names it, who is central in it."""

from typing import Final

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.stats import false_discovery_control, hypergeom

from kznet.dataset import Dataset
from kznet.network import Network
from kznet.schema import ROLES

_TOP: Final = 5
_SHARE: Final = 0.6
_FEWEST: Final = 5
MIXED: Final = "mixed"


def summary(
    table: pd.DataFrame, data: Dataset, net: Network, *, status: str = "clear"
) -> pd.DataFrame:
    """Size, label, mean confidence, central accounts, role shares and density of communities.

    A role or camp labels a community only where it is enriched there (hypergeometric tail,
    Benjamini–Hochberg at .05 over communities and labels) and is carried by at least 60 % of its
    labelled public accounts and by at least five; else the label is "mixed". Where the status
    is not ``clear`` no community is labelled.

    Returns
    -------
    DataFrame
        community, size, label, confidence (mean), top_accounts (by in-strength, joined by
        " | "), `<role>_share` of all its accounts, internal_density (ties over possible ties).
    """
    joined = table.assign(strength=np.asarray(net.total.sum(axis=0)))
    joined = joined.merge(data.accounts[["account", "role", "camp"]], on="account", how="left")
    inside = joined[joined["community"].notna()]
    groups = inside.groupby("community", sort=True)
    result = pd.DataFrame({"size": groups.size(), "confidence": groups["confidence"].mean()})
    labels = _labels(joined, data) if status == "clear" else {}
    result["label"] = [labels.get(number, MIXED) for number in result.index]
    if status != "clear":
        result["label"] = pd.Series(pd.NA, index=result.index, dtype="str")
    central = inside.sort_values(["strength", "account"], ascending=[False, True])
    result["top_accounts"] = central.groupby("community")["account"].agg(
        lambda ids: " | ".join(ids[:_TOP])
    )
    for role in ROLES:
        result[f"{role}_share"] = (inside["role"] == role).groupby(inside["community"]).mean()
    result["internal_density"] = _density(table, net, result["size"])
    first = ["size", "label", "confidence", "top_accounts"]
    rest = [name for name in result.columns if name not in first]
    return result[first + rest].rename_axis("community").reset_index()


def _labels(joined: pd.DataFrame, data: Dataset) -> dict[int, str]:
    """Names that stand for communities: camp first, then role."""
    public = joined["account"].isin(data.accounts.loc[data.public, "account"])
    if not data.public.any():
        public = pd.Series(True, index=joined.index)
    found: dict[int, list[str]] = {}
    for column in ("camp", "role"):
        known = joined[column].notna() & (joined[column] != "other") & public
        for number, label in _enriched(joined[known], column):
            found.setdefault(number, []).append(label)
    return {number: " · ".join(names) for number, names in found.items()}


def _enriched(labelled: pd.DataFrame, column: str) -> list[tuple[int, str]]:
    population = len(labelled)
    inside = labelled[labelled["community"].notna()]
    if inside.empty:
        return []
    table = pd.crosstab(inside["community"].astype("int64"), inside[column])
    frame = table.reset_index().melt(id_vars="community", var_name=column, value_name="count")
    carriers = frame[column].map(labelled[column].value_counts()).to_numpy()
    size = frame.groupby("community")["count"].transform("sum").to_numpy()
    count = frame["count"].to_numpy()
    p = np.clip(hypergeom.sf(count - 1, population, carriers, size), 0, 1)
    kept = false_discovery_control(p) <= 0.05
    kept &= (count >= _SHARE * size) & (count >= _FEWEST)
    return list(zip(frame["community"][kept], frame[column][kept], strict=True))


def _density(table: pd.DataFrame, net: Network, size: pd.Series) -> pd.Series:
    number = table["community"].fillna(0).to_numpy(dtype=np.int64)
    pattern: csr_array = net.total
    entries = pattern.tocoo()
    same = (number[entries.row] == number[entries.col]) & (number[entries.row] > 0)
    inside = np.bincount(number[entries.row[same]], minlength=int(number.max(initial=0)) + 1)
    known = pd.Series(inside[size.index.to_numpy(dtype=np.int64)], index=size.index)
    return known / (size * (size - 1))
