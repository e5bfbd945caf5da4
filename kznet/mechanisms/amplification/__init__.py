"""M1, coordinated amplification: the double-null fine-synchrony test.

An account's posts are amplified together when the same accounts repost it closer to each other
than their own habits explain, again and again, on different occasions.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.mechanisms.amplification.events import Events, events
from kznet.mechanisms.amplification.habits import lateness, readiness
from kznet.mechanisms.amplification.rejection import Rejection
from kznet.mechanisms.amplification.rounds import Task, against_habits, settled
from kznet.mechanisms.amplification.screens import screened
from kznet.mechanisms.amplification.synchrony import Sample, sample
from kznet.mechanisms.evidence import (
    NOT_TESTABLE,
    TESTED,
    Evidence,
    authors,
    tests_table,
    untestable,
)
from kznet.parallel import Progress

NAME: Final = "amplification"
FEWEST_POSTS: Final = 5
FEWEST_REPOSTS: Final = 3.0
LITTLE_DATA: Final = 6.0
WORTHWHILE: Final = 20_000
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
    missing = _missing(data, ready.every)
    if missing:
        return Evidence(
            NAME, untestable(NAME, authors(data), missing), ready.screens, {"reason": missing}
        )
    sources = _sources(data, ready)
    outcomes = _outcomes(sources, ready, gated=gated, q=q, seed=seed, progress=progress)
    rows = [_row(source, outcomes.get(source.account)) for source in sources]
    facts = {
        "testable": len(outcomes),
        "draws": max((outcome.draws for outcome in outcomes.values()), default=0),
        "resolution_seconds": ready.every.coarsest,
        "reposts_with_too_coarse_stamps": int(ready.every.coarse.sum()),
        "posts_that_start_with_their_first_repost": ready.every.assumed_origins,
        "reposts_before_their_post": ready.every.before_origin,
    }
    return Evidence(NAME, tests_table(rows), ready.screens, facts, alike=ALIKE)


def _outcomes(
    sources: list["_Source"],
    ready: Prepared,
    *,
    gated: Collection[str],
    q: float,
    seed: int,
    progress: Progress | None,
) -> dict[str, Rejection]:
    """Test every source, and hold what stands out against its accounts' habits elsewhere."""
    tasks = [Task(s.account, s.sample) for s in sources if not s.reason and s.sample]
    worthwhile = len(ready.kept.source) > WORTHWHILE
    found = settled(tasks, gated=gated, q=q, seed=seed, worthwhile=worthwhile, progress=progress)
    striking = {s.account: s for s in sources if s.sample and _striking(found, s.account)}
    places = np.array([source.position for source in striking.values()], dtype=np.int64)
    habit = lateness(ready.kept, leave_out=places)
    early = {name: readiness(s.sample, habit) for name, s in striking.items() if s.sample}
    return against_habits(tasks, found, early, seed=seed, worthwhile=worthwhile)


def _striking(found: dict[str, Rejection], account: str) -> bool:
    return account in found and found[account].p <= STRIKING


def _missing(data: Dataset, every: Events) -> str:
    """Why no source can be tested, or nothing."""
    reposts = data.of_kind("repost")
    if reposts.empty:
        return "no reposts in the data"
    if reposts["post"].isna().all():
        return "the reposts do not say which post they repeat"
    if data.posts["account"].isna().all():
        return "authors are missing: the reposts do not say whose posts they repeat"
    if reposts["time"].isna().all():
        return "times are missing: the reposts carry no time"
    if not len(every.source) and every.coarse.any():
        return f"time stamps are too coarse (whole multiples of {every.coarsest:.0f} s)"
    if not len(every.source):
        return "no repost has a post, an author and a time at once"
    return ""


@dataclass(frozen=True, eq=False)
class _Source:
    """One account that could be tested: its events, or the reason why not."""

    account: str
    position: int
    posts: int
    reposts: int
    reason: str
    resolution: float
    sample: Sample | None


def _sources(data: Dataset, ready: Prepared) -> list[_Source]:
    ids = data.accounts["account"]
    kept = ready.kept
    known, start = np.unique(kept.source, return_index=True)
    rows = dict(zip(known, np.split(np.arange(len(kept.source)), start[1:]), strict=True))
    none = np.zeros(0, dtype=np.int64)
    found = []
    for position in np.flatnonzero(ids.isin(authors(data))):
        here, posts = rows.get(position, none), int(ready.every.posts[position])
        reason = _reason(posts, len(here), int(ready.every.coarse[position]))
        mine = kept.take(here)
        unit = float(mine.resolution.max(initial=1.0))
        events_here = None if reason else sample(mine)
        found.append(
            _Source(
                str(ids.iloc[position]), int(position), posts, len(here), reason, unit, events_here
            )
        )
    return found


def _reason(posts: int, reposts: int, coarse: int) -> str:
    if posts < FEWEST_POSTS:
        return f"{posts} posts; at least {FEWEST_POSTS} are needed"
    if reposts < FEWEST_REPOSTS * posts:
        left_out = f" ({coarse} more have too coarse stamps)" if coarse else ""
        found = f"{reposts / posts:.1f} reposts a post{left_out}"
        return f"{found}; at least {FEWEST_REPOSTS:.0f} are needed"
    return ""


def _row(source: _Source, outcome: Rejection | None) -> dict[str, object]:
    row: dict[str, object] = {
        "account": source.account,
        "mechanism": NAME,
        "posts": source.posts,
        "reposts": source.reposts,
    }
    if outcome is None:
        return row | {"status": NOT_TESTABLE, "reason": source.reason}
    note = _note(source.reposts / source.posts, source.resolution)
    return row | {"status": TESTED, "note": note} | _figures(outcome)


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


def _note(reposts_a_post: float, resolution: float) -> str:
    notes = []
    if reposts_a_post < LITTLE_DATA:
        notes.append("little data")
    if resolution > 1:
        notes.append(f"stamps of {resolution:.0f} s, spread evenly")
    return "; ".join(notes)
