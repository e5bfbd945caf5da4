"""M1, coordinated amplification: the double-null fine-synchrony test.

An account's posts are amplified together when the same accounts repost it closer to each other
than their own habits explain, again and again, on different occasions.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.mechanisms.amplification.events import COARSEST, Events, events
from kznet.mechanisms.amplification.nulls import Rejection, rejection
from kznet.mechanisms.amplification.screens import screened
from kznet.mechanisms.amplification.synchrony import sample
from kznet.mechanisms.evidence import (
    NOT_TESTABLE,
    TESTED,
    Evidence,
    authors,
    tests_table,
    untestable,
)

NAME: Final = "amplification"
FEWEST_POSTS: Final = 5
FEWEST_REPOSTS: Final = 3.0
LITTLE_DATA: Final = 6.0
FEWEST_MEETINGS: Final = 5.0
Progress = Callable[[int, int], None]


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
        Level of the false-discovery control to come: the number of Monte Carlo draws is at
        least the number of sources over `q`.
    seed
        Of all random numbers.
    prepared
        The outcome of `prepare`, where it is at hand.
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
    ids = data.accounts["account"]
    source, start = np.unique(ready.kept.source, return_index=True)
    rows_of = dict(zip(source, np.split(np.arange(len(ready.kept.source)), start[1:]), strict=True))
    none = np.zeros(0, dtype=np.int64)
    every_source = np.flatnonzero(ids.isin(authors(data)))
    testable = sum(not _reason(ready, s, len(rows_of.get(s, none))) for s in every_source)
    draws = int(np.ceil(testable / q)) + 1
    rows = []
    for done, position in enumerate(every_source):
        if progress:
            progress(done, len(every_source))
        events_here = ready.kept.take(rows_of.get(position, none))
        rows.append(_test(ready, int(position), str(ids.iloc[position]), events_here, draws, seed))
    facts = {
        "testable": testable,
        "draws": draws,
        "resolution_seconds": ready.every.resolution,
        "posts_that_start_with_their_first_repost": ready.every.assumed_origins,
        "reposts_before_their_post": ready.every.before_origin,
    }
    return Evidence(NAME, tests_table(rows), ready.screens, facts)


def generator(seed: int, account: str) -> np.random.Generator:
    """Random numbers that belong to one account."""
    return np.random.default_rng([seed, 3, zlib.crc32(account.encode())])


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
    if every.resolution > COARSEST:
        return f"time stamps are too coarse (whole multiples of {every.resolution:.0f} s)"
    if not len(every.source):
        return "no repost has a post, an author and a time at once"
    return ""


def _reason(ready: Prepared, source: int, kept: int) -> str:
    posts = int(ready.every.posts[source])
    if posts < FEWEST_POSTS:
        return f"{posts} posts; at least {FEWEST_POSTS} are needed"
    if kept < FEWEST_REPOSTS * posts:
        return f"{kept / posts:.1f} reposts a post; at least {FEWEST_REPOSTS:.0f} are needed"
    return ""


def _test(
    ready: Prepared, source: int, account: str, here: Events, draws: int, seed: int
) -> dict[str, object]:
    posts, kept = int(ready.every.posts[source]), len(here.source)
    row: dict[str, object] = {
        "account": account, "mechanism": NAME, "posts": posts, "reposts": kept,
    }  # fmt: skip
    reason = _reason(ready, source, kept)
    if reason:
        return row | {"status": NOT_TESTABLE, "reason": reason}
    found = sample(here)
    outcome = rejection(found, draws=draws, rng=generator(seed, account))
    return row | {"status": TESTED, "note": _note(kept / posts, ready)} | _figures(outcome)


def _figures(outcome: Rejection) -> dict[str, object]:
    low, middle, high = np.quantile(outcome.null, [0.025, 0.5, 0.975])
    few = outcome.meetings < FEWEST_MEETINGS
    return {
        "reason": "too few repeated meetings" if few else "",
        "observed": outcome.observed,
        "null_low": low,
        "null_median": middle,
        "null_high": high,
        "p": 1.0 if few else outcome.p,
        "effect": outcome.effect,
        "meetings": outcome.meetings,
    }


def _note(reposts_a_post: float, ready: Prepared) -> str:
    notes = []
    if reposts_a_post < LITTLE_DATA:
        notes.append("little data")
    if ready.every.resolution > 1:
        notes.append(f"stamps of {ready.every.resolution:.0f} s, spread evenly")
    return "; ".join(notes)
