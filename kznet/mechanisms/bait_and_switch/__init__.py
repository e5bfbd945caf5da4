"""M2, bait and switch: an audience won with pressing issues, or grown, is turned to own ends.

An account turns when from some moment on more of its posts serve its own interest, more than
chance, campaigns and the season explain; the turn is called when bait came before it.
"""

from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.lexicon import Lexicon
from kznet.mechanisms.bait_and_switch.bait import LEVEL, Bait, bait
from kznet.mechanisms.bait_and_switch.figures import (
    EXAMPLES,
    FIGURES,
    NAME,
    examples,
    figures,
    same_role,
    sentence,
)
from kznet.mechanisms.bait_and_switch.posts import Posts, collected, with_topics
from kznet.mechanisms.bait_and_switch.season import Rise, rise
from kznet.mechanisms.bait_and_switch.testable import reasons
from kznet.mechanisms.bait_and_switch.turn import DRAWS, Turn, turn
from kznet.mechanisms.evidence import (
    NOT_TESTABLE,
    TESTED,
    Evidence,
    authors,
    tabled,
    untestable,
)
from kznet.mechanisms.streams import stream
from kznet.parallel import Progress, spread
from kznet.topics import Topics, topics

DRAWS_A_TEST: Final = 5
ALIKE: Final = "someone who comes to work for a cause would look alike: see what is offered"
_SHOWN_UP_TO: Final = 0.10
WORTHWHILE: Final = 50_000_000
_NUMBER: Final = 4


@dataclass(frozen=True, eq=False)
class _Found:
    """What was found of one tested account; `account` is its position."""

    account: int
    turn: Turn
    rise: Rise
    bait: Bait

    @property
    def lacks(self) -> str:
        return self.rise.lacks

    @property
    def both(self) -> tuple[float, float]:
        """Chance of the turn, 1 where a margin is missed, and of the bait, 1 where unknown."""
        turned = 1.0 if self.lacks else self.turn.p
        return turned, 1.0 if np.isnan(self.bait.p) else self.bait.p

    @property
    def p(self) -> float:
        return max(self.both)

    @property
    def turned(self) -> bool:
        return self.both[0] <= LEVEL


def bait_and_switch(
    data: Dataset,
    *,
    lexicon: Lexicon | None = None,
    found: Topics | None = None,
    q: float = 0.05,
    seed: int = 0,
    progress: Progress | None = None,
) -> Evidence:
    """An audience won with pressing issues or grown fast is turned to self-interest content.

    Needs posts with author, time and a text or topic; uses reposts where there are any. Roles,
    camps and names enter no score. Each account has random numbers of its own.

    Parameters
    ----------
    data
        The dataset.
    lexicon
        Terms that tell self-interest content and pressing issues; the shipped ones where none.
    found
        Topics of the posts, where they are at hand.
    q
        Level of the false-discovery control to come: the number of Monte Carlo draws is at
        least 4,999 and five times the number of testable accounts over `q`.
    seed
        Of all random numbers.
    progress
        Called with accounts done and accounts in all.

    Returns
    -------
    Evidence
        Its `tests` have one row an account that has posts or ties into it: `observed` is the
        steepest rise √(k(n−k)/n) · (share after − share before), `effect` the rise of the
        share, `p` the larger of that of the turn (1 where a margin is missed) and that of the
        bait, as both must reject, `p_least` the smaller. Further columns are named in
        `FIGURES`.
    """
    posts = collected(data, lexicon=lexicon)
    missing = _missing(data, posts)
    if missing:
        tests = untestable(NAME, authors(data), missing)
        return Evidence(NAME, tests, pd.DataFrame(), {"reason": missing})
    asked = authors(data)
    why = reasons(posts, asked.index.to_numpy())
    testable = asked.index[why == ""].to_list()
    draws = max(DRAWS, int(np.ceil(DRAWS_A_TEST * len(testable) / q)))
    if testable:
        posts = with_topics(posts, found or topics(data.posts, seed=seed))
    tasks = [(account, generator(seed, asked[account])) for account in testable]
    run = partial(_found, posts=posts, draws=draws)
    tested: dict[int, _Found] = {}
    for one in spread(run, tasks, worthwhile=len(tasks) * len(posts.account) > WORTHWHILE):
        tested[one.account] = one
        if progress:
            progress(len(tested), len(tasks))
    count = np.bincount(posts.account, minlength=posts.accounts)[asked.index]
    base = asked.to_frame("account").assign(posts=count, reason=why)
    rows = {account: _row(data, posts, one) for account, one in tested.items()}
    shown = [one for one in tested.values() if one.p <= max(q, _SHOWN_UP_TO)]
    return Evidence(
        NAME,
        tabled(base.assign(mechanism=NAME, status=NOT_TESTABLE), rows, more=FIGURES),
        pd.DataFrame(),
        _facts(posts, testable, draws),
        examples=_examples(data, posts, shown),
        reasons={asked[one.account]: sentence(one.turn, one.rise, one.bait) for one in shown},
        alike=ALIKE,
    )


