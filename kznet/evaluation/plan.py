"""What an evaluation runs over: worlds, seeds, and the variants of each world."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kznet.errors import DataError
from kznet.simulate import GENERATORS, World, world

AS_MADE: Final = "as made"
REDRAWN: Final = "redrawn"
WITHOUT_PLANTS: Final = "without plants"
KEPT: Final = (0.5, 0.25, 0.1)
STAMPS: Final = (60, 3_600)
DEGRADED: Final = (*(f"kept {share:g}" for share in KEPT), *(f"stamps {s} s" for s in STAMPS))
_PLANTS: Final = ("m1", "m2", "m3")
_FINEST: Final = 0.02


@dataclass(frozen=True)
class Plan:
    """Settings of an evaluation.

    Attributes
    ----------
    worlds
        Names of worlds.
    generators
        Generators that make each of them; the world's own where none is given.
    seeds
        One world each.
    q
        Level of the false-discovery control.
    nulls
        On how many of the seeds the same world is also made without plants, to see how p is
        spread where nothing is there to be found.
    degrade
        On how many of the seeds the world is also seen with fewer reposts and coarser stamps.
    redraw
        How many worlds are drawn again, with the same accounts and follows, to see how often the
        interval of reach covers its long-run value; none or at least two.
    """

    worlds: tuple[str, ...] = ("compact",)
    generators: tuple[str, ...] = ()
    seeds: tuple[int, ...] = tuple(range(20))
    q: float = 0.05
    nulls: int = 0
    degrade: int = 0
    redraw: int = 0

    def told(self) -> str:
        """What the figures are of, in a sentence."""
        names = " and ".join(self.worlds)
        made = " by " + " and ".join(self.generators) if self.generators else ""
        seeds = f"{len(self.seeds)} seeds ({self.seeds[0]} to {self.seeds[-1]})"
        return f"Worlds {names}{made}, {seeds}; detectors at q = {self.q:g} per mechanism."


@dataclass(frozen=True)
class Task:
    """One world to be made; `finest` is the smallest level that p must resolve."""

    generator: str
    name: str
    world: World
    seed: int
    variant: str
    q: float
    finest: float
    draw: int = 0


def tasks(plan: Plan) -> list[Task]:
    """Every world of a plan in every variant.

    Raises
    ------
    UnknownNameError
        A world or a generator has no such name.
    DataError
        A single world is to be drawn again.
    """
    found = []
    for name in plan.worlds:
        settings = world(name)
        for generator in plan.generators or (settings.generator,):
            GENERATORS[generator]
            made = replace(settings, generator=generator)
            found += [
                _task(Task(generator, name, made, seed, variant, plan.q, plan.q))
                for variant, seeds in _seeds(plan).items()
                for seed in seeds
            ]
    return found + _redrawn(plan)


def _redrawn(plan: Plan) -> list[Task]:
    """Return the first world of the plan, drawn again and again."""
    if plan.redraw == 1:
        raise DataError("redraw: found 1; wanted 0 or at least 2, to compare them")
    name, seed = plan.worlds[0], plan.seeds[0]
    one = Task("latency", name, world(name), seed, REDRAWN, plan.q, plan.q)
    return [replace(one, draw=draw) for draw in range(plan.redraw)]


def _seeds(plan: Plan) -> dict[str, tuple[int, ...]]:
    """Seeds of each variant."""
    degraded = dict.fromkeys(DEGRADED, plan.seeds[: plan.degrade])
    return {AS_MADE: plan.seeds, WITHOUT_PLANTS: plan.seeds[: plan.nulls], **degraded}


def _task(task: Task) -> Task:
    """Take the plants out where the variant says so, and ask for finer p there."""
    if task.variant != WITHOUT_PLANTS:
        return task
    bare = replace(task.world, parts={**task.world.parts, **dict.fromkeys(_PLANTS, 0)})
    return replace(task, world=bare, finest=min(task.q, _FINEST))


def read_seeds(text: str) -> tuple[int, ...]:
    """Seeds as they are written: numbers and ranges, both ends included.

    >>> read_seeds("3,10-12")
    (3, 10, 11, 12)

    Raises
    ------
    DataError
        The text says something else.
    """
    found: list[int] = []
    for part in text.split(","):
        ends = [end.strip() for end in part.split("-")]
        if not all(end.isdecimal() for end in ends) or len(ends) > 2:
            raise DataError(f"seeds: found {part!r}; wanted numbers and ranges such as 0-19,40")
        found += range(int(ends[0]), int(ends[-1]) + 1)
    return _distinct(found, text)


def _distinct(seeds: Sequence[int], text: str) -> tuple[int, ...]:
    if not seeds or len(set(seeds)) < len(seeds):
        raise DataError(f"seeds: {text!r} names none, or one of them twice")
    return tuple(seeds)
