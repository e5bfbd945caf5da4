"""The graph on entities: one person or body is one account, on however many platforms it is."""

import unicodedata
from dataclasses import replace
from typing import Final

import pandas as pd

from kznet.codes import at, column_of
from kznet.dataset import Dataset

_PREFIX: Final = "entity:"
_LABELS: Final = ("role", "camp")
_COMMON: Final = ("platform", "handle", "url", "staff_of", *_LABELS)
_JOIN: Final = " | "


def by_entity(data: Dataset) -> Dataset:
    """Make one account of all accounts that share an `entity`; the others stay as they are.

    The id of an entity is its name, in lower case and without double spaces, after
    ``entity:``; so it is the same in every dataset. Its `followers` are the largest of its
    accounts, since the same people follow a person on several platforms and a sum would count
    them twice: a lower bound. Role, camp, platform, handle and link are kept where all its
    accounts that have one agree, and are missing where they differ; bios are joined. Ties
    between accounts of one entity become ties to itself, which a network leaves out and counts.

    Returns
    -------
    Dataset
        Its `report` says how many accounts became how many entities, and for how many entities
        role or camp differ; its `aliases` lead from each account's id and handle to the entity.
    """
    accounts = data.accounts
    ids = entity_ids(accounts["entity"])
    if ids.isna().all():
        return data
    new = accounts["account"].mask(ids.notna(), ids)
    accounts = accounts.assign(staff_of=_employers(accounts, new))
    whole = _entities(accounts, ids)
    return Dataset(
        accounts=pd.concat([accounts[ids.isna()], whole], ignore_index=True),
        ties=_moved(data.ties, new),
        posts=data.posts.assign(account=_renamed(data.posts["account"], data, new)),
        report=replace(
            data.report,
            warnings=(*data.report.warnings, *_warnings(accounts, ids)),
            aliases=_aliases(data, new),
        ),
    )


def _aliases(data: Dataset, new: pd.Series) -> pd.DataFrame:
    """Ids and handles that now stand for an entity, beside those that stood for another id."""
    accounts, before = data.accounts[new != data.accounts["account"]], data.report.aliases
    platform = accounts["account"].str.extract(r"^([^:]*)", expand=False)
    handle = platform + ":@" + accounts["handle"].str.lower()
    ways = [accounts["account"], handle.mask(handle == accounts["account"])]
    entity = new[accounts.index]
    added = [pd.DataFrame({"alias": way, "account": entity, "by": "entity"}) for way in ways]
    moved = before.assign(account=_renamed(before["account"], data, new))
    every = pd.concat([moved, *added]).dropna(subset="alias")
    return every.drop_duplicates("alias", ignore_index=True).astype("str")


def entity_ids(entities: pd.Series) -> pd.Series:
    """Id of the entity that each text names, the same whatever its case and spaces."""
    distinct = entities.dropna().unique()
    return entities.map({name: _id(name) for name in distinct}).astype("str")


def _id(entity: str) -> str | None:
    plain = " ".join(unicodedata.normalize("NFKC", entity).casefold().split())
    return _PREFIX + plain if plain else None


def _entities(accounts: pd.DataFrame, ids: pd.Series) -> pd.DataFrame:
    """One account an entity."""
    known = accounts[ids.notna()]
    grouped = known.groupby(ids.dropna(), sort=True)
    name = grouped["entity"].min().str.split().str.join(" ")
    whole = grouped.agg({"followers": "max", "created": "min", "verified": "max", "bio": _bios})
    low, high = grouped[list(_COMMON)].min(), grouped[list(_COMMON)].max()
    return whole.join(low.where(low == high)).assign(account=whole.index, name=name, entity=name)


def _bios(bios: pd.Series) -> str | None:
    return _JOIN.join(sorted(bios.dropna().unique())) or None


def _moved(ties: pd.DataFrame, new: pd.Series) -> pd.DataFrame:
    """Ties under the ids that stand at the positions of the accounts."""
    codes, ids = new.factorize(sort=True)
    ends = {
        end: column_of(at(codes, ties[end].cat.codes), ids, ties.index)
        for end in ("source", "target")
    }
    return ties.assign(**ends)


def _employers(accounts: pd.DataFrame, new: pd.Series) -> pd.Series:
    """Under their new ids those that are accounts; names of bodies stay."""
    ids = pd.Series(new.array, index=accounts["account"])
    return accounts["staff_of"].map(ids).fillna(accounts["staff_of"]).astype("str")


def _renamed(written: pd.Series, data: Dataset, new: pd.Series) -> pd.Series:
    names = pd.Series(new.array, index=data.accounts["account"])
    return written.map(names).astype("str")


def _warnings(accounts: pd.DataFrame, ids: pd.Series) -> tuple[str, ...]:
    told = [f"accounts joined into {ids.nunique():,} entities: {ids.count():,}"]
    labels = accounts[list(_LABELS)].groupby(ids)
    differ = (labels.min() < labels.max()).sum()
    told += [
        f"entities whose accounts differ in {label}, left missing: {n:,}"
        for label, n in differ.items()
        if n
    ]
    return tuple(told)
