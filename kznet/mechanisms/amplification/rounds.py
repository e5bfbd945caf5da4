"""As many draws as the decisions need: most sources are settled by few, some by very many."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from kznet.mechanisms.amplification.rejection import Rejection, contrasted, rejection
from kznet.mechanisms.amplification.synchrony import Sample
from kznet.mechanisms.streams import stream
from kznet.parallel import Progress, spread

FIRST: Final = 499
FACTOR: Final = 2
FINEST: Final = 1_999
_HABITS: Final = 1_000
_NUMBER: Final = 3


@dataclass(frozen=True, eq=False)
class Task:
    """The events of one source, under the name that its random numbers belong to."""

    account: str
    sample: Sample
    before: Rejection | None = None


def generator(seed: int, account: str, *, step: int = 0) -> np.random.Generator:
    """Random numbers that belong to one account and one step of its test."""
    return stream(_NUMBER, seed, account, step=step)


def settled(
    tasks: Sequence[Task],
    *,
    gated: Collection[str],
    q: float,
    seed: int,
    worthwhile: bool,
    progress: Progress | None = None,
) -> dict[str, Rejection]:
    """Test every source until more draws would hardly change what is called at `q`.

    Draws are added in rounds, twice as many in each, up to the number of sources over `q`
    (and 1,999 at least). A source is done once 20 draws have reached what was observed, or once
    its p is at most half of what Benjamini–Hochberg control asks for in its family. The
    families are the sources with reach (`gated`) and the others.
    """
    most = max(FINEST, int(np.ceil(len(tasks) / q)))
    found: dict[str, Rejection] = {}
    running, limit, step = list(tasks), FIRST, 0
    while running:
        limit, done = min(limit, most), len(tasks) - len(running)
        run = partial(_run, draws=limit, seed=seed, step=step)
        for task, outcome in zip(running, spread(run, running, worthwhile=worthwhile), strict=True):
            found[task.account] = outcome
            done += outcome.ended or limit == most
            if progress:
                progress(done, len(tasks))
        undecided = set() if limit == most else _undecided(found, gated, q)
        running = [
            Task(task.account, task.sample, found[task.account])
            for task in running
            if task.account in undecided
        ]
        limit, step = FACTOR * limit + FACTOR - 1, step + 1
    if progress and tasks:
        progress(len(tasks), len(tasks))
    return found


def _run(task: Task, *, draws: int, seed: int, step: int) -> Rejection:
    rng = generator(seed, task.account, step=step)
    return rejection(task.sample, draws=draws, rng=rng, before=task.before)


def against_habits(
    tasks: Sequence[Task],
    found: dict[str, Rejection],
    ready: Mapping[str, np.ndarray],
    *,
    seed: int,
    worthwhile: bool,
) -> dict[str, Rejection]:
    """Hold what was rejected against the habits of its accounts elsewhere.

    `ready` has, for each source to be asked, the readiness of the account of each event.
    """
    asked = [
        (task.account, task.sample, found[task.account], ready[task.account])
        for task in tasks
        if task.account in ready
    ]
    outcomes = spread(partial(_against, seed=seed), asked, worthwhile=worthwhile)
    return found | {account: each for (account, *_), each in zip(asked, outcomes, strict=True)}


def _against(asked: tuple[str, Sample, Rejection, np.ndarray], *, seed: int) -> Rejection:
    account, sample, outcome, readiness = asked
    rng = generator(seed, account, step=_HABITS)
    return contrasted(sample, outcome, readiness=readiness, rng=rng)


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
