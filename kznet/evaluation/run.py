"""Many worlds at once."""

from collections.abc import Callable, Sequence
from typing import Final

import pandas as pd

from kznet.evaluation.judged import CALLS, MEMBERS, REACH, SCORES, SECONDS, Judged, judged
from kznet.evaluation.plan import REDRAWN, Plan, Task, tasks
from kznet.evaluation.redraw import reach
from kznet.parallel import spread

Progress = Callable[[str, int, int], None]

TABLES: Final = {
    "calls": CALLS,
    "members": MEMBERS,
    "scores": SCORES,
    "reach": REACH,
    "seconds": SECONDS,
}


def run(plan: Plan, *, workers: int | None = None, progress: Progress | None = None) -> Judged:
    """Make and judge every world of a plan, side by side.

    Parameters
    ----------
    plan
        Worlds, seeds and variants.
    workers
        Processes; one a core where not given. What comes out is the same for any number.
    progress
        Called with a name, worlds done and worlds in all.

    Raises
    ------
    UnknownNameError
        A world or a generator of the plan is not known.
    """
    wanted = tasks(plan)
    found = []
    for task, one in zip(wanted, spread(_answer, wanted, workers=workers), strict=True):
        found.append(one)
        if progress:
            progress(f"{task.generator}, {task.variant}, seed {task.seed}", len(found), len(wanted))
    return gathered(found)


def _answer(task: Task) -> Judged:
    return reach(task) if task.variant == REDRAWN else judged(task)


def gathered(found: Sequence[Judged]) -> Judged:
    """Put the rows of many worlds into one table each."""
    return Judged(**{name: _stacked(found, name) for name in TABLES})


def _stacked(found: Sequence[Judged], name: str) -> pd.DataFrame:
    columns = TABLES[name]
    frames = [frame for one in found if len(frame := getattr(one, name))]
    nothing = pd.DataFrame({column: pd.Series(dtype="str") for column in columns})
    return pd.concat(frames, ignore_index=True) if frames else nothing.astype(columns)
