"""M1, coordinated amplification: the double-null fine-synchrony test.

An account's posts are amplified together when the same accounts repost it closer to each other
than their own habits explain, again and again, on different occasions.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.mechanisms.amplification.events import Events, events
from kznet.mechanisms.amplification.habits import lateness
from kznet.mechanisms.amplification.rejection import Rejection
from kznet.mechanisms.amplification.rounds import Task, against_habits, settled
from kznet.mechanisms.amplification.screens import screened
from kznet.mechanisms.amplification.seen import seen
from kznet.mechanisms.evidence import (
    NOT_TESTABLE,
    TESTED,
    Evidence,
    authors,
    tabled,
    untestable,
)
from kznet.parallel import Progress

NAME: Final = "amplification"
FEWEST_POSTS: Final = 5
FEWEST_REPOSTS: Final = 3.0
LITTLE_DATA: Final = 6.0
STRIKING: Final = 0.1
TOO_FEW: Final = "too few repeated joint reposts"
ALIKE: Final = "people who always join the same bursts would look alike"


@dataclass(frozen=True, eq=False)
class Prepared:
    """Events before and after the screens, and the table of who was set apart."""

    every: Events
    kept: Events
    screens: pd.DataFrame


def prepare(data: Dataset, *, seed: int = 0) -> Prepared:
    """Collect the events of all sources and set automated and scheduled accounts apart."""
    every = events(data, seed=seed)
    kept, screens = screened(every, data.accounts["account"])
    return Prepared(every, kept, screens)


def amplification(
    data: Dataset,
    *,
    q: float = 0.05,
    seed: int = 0,
    prepared: Prepared | None = None,
    gated: Collection[str] = (),
    progress: Progress | None = None,
) -> Evidence:
    """Same accounts repost a source closer together than habit explains, on many occasions.

    Needs reposts with time and author; never looks at text, role, camp or name. Each source
    has random numbers of its own, so that neither order nor company changes its p.

    Parameters
    ----------
    data
        The dataset.
    q
        Level of the false-discovery control to come: draws are added until more would hardly
        change what it lets pass.
    seed
        Of all random numbers.
    prepared
        The outcome of `prepare`, where it is at hand.
    gated
        Accounts with reach, a family of their own under that control.
    progress
        Called with sources done and sources in all.

    Returns
    -------
    Evidence
        Its `tests` have one row an account that has posts or ties into it.
    """
    ready = prepared or prepare(data, seed=seed)
    shown = seen(data, ready.every)
    if shown.missing:
        rows = untestable(NAME, authors(data), shown.missing)
        return Evidence(NAME, rows, ready.screens, {"reason": shown.missing})
    sources = _sources(data, ready)
    outcomes = _outcomes(sources, ready, gated=gated, q=q, seed=seed, progress=progress)
    facts = {
        "testable": len(outcomes),
        "draws": max((outcome.draws for outcome in outcomes.values()), default=0),
    } | shown.facts
    return Evidence(NAME, tests_of(sources, outcomes), ready.screens, facts, alike=ALIKE)


def _outcomes(
    sources: pd.DataFrame,
    ready: Prepared,
    *,
    gated: Collection[str],
    q: float,
    seed: int,
    progress: Progress | None,
) -> dict[str, Rejection]:
    """Test every source, and hold what stands out against its accounts' habits elsewhere."""
    testable = sources.loc[sources["reason"] == "", ["account", "begin", "end"]]
    tasks = [Task(str(account), *places) for account, *places in testable.itertuples(index=False)]
    found = settled(ready.kept, tasks, gated=gated, q=q, seed=seed, progress=progress)
    striking = [
        replace(task, before=found[task.account])
        for task in tasks
        if found[task.account].p <= STRIKING
    ]
    if not striking:
        return found
    habit = lateness(ready.kept, leave_out=ready.kept.source[[task.begin for task in striking]])
    return found | against_habits(ready.kept, striking, habit, seed=seed)


def _sources(data: Dataset, ready: Prepared) -> pd.DataFrame:
    """Every account that could be tested: where its events lie, and the reason why not or "".

    Columns account, posts, reposts, begin, end, reason, resolution.
    """
    asked, kept = authors(data), ready.kept
    at = asked.index.to_numpy()
    begin, end = (np.searchsorted(kept.source, at, side=side) for side in ("left", "right"))
    unit = np.ones(len(data.accounts))
    np.maximum.at(unit, kept.source, kept.resolution)
    columns = {"posts": ready.every.posts[at], "reposts": end - begin, "begin": begin, "end": end}
    sources = pd.DataFrame(columns).assign(account=asked.to_numpy(), resolution=unit[at])
    return sources.assign(reason=reasons(sources, ready.every.coarse[at]))


def reasons(sources: pd.DataFrame, coarse: np.ndarray) -> pd.Series:
    """Why each source cannot be tested, or nothing."""
    posts, reposts = sources["posts"], sources["reposts"]
    few = posts < FEWEST_POSTS
    rare = ~few & (reposts < FEWEST_REPOSTS * posts)
    reason = pd.Series("", sources.index, dtype="str")
    reason[few] = posts[few].astype("str") + f" posts; at least {FEWEST_POSTS} are needed"
    left_out = " (" + pd.Series(coarse).astype("str") + " more have too coarse stamps)"
    rate = reposts[rare] / posts[rare]
    found = rate.map(lambda each: f"{each:.1f} reposts a post").astype("str")
    found += left_out.mask(coarse == 0, "")[rare]
    reason[rare] = found + f"; at least {FEWEST_REPOSTS:.0f} are needed"
    return reason


def tests_of(sources: pd.DataFrame, outcomes: dict[str, Rejection]) -> pd.DataFrame:
    """One row a source, with the figures of those that were tested."""
    tested = sources["reason"] == ""
    status = pd.Series(TESTED, sources.index, dtype="str").where(tested, NOT_TESTABLE)
    notes = _notes(sources).where(tested)
    names = sources.loc[tested, "account"].items()
    figures = {at: _figures(outcomes[account]) for at, account in names}
    return tabled(sources.assign(mechanism=NAME, status=status, note=notes), figures)


def _figures(outcome: Rejection) -> dict[str, object]:
    low, middle, high = np.quantile(outcome.null, [0.025, 0.5, 0.975])
    return {
        "reason": TOO_FEW if outcome.few else "",
        "observed": outcome.observed,
        "null_low": low,
        "null_median": middle,
        "null_high": high,
        "p": outcome.p,
        "effect": outcome.effect,
        "meetings": outcome.meetings,
    }


def _notes(sources: pd.DataFrame) -> pd.Series:
    """What to beware of in the test of each source."""
    few = sources["reposts"] < LITTLE_DATA * sources["posts"]
    unit = sources["resolution"]
    little = pd.Series("", sources.index, dtype="str").mask(few, "little data")
    coarse = unit.map(lambda each: f"; stamps of {each:.0f} s, spread evenly").astype("str")
    return (little + coarse.where(unit > 1, "")).str.removeprefix("; ")
