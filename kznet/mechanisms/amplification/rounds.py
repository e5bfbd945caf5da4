"""As many draws as the decisions need: most sources are settled by few, some by very many."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Final, cast

import numpy as np

from kznet.mechanisms.amplification.events import Events
from kznet.mechanisms.amplification.habits import readiness
from kznet.mechanisms.amplification.rejection import Rejection, contrasted, rejection
from kznet.mechanisms.amplification.synchrony import Sample, sample
from kznet.mechanisms.streams import stream
from kznet.parallel import Progress, spread

FIRST: Final = 499
FACTOR: Final = 2
FINEST: Final = 1_999
WORTHWHILE: Final = 20_000
_HABITS: Final = 1_000
_BATCHES: Final = 64
_OVERHEAD: Final = 200
_NUMBER: Final = 3


@dataclass(frozen=True, eq=False)
class Task:
    """One source: the name that its random numbers belong to, and where its events lie."""

    account: str
    begin: int
    end: int
    before: Rejection | None = None

    def sample(self, found: Events) -> Sample:
        """Put its events on the scale."""
        return sample(found.take(np.arange(self.begin, self.end)))


Run = Callable[[Task, Events], Rejection]
Dealt = Callable[[Run, Events, Sequence[Task]], Iterable[tuple[str, Rejection]]]


def generator(seed: int, account: str, *, step: int = 0) -> np.random.Generator:
    """Random numbers that belong to one account and one step of its test."""
    return stream(_NUMBER, seed, account, step=step)


def dealt_here(run: Run, found: Events, tasks: Sequence[Task]) -> Iterator[tuple[str, Rejection]]:
    """Run the tasks, the largest first and the small ones many at a time.

    A worker is sent the events once, as a file that all of them share, and then places in it.
    """
    ordered = sorted(tasks, key=lambda task: (task.begin - task.end, task.account))
    work = np.cumsum([task.end - task.begin + _OVERHEAD for task in ordered])
    slot = work * _BATCHES // work[-1:]
    ends = [*(np.flatnonzero(np.diff(slot)) + 1), len(ordered)]
    batches = [ordered[begin:end] for begin, end in pairwise([0, *ends])]
    several = partial(_several, run=run, found=found)
    enough = len(batches) > 1 and len(found.source) > WORTHWHILE
    for batch in spread(several, batches, worthwhile=enough):
        yield from batch


def _several(tasks: Sequence[Task], *, run: Run, found: Events) -> list[tuple[str, Rejection]]:
    return [(task.account, run(task, found)) for task in tasks]


def settled(
    found: Events,
    tasks: Sequence[Task],
    *,
    gated: Collection[str],
    q: float,
    seed: int,
    dealt: Dealt = dealt_here,
    progress: Progress | None = None,
) -> dict[str, Rejection]:
    """Test every source until more draws would hardly change what is called at `q`.

    Draws are added in rounds, twice as many in each, up to the number of sources over `q`
    (and 1,999 at least). A source is done once 20 draws have reached what was observed, or once
    its p is at most half of what Benjamini–Hochberg control asks for in its family. The
    families are the sources with reach (`gated`) and the others. `dealt` runs the tasks of one
    round, here or on a cluster.
    """
    most = max(FINEST, int(np.ceil(len(tasks) / q)))
    outcomes: dict[str, Rejection] = {}
    running, limit, step = list(tasks), FIRST, 0
    while running:
        limit, done = min(limit, most), len(tasks) - len(running)
        run = partial(_run, draws=limit, seed=seed, step=step)
        for account, outcome in dealt(run, found, running):
            outcomes[account] = outcome
            done += outcome.ended or limit == most
            if progress:
                progress(done, len(tasks))
        undecided = set() if limit == most else _undecided(outcomes, gated, q)
        running = [
            replace(task, before=outcomes[task.account])
            for task in running
            if task.account in undecided
        ]
        limit, step = FACTOR * limit + FACTOR - 1, step + 1
    if progress and tasks:
        progress(len(tasks), len(tasks))
    return outcomes


def _run(task: Task, found: Events, *, draws: int, seed: int, step: int) -> Rejection:
    rng = generator(seed, task.account, step=step)
    return rejection(task.sample(found), draws=draws, rng=rng, before=task.before)


def against_habits(
    found: Events, tasks: Sequence[Task], habit: np.ndarray, *, seed: int
) -> dict[str, Rejection]:
    """Hold the outcomes `before` of these sources against the habits of their accounts elsewhere.

    `habit` is the lateness of each account there.
    """
    return dict(dealt_here(partial(against, habit=habit, seed=seed), found, tasks))


def against(task: Task, found: Events, *, habit: np.ndarray, seed: int) -> Rejection:
    """Hold the outcome `before` of one source against the habits of its accounts elsewhere."""
    here, rng = task.sample(found), generator(seed, task.account, step=_HABITS)
    outcome = cast(Rejection, task.before)
    return contrasted(here, outcome, readiness=readiness(here, habit), rng=rng)


def _undecided(found: dict[str, Rejection], gated: Collection[str], q: float) -> set[str]:
    result: set[str] = set()
    for reach in (True, False):
        family = {name: each for name, each in found.items() if (name in gated) == reach}
        mark = _mark(np.array([each.p for each in family.values()]), q) / 2
        result |= {name for name, each in family.items() if not each.ended and each.p > mark}
    return result


def _mark(p: np.ndarray, q: float) -> float:
    """The largest p that Benjamini–Hochberg control lets pass, or 0."""
    line = q * np.arange(1, len(p) + 1) / max(len(p), 1)
    return float(line[np.sort(p) <= line].max(initial=0.0))
