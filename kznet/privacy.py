"""Who is named in what is passed on, and what stands for everyone else."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, diags_array

from kznet.analysis import Analysis
from kznet.codes import map_distinct
from kznet.dataset import Dataset
from kznet.mechanisms.evidence import JOIN
from kznet.network import Network
from kznet.provenance import no_aliases

_PERSONAL: Final = ("source_account",)

Names = Literal["auto", "public", "all"]
FEWEST: Final = 5
UNKNOWN_ROLES: Final = "no roles in the data: check that these accounts are public before sharing"
_ACCOUNT_COLUMNS: Final = ("account", "source", "target", "leader")
_PRIVATE_FIELDS: Final = ("handle", "name", "entity", "bio", "url", "created", "verified")


def new_secret() -> str:
    """Return a random secret of 32 bytes, in hexadecimal digits."""
    return secrets.token_hex(32)


def policy(data: Dataset, names: Names) -> str:
    """What `names` comes to for these data: ``public``, ``all`` or ``given``.

    ``auto`` is ``public`` as soon as one role or follower count is known; else names stay as
    they are ``given``, and the page says so.
    """
    if names != "auto":
        return names
    known = data.accounts["role"].notna().any() or data.accounts["followers"].notna().any()
    return "public" if known else "given"


def pseudonyms(data: Dataset, *, secret: str) -> dict[str, str]:
    """Map every account to itself where it is public, else to a keyed pseudonym.

    HMAC-SHA-256 cut to 64 bits, so that the same secret gives the same pseudonym in every case
    and without it no list of ids can be tried against the result.
    """
    return {
        str(account): str(account) if public else _pseudonym(str(account), platform, secret)
        for account, platform, public in zip(
            data.accounts["account"], data.accounts["platform"], data.public, strict=True
        )
    }


def public_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options of a run without those that may name a private person."""
    return {name: value for name, value in options.items() if name not in _PERSONAL}


def shareable(analysis: Analysis, *, names: Names = "auto", secret: str) -> Analysis:
    """Return what may be passed on: pseudonyms for private people, in every table alike.

    Private accounts lose name, handle, bio and link; the days of what they did stay, the
    times do not; who they follow is left out; cells that count fewer than five of anyone are
    blank. The dataset of the result holds accounts and ties, without posts or their ids.
    """
    rule = policy(analysis.dataset, names)
    data = analysis.dataset
    notice = UNKNOWN_ROLES if rule == "given" else ""
    if rule != "public":
        facts = {"names": rule, "named": len(data.accounts), "pseudonyms": 0, "notice": notice}
        kept = Dataset(data.accounts, _acts(data), report=data.report)
        return replace(analysis, dataset=kept, facts={**analysis.facts, "privacy": facts})
    known = pseudonyms(data, secret=secret)
    left_out = _private_follows(analysis.network, data)
    facts = {
        "names": rule,
        "named": int(data.public.sum()),
        "pseudonyms": int((~data.public).sum()),
        "notice": "",
        "follows_left_out": left_out,
    }
    return replace(
        analysis,
        dataset=Dataset(
            _accounts(data, known), _renamed(_public_acts(data), known), report=_report(data)
        ),
        network=_without_private_follows(analysis.network, data).renamed(known),
        centrality=_renamed(_named(analysis.centrality, data), known).sort_values(
            "account", ignore_index=True
        ),
        membership=_renamed(analysis.membership, known),
        communities=_communities(analysis.communities, known),
        pairs=_pairs(analysis.pairs, known),
        hubs=_renamed(_named(analysis.hubs, data), known),
        tests=_renamed(analysis.tests, known),
        evidence=_evidence(analysis.evidence, known, secret),
        screens=_renamed(analysis.screens, known),
        explanations=_renamed(analysis.explanations, known),
        facts={**analysis.facts, "privacy": facts},
    )


def _pseudonym(account: str, platform: object, secret: str) -> str:
    digest = hmac.new(bytes.fromhex(secret), account.encode(), hashlib.sha256).hexdigest()[:16]
    return f"{platform}:~{digest}" if isinstance(platform, str) else f"~{digest}"


def _accounts(data: Dataset, known: Mapping[str, str]) -> pd.DataFrame:
    accounts = data.accounts.assign(account=data.accounts["account"].map(known))
    for column in _PRIVATE_FIELDS:
        accounts[column] = accounts[column].where(data.public)
    return accounts.assign(followers=accounts["followers"].where(data.public), staff_of=None)


