"""M1 on a cluster: each source is tested where its events are, by the function used here."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa

from kznet.mechanisms.amplification import ALIKE, NAME, STRIKING, reasons, tests_of
from kznet.mechanisms.amplification.events import Events
from kznet.mechanisms.amplification.habits import PRIOR
from kznet.mechanisms.amplification.rejection import Rejection
from kznet.mechanisms.amplification.rounds import Run, Task, against, settled
from kznet.mechanisms.amplification.screens import COLUMNS, DETAILS, automated, scheduled
from kznet.mechanisms.amplification.seen import Seen
from kznet.mechanisms.evidence import Evidence, untestable
from kznet.parallel import Progress

_QUANTILES: Final = np.linspace(0, 1, 41)


Ask = Callable[[Task, pa.Table], Rejection]


class Gathered(Protocol):
    """The events of all sources on a cluster, after the screens.

    `sources` has the columns code, account, posts, reposts, coarse and resolution, `screens`
    account and screen.
    """

    @property
    def sources(self) -> pd.DataFrame:
        """A row an account that can be asked about."""

    @property
    def screens(self) -> pd.DataFrame:
        """Accounts set apart, and by which screen."""

    @property
    def seen(self) -> Mapping[str, Any]:
        """The counts of `Seen`, by name."""

    def each(self, tasks: dict[int, Task], run: Ask) -> dict[int, Rejection]:
        """Run a function on the events of each source that has a task, by its code."""

    def each_with_habits(
        self, tasks: dict[int, Task], run: Ask, *, prior: float
    ) -> dict[int, Rejection]:
        """The same, with a column of the accounts' `habit` on other sources."""


@dataclass(frozen=True, eq=False)
class _Sources:
    """How the tasks of one round are run on the cluster."""

    found: Gathered
    code: dict[str, int]

    def dealt(self, run: Run, _: Events, tasks: Sequence[Task]) -> Iterator[tuple[str, Rejection]]:
        asked = {self.code[task.account]: task for task in tasks}
        answers = self.found.each(asked, partial(_answer, run=run))
        for code, task in asked.items():
            yield task.account, answers[code]


def amplification_there(
    found: Gathered,
    *,
    gated: Collection[str],
    q: float,
    seed: int,
    progress: Progress | None = None,
) -> Evidence:
    """As `amplification`, on events that lie on a cluster."""
    sources = found.sources.sort_values("code", ignore_index=True)
    screens = _screens(found.screens)
    shown = Seen(**found.seen)
    if shown.missing:
        rows = untestable(NAME, sources["account"], shown.missing)
        return Evidence(NAME, rows, screens, {"reason": shown.missing})
    sources = sources.assign(reason=reasons(sources, sources["coarse"].to_numpy()))
    testable = sources[sources["reason"] == ""]
    code = dict(zip(testable["account"], testable["code"].tolist(), strict=True))
    tasks = [Task(account, 0, 0) for account in code]
    there = _Sources(found, code)
    outcomes = settled(
        events_of(None), tasks, gated=gated, q=q, seed=seed, dealt=there.dealt, progress=progress
    )
    striking = {
        code[task.account]: replace(task, before=outcomes[task.account])
        for task in tasks
        if outcomes[task.account].p <= STRIKING
    }
    if striking:
        run = partial(_answer_of_habits, seed=seed)
        answers = found.each_with_habits(striking, run, prior=PRIOR)
        outcomes |= {striking[place].account: outcome for place, outcome in answers.items()}
    facts = {
        "testable": len(outcomes),
        "draws": max((outcome.draws for outcome in outcomes.values()), default=0),
    } | shown.facts
    return Evidence(NAME, tests_of(sources, outcomes), screens, facts, alike=ALIKE)


def screen(rows: pa.Table, among: int) -> tuple[np.ndarray, np.ndarray]:
    """Which events the two screens set apart; all events of their accounts are there."""
    found = events_of(rows)
    return automated(found), np.isin(found.account, scheduled(found, among=among))


def events_of(rows: pa.Table | None) -> Events:
    """Events of a table of them; none where there is none."""
    names = ("source", "account", "post", "time", "latency", "resolution")
    none = np.zeros(0, dtype=np.int64)
    columns = {name: none if rows is None else rows[name].to_numpy() for name in names}
    return Events(
        **columns,
        posts=none,
        coarse=none,
        coarsest=1.0,
        assumed_origins=0,
        before_origin=0,
    )


def _answer(task: Task, rows: pa.Table, *, run: Run) -> Rejection:
    found = events_of(rows)
    return _slim(run(replace(task, begin=0, end=len(found.source)), found))


def _answer_of_habits(task: Task, rows: pa.Table, *, seed: int) -> Rejection:
    found, habit = events_of(rows), rows["habit"].to_numpy()
    _, first, account = np.unique(found.account, return_index=True, return_inverse=True)
    whole = replace(task, begin=0, end=len(account))
    return _slim(against(whole, replace(found, account=account), habit=habit[first], seed=seed))


def _slim(outcome: Rejection) -> Rejection:
    """Of the draws of the null 41 quantiles, which have the same 2.5, 50 and 97.5 %."""
    if len(outcome.null) <= len(_QUANTILES):
        return outcome
    return replace(outcome, null=np.quantile(outcome.null, _QUANTILES))


def _screens(rows: pd.DataFrame) -> pd.DataFrame:
    ordered = rows.sort_values(["screen", "account"], ignore_index=True)
    told = ordered.assign(detail=ordered["screen"].map(DETAILS))
    return told[list(COLUMNS)].astype("str")
