"""One call to be explained, and the form in which a check answers."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from kznet.dataset import Dataset
from kznet.mechanisms.amplification import Prepared
from kznet.mechanisms.amplification.synchrony import Entries, Sample

FOUND: Final = "yes"
NOT_FOUND: Final = "no"
NOT_CHECKABLE: Final = "not checkable"


@dataclass(frozen=True, eq=False)
class Call:
    """The events of one source, and which of its reposters are said to act together.

    `gain` is what each couple adds to the statistic; `crew` a mask over `here.accounts`: the
    members, or where none is named the accounts of the strongest pairs.
    """

    data: Dataset
    ready: Prepared
    position: int
    here: Sample
    couples: Entries
    gain: np.ndarray
    crew: np.ndarray

    @cached_property
    def by_crew(self) -> np.ndarray:
        """Events of `here` that the crew made."""
        result: np.ndarray = self.crew[self.here.account]
        return result

    @cached_property
    def inside(self) -> np.ndarray:
        """Couples of which the crew made both events."""
        result: np.ndarray = self.by_crew[self.couples.i] & self.by_crew[self.couples.j]
        return result

    @cached_property
    def positions(self) -> np.ndarray:
        """Positions of the crew in the dataset."""
        result: np.ndarray = self.here.accounts[self.crew]
        return result


@dataclass(frozen=True)
class Check:
    """Whether an innocent explanation was found: yes, no or not checkable; its figure in words."""

    explanation: str
    found: str
    figure: float
    words: str


def answer(explanation: str, *, found: bool, figure: float, words: str) -> Check:
    """A check that could be made."""
    return Check(explanation, FOUND if found else NOT_FOUND, float(figure), words)


def unchecked(explanation: str, why: str) -> Check:
    """A check that these data do not allow."""
    return Check(explanation, NOT_CHECKABLE, float("nan"), why)
