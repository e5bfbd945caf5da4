"""Everything that was found about one dataset, and the one call that finds it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from kznet.dataset import Dataset
from kznet.network import Network


@dataclass(frozen=True, eq=False)
class Analysis:
    """The tables of one run and what they were made with.

    Attributes
    ----------
    dataset, network
        What was measured.
    centrality
        One row an account: account, name, role, community, confidence, `<layer>_<measure>`.
    membership
        account, community (Int64, missing where unassigned), confidence (0 to 1).
    communities
        One row a community, by number.
    pairs, hubs, evidence
        The tables of the same names.
    tests
        One row an account and mechanism: observed, null, p, q, effect, status, reason.
    screens
        Accounts set apart before the tests: account, screen, detail.
    facts
        What each step has to say of itself (resolution, chance test, exact or sampled, …).
    options, seed, warnings, timings
        What it was made with, what to beware of, and seconds a step.
    """

    dataset: Dataset
    network: Network
    centrality: pd.DataFrame
    membership: pd.DataFrame
    communities: pd.DataFrame
    pairs: pd.DataFrame
    hubs: pd.DataFrame
    tests: pd.DataFrame
    evidence: pd.DataFrame
    screens: pd.DataFrame
    facts: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0
    warnings: tuple[str, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)
