"""What a measure is: a function of a network under a name, and what else it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

import numpy as np

from kznet.registry import Registry

Needs = Literal["network", "membership", "reposts", "sources"]
F = TypeVar("F", bound=Callable[..., object])

MEASURES: Final[Registry[Callable[..., object]]] = Registry("measure")
NEEDS: Final[dict[str, Needs]] = {}


@dataclass(frozen=True, eq=False)
class Estimate:
    """Values with their standard errors, both shape (n,); the errors are 0 where exact."""

    value: np.ndarray
    error: np.ndarray


def measure(*, needs: Needs = "network") -> Callable[[F], F]:
    """Register a function of a network that gives one number an account.

    What it needs beside the network, as its second argument: ``membership``, community numbers
    of shape (n,) with -1 for none; ``reposts``, a dataset; ``sources``, positions to
    start paths from or None for all (such a function returns an `Estimate`).
    """

    def register(function: F) -> F:
        MEASURES.register(function)
        NEEDS[function.__name__] = needs
        return function

    return register
