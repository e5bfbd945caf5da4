"""What a page knows of each account it shows: one row an account, joined from all tables by id."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from kznet.analysis import Analysis
from kznet.report.markup import clean
from kznet.report.texts import Texts, missing, or_none
from kznet.schema import KINDS, ROLES

LAYERS: Final = ("all", *KINDS)
# Least confidence for which METHODS has a word, and the word's key; the highest first.
CERTAINTIES: Final = (
    (0.9, "confidence.stable"),
    (0.7, "confidence.likely"),
    (0.0, "confidence.mixed"),
)
INVENTED: Final = "demo"
_PSEUDONYM: Final = re.compile(r"(?:^|:)(~[0-9a-f]{6})[0-9a-f]{10}$")
_MEASURES: Final = (
    "in_strength",
    "in_degree",
    "out_strength",
    "out_degree",
    "pagerank",
    "betweenness",
    "harmonic_closeness",
    "coreness",
    "h_index",
)
_EVERY_LAYER: Final = ("in_strength", "in_degree", "pagerank", "h_index")
_MOST_MEASURES: Final = 20
_MOST_OTHERS: Final = 100


@dataclass(frozen=True)
class Measure:
    """A column of the centrality table, and what to call it."""

    key: str
    label: str
    meaning: str


def profiles(analysis: Analysis, accounts: pd.Index) -> pd.DataFrame:
    """Describe these accounts, in their order: name, handle, role, community, confidence.

    `community` is missing throughout where the communities are not clear enough to be shown.
    """
    columns = ["name", "handle", "platform", "role", "camp", "followers"]
    known = analysis.dataset.accounts.set_index("account")[columns].reindex(accounts)
    member = analysis.membership.set_index("account")[["community", "confidence"]]
    joined = known.join(member.reindex(accounts)).rename_axis("account").reset_index()
    joined["community"] = joined["community"].astype("Int64")
    if not clear(analysis):
        nothing = pd.Series(pd.NA, index=joined.index, dtype="Int64")
        joined = joined.assign(community=nothing, confidence=np.nan)
    return joined


def display_name(name: object, handle: object, account: str) -> str:
    """What to call an account on a page: its name, its handle, or a short form of its id.

    >>> display_name(None, None, "telegram:~3b6f66c112a7a99f")
    '~3b6f66'
    """
    pseudonym = _PSEUDONYM.search(account)
    short = pseudonym[1] if pseudonym else account.partition(":")[2] or account
    return clean(name) or clean(handle) or clean(short)


def known_names(analysis: Analysis) -> pd.DataFrame:
    """Name and handle by account."""
    return analysis.dataset.accounts.set_index("account")[["name", "handle"]]


def name_of(known: pd.DataFrame, account: str) -> str:
    """What to call an account, given what is known of all."""
    return display_name(known["name"].get(account), known["handle"].get(account), account)


def listed(hubs: pd.DataFrame) -> np.ndarray:
    """Which rows of the hub table the report lists: all called, and the first hundred others."""
    called = (hubs["status"] == "hub").to_numpy()
    return np.asarray(called | (np.cumsum(~called) <= _MOST_OTHERS))


def split(cell: object) -> list[str]:
    """The parts of a cell that lists several."""
    return [] if missing(cell) else [part for part in str(cell).split(" | ") if part]


def invented(analysis: Analysis) -> bool:
    """Whether all accounts are those of a simulated world, such as the demo."""
    platform = analysis.dataset.accounts["platform"]
    return len(platform) > 0 and bool((platform == INVENTED).all())


def clear(analysis: Analysis) -> bool:
    """Whether communities were found that may be shown: beyond chance, and repeatable."""
    facts = analysis.facts.get("communities") or {}
    found = bool(analysis.membership["community"].notna().any())
    return found and facts.get("status", "clear") == "clear"


def reach_words(analysis: Analysis, texts: Texts) -> str:
    """What the reach of an account counts in these data."""
    facts = analysis.facts.get("hubs") or {}
    return texts.either(f"reach.{facts.get('reach')}", texts("reach.unknown"))


def role_of(profile: Any) -> str:
    """Role of an account, or an empty text."""
    return "" if pd.isna(profile) else str(profile)


def measures(analysis: Analysis, texts: Texts) -> list[Measure]:
    """The measures that a page offers, with what to call them."""
    return [_measure(layer, measure, texts) for layer, measure in offered(analysis)]


def offered(analysis: Analysis) -> list[tuple[str, str]]:
    """Layer and measure of those worth offering, the widest layer and the best known first."""
    columns = analysis.centrality.columns
    layers = [layer for layer in LAYERS if any(str(c).startswith(f"{layer}_") for c in columns)]
    if len(layers) == 2 and layers[0] == "all":  # one kind of tie alone: "all" says the same
        layers = layers[1:]
    wanted = [(layer, measure) for measure in _MEASURES for layer in layers]
    widest = [(layer, m) for layer, m in wanted if layer == layers[0] or m in _EVERY_LAYER]
    found = [pair for pair in widest if "_".join(pair) in columns]
    return found[:_MOST_MEASURES]


def default_measure(analysis: Analysis) -> str:
    """The measure that sizes accounts at first: the audience, on the widest layer there is."""
    keys = ["_".join(pair) for pair in offered(analysis)]
    audience = [key for key in keys if key.endswith("in_strength")]
    return (audience or keys or [""])[0]


def values(analysis: Analysis, measure: str, accounts: pd.Index) -> tuple[pd.Series, pd.Series]:
    """Value of a measure and rank among all accounts (ties share the better one)."""
    column = analysis.centrality.set_index("account")[measure].astype("float64")
    rank = column.rank(ascending=False, method="min")
    return column.reindex(accounts), rank.reindex(accounts)


def community_title(texts: Texts, number: int, label: str) -> str:
    """Name of a community: its number, and its label where one role or camp prevails."""
    plain = texts("community.title", {"number": str(number)})
    if label in ("", "mixed"):
        return plain
    words = [texts.either(f"group.{part}", part) for part in str(label).split(" · ")]
    return texts("community.labelled", {"number": str(number), "label": " · ".join(words)})


def certainty(confidence: float) -> str:
    """Key of the word that METHODS gives to a confidence."""
    return next(key for least, key in CERTAINTIES if confidence >= least)


def role_shares(row: Mapping[Any, Any]) -> tuple[list[tuple[str, float]], float]:
    """Each role's part of a community's accounts whose role is known, and how many those are.

    `row` is one of the table of communities; both are shares.
    """
    shares = {role: float(or_none(row.get(f"{role}_share")) or 0.0) for role in ROLES}
    known = sum(shares.values())
    return [(role, share / known) for role, share in shares.items() if share], known


def _measure(layer: str, measure: str, texts: Texts) -> Measure:
    name = texts.either(f"measure.{measure}", measure.replace("_", " "))
    label = texts("measure.on", {"measure": name, "layer": texts(f"layer.{layer}")})
    return Measure(f"{layer}_{measure}", label, texts.either(f"measure.{measure}.meaning", ""))