def _acts(data: Dataset) -> pd.DataFrame:
    """Who did what to whom and when, without the posts."""
    return data.ties.drop(columns=["post", "content"])


def _public_acts(data: Dataset) -> pd.DataFrame:
    """The same without whom private people follow, and with the day alone where one takes part."""
    public = data.public.to_numpy()
    source, target = (data.ties[side].cat.codes.to_numpy() for side in ("source", "target"))
    kept = public[source] | (data.ties["kind"] != "follow").to_numpy()
    open_ = public[source] & ((target < 0) | public[target])
    ties = _acts(data)
    ties["time"] = ties["time"].where(open_, _day(ties["time"]))
    return ties[kept]


def _report(data: Dataset) -> Any:
    rejected = data.report.rejected.assign(value="")
    return replace(data.report, rejected=rejected, aliases=no_aliases())


def _named(table: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Keep the names of public accounts alone."""
    public = data.accounts.loc[data.public, "account"]
    return table.assign(name=table["name"].where(table["account"].isin(public)))


def _renamed(table: pd.DataFrame, known: Mapping[str, str]) -> pd.DataFrame:
    present = [name for name in _ACCOUNT_COLUMNS if name in table.columns]
    others = {name: map_distinct(table[name], lambda ids: ids.map(known)) for name in present}
    return table.assign(**others)


def _pairs(table: pd.DataFrame, known: Mapping[str, str]) -> pd.DataFrame:
    """Keep `source` < `target` under the new ids."""
    moved = _renamed(table, known)
    low = np.minimum(moved["source"].to_numpy(object), moved["target"].to_numpy(object))
    high = np.maximum(moved["source"].to_numpy(object), moved["target"].to_numpy(object))
    moved = moved.assign(source=low, target=high).astype({"source": "str", "target": "str"})
    return moved.sort_values(["source", "target"], ignore_index=True)


def _communities(table: pd.DataFrame, known: Mapping[str, str]) -> pd.DataFrame:
    result = table.assign(top_accounts=_joined(table["top_accounts"], known))
    small = (result["size"] < FEWEST).to_numpy()
    blank = [name for name in result.columns if name not in ("community", "confidence")]
    result["size"] = result["size"].astype("Int64")
    for name in blank:
        result[name] = result[name].mask(small)
    return result


def _evidence(table: pd.DataFrame, known: Mapping[str, str], secret: str) -> pd.DataFrame:
    """Rename; posts of private authors get pseudonyms too, times with private people the day.

    Where private people take part, who of them came when isn't told: they stand in the order of
    their new ids, so that the seconds between them don't lead back to anyone.
    """
    private = table["account"].map(known) != table["account"]
    post = [
        _pseudonym(str(post), None, secret) if hidden else post
        for post, hidden in zip(table["post"], private, strict=True)
    ]
    people = table["accounts"].str.split(JOIN, regex=False)
    hidden = [any(known[one] != one for one in group) for group in people]
    time = table["time"].mask(pd.Series(hidden, index=table.index, dtype=bool), _day(table["time"]))
    moved = _renamed(table, known)
    accounts = _joined(table["accounts"], known)
    mixed = [
        JOIN.join(sorted(group.split(JOIN))) if private_too else group
        for group, private_too in zip(accounts, hidden, strict=True)
    ]
    return moved.assign(post=post, time=time, accounts=mixed).astype(
        {"post": "str", "accounts": "str"}
    )


def _day(times: pd.Series) -> pd.Series:
    return times.dt.floor("D") if len(times) else times


def _joined(values: pd.Series, known: Mapping[str, str]) -> pd.Series:
    lists = [JOIN.join(known[one] for one in str(value).split(JOIN)) for value in values]
    return pd.Series(lists, index=values.index, dtype="str")


def _private_follows(net: Network, data: Dataset) -> int:
    if "follow" not in net.layers:
        return 0
    out = np.diff(net.layers["follow"].indptr)
    return int(out[~data.public.to_numpy()].sum())


def _without_private_follows(net: Network, data: Dataset) -> Network:
    """Leave out whom private people follow: in the wrong hands that list is the harm."""
    if "follow" not in net.layers:
        return net
    public = diags_array(data.public.to_numpy(dtype=np.float64))
    follow = csr_array(public @ net.layers["follow"])
    follow.eliminate_zeros()
    return Network(net.accounts, {**net.layers, "follow": follow}, net.loops)
