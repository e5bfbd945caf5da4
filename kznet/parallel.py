"""The same function over many tasks, on all cores where there is enough to do."""

from collections.abc import Callable, Iterable, Iterator
from multiprocessing import parent_process
from typing import TypeVar

import joblib
from joblib.parallel import get_active_backend

Task = TypeVar("Task")
Result = TypeVar("Result")


def spread(
    function: Callable[[Task], Result],
    tasks: Iterable[Task],
    *,
    worthwhile: bool = True,
    workers: int | None = None,
) -> Iterator[Result]:
    """Results in the order of the tasks; each task must carry its own seed.

    Starting the processes costs about two seconds, so `worthwhile` is for the caller to say.
    What comes out is the same for any number of processes, which is that of the cores where
    `workers` does not say. Inside one of the processes the rest is done in turn.
    """
    number = workers or joblib.cpu_count()
    if not worthwhile or number < 2 or _inside():
        yield from map(function, tasks)
        return
    run = joblib.Parallel(n_jobs=number, return_as="generator")
    yield from run(joblib.delayed(function)(task) for task in tasks)


def _inside() -> bool:
    nested: bool = get_active_backend()[0].nesting_level > 0
    return nested or parent_process() is not None


def parts(items: list[Task], *, count: int) -> list[list[Task]]:
    """Deal items into at most `count` lists of nearly equal length.

    >>> parts([1, 2, 3, 4, 5], count=2)
    [[1, 3, 5], [2, 4]]
    """
    return [items[begin::count] for begin in range(min(count, len(items)))]
