"""The same function over many tasks, on all cores where there is enough to do."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import joblib

Progress = Callable[[int, int], None]
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
    `workers` does not say.
    """
    number = workers or joblib.cpu_count()
    if not worthwhile or number < 2:
        yield from map(function, tasks)
        return
    run = joblib.Parallel(n_jobs=number, return_as="generator")
    yield from run(joblib.delayed(function)(task) for task in tasks)


def parts(items: list[Task], *, count: int) -> list[list[Task]]:
    """Deal items into at most `count` lists of nearly equal length.

    >>> parts([1, 2, 3, 4, 5], count=2)
    [[1, 3, 5], [2, 4]]
    """
    return [items[begin::count] for begin in range(min(count, len(items)))]