def generator(seed: int, account: str) -> np.random.Generator:
    """Random numbers that belong to one account."""
    return stream(_NUMBER, seed, account)


def _missing(data: Dataset, posts: Posts) -> str:
    """Why no account can be tested, or nothing."""
    if len(posts.account):
        return ""
    if data.posts["account"].isna().all() or data.posts["time"].isna().all():
        return "no post in the data has an author and a time"
    return "the posts have neither text nor topic"


def _found(task: tuple[int, np.random.Generator], *, posts: Posts, draws: int) -> _Found:
    account, rng = task
    mine = posts.of(account)
    found = turn(posts.own[mine], posts.time[mine], rng=rng, draws=draws)
    before = bait(posts, account, found.time)
    return _Found(account, found, rise(posts, account, found), before)


def _row(data: Dataset, posts: Posts, found: _Found) -> dict[str, object]:
    mine = posts.of(found.account)
    low, middle, high = np.quantile(found.turn.null, [0.025, 0.5, 0.975])
    return {
        "status": TESTED,
        "reason": _because(found),
        "observed": found.turn.observed,
        "null_low": low,
        "null_median": middle,
        "null_high": high,
        "p": found.p,
        "p_least": min(found.both),
        "effect": found.rise.by,
        "reposts": round(float(np.nansum(np.expm1(posts.response[mine])))),
        "note": _note(data, posts, found),
        **figures(posts, found.account, found.turn, found.rise, found.bait),
    }


def _because(found: _Found) -> str:
    """Why a tested account is no call however small q is, or nothing."""
    if found.lacks or not found.turned or found.both[1] <= LEVEL:
        return found.lacks
    return sentence(found.turn, found.rise, found.bait)


def _note(data: Dataset, posts: Posts, found: _Found) -> str:
    few = f"with {found.turn.blocks} blocks no p is below {found.turn.smallest:.2g}"
    notes = [few if found.turn.smallest > LEVEL else ""]
    notes += [same_role(data, posts, found.account, found.turn) if found.turned else ""]
    return "; ".join(note for note in notes if note)


def _examples(data: Dataset, posts: Posts, shown: list[_Found]) -> pd.DataFrame:
    empty = pd.DataFrame({name: pd.Series(dtype="str") for name in EXAMPLES})
    tables = [examples(data, posts, one.account, one.turn) for one in shown]
    return pd.concat(tables, ignore_index=True) if tables else empty


def _facts(posts: Posts, testable: list[int], draws: int) -> dict[str, object]:
    return {
        "testable": len(testable),
        "draws": draws,
        "topics": posts.basis,
        "posts_without_text_or_topic": posts.silent,
        "posts_with_observed_reposts": int((~np.isnan(posts.response)).sum()),
    }
