"""One claimant beside the confirmed accounts of its platform: both tests, or why there is none."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from kznet.dataset import Dataset
from kznet.mechanisms.pseudo_official.citations import Citations
from kznet.mechanisms.pseudo_official.derivation import (
    FEWEST,
    Derivation,
    bar,
    derivation,
    on_subjects,
)
from kznet.mechanisms.pseudo_official.recognition import (
    Reader,
    Recognition,
    active,
    recognition,
)
from kznet.topics import Topics

FEWEST_ACTIVE: Final = 3
FEWEST_REFERENCE: Final = 4
LARGEST_SMALLEST: Final = 0.05


@dataclass(frozen=True, eq=False)
class Bench:
    """What the confirmed accounts of one platform make expected of one more.

    `reason` says why nobody can be compared with them, where that is so.
    """

    reason: str
    recognition: Recognition | None = None
    derivation: Derivation | None = None


@dataclass(frozen=True)
class Comparison:
    """The two tests of one account.

    `known` of `active` confirmed accounts follow or repost it, `expected` with a 95 % band from
    `low` to `high` would; `cited` of its `compared` posts and reposts draw on one, a share
    `usual` of theirs do. `smallest` is the smallest p that it could have got.
    """

    known: int
    active: int
    expected: float
    low: int
    middle: int
    high: int
    cited: int
    compared: int
    usual: float
    p_recognition: float
    p_derivation: float
    smallest: float

    @property
    def p(self) -> float:
        """The larger of the two: both must reject."""
        return max(self.p_recognition, self.p_derivation)

    @property
    def effect(self) -> float:
        """The smaller of the two shortfalls, as shares: in being known, and in citing."""
        unknown = (self.expected - self.known) / self.active
        return min(unknown, self.usual - self.cited / self.compared)


def bench(
    data: Dataset, confirmed: np.ndarray, *, reader: Reader, found: Topics, cited: Citations
) -> Bench:
    """Measure the confirmed accounts of one platform, at these positions, against each other."""
    if not len(confirmed):
        return Bench("no confirmed official account is on its platform")
    busy = len(active(reader, confirmed))
    if busy < FEWEST_ACTIVE:
        told = f"{busy} confirmed accounts follow or repost another of them"
        return Bench(f"{told}; at least {FEWEST_ACTIVE} are needed")
    if found.basis == "none":
        return Bench("the posts have neither topics nor texts")
    drawn = derivation(data, confirmed, on_subjects(data, confirmed, found), cited)
    if len(drawn.reference) < FEWEST_REFERENCE:
        told = f"{len(drawn.reference)} confirmed accounts have {FEWEST} posts on their subjects"
        return Bench(f"{told}; at least {FEWEST_REFERENCE} are needed")
    return Bench("", recognition(reader, confirmed), drawn)


def compared(account: int, asked: Bench) -> Comparison | str:
    """Compare one account with the bench, or say why that can't be done.

    Parameters
    ----------
    account
        Its position in the dataset.
    asked
        The confirmed accounts of its platform.

    References
    ----------
    Berger, R. L. (1982). Multiparameter hypothesis testing and acceptance sampling.
    Technometrics 24, 295-300. doi:10.1080/00401706.1982.10487790 (the larger p of two tests)
    """
    known, drawn = asked.recognition, asked.derivation
    if known is None or drawn is None or drawn.usual is None:
        return asked.reason
    n, limit = int(drawn.compared[account]), bar(drawn.usual)
    chance = known.rate.of(float(known.size[account]))
    if n < FEWEST:
        return f"{n} posts on the subjects of confirmed accounts; at least {FEWEST} are needed"
    smallest = max(chance.lower(0, known.active), limit.lower(0, n))
    if smallest > LARGEST_SMALLEST:
        return (
            "the confirmed accounts are too few or too unlike each other: "
            f"the smallest attainable p is {smallest:.2f}"
        )
    knows, cited = int(known.knows[account]), int(drawn.cited[account])
    low, middle, high = chance.band(known.active)
    return Comparison(
        known=knows,
        active=known.active,
        expected=chance.mean * known.active,
        low=low,
        middle=middle,
        high=high,
        cited=cited,
        compared=n,
        usual=drawn.usual.mean,
        p_recognition=chance.lower(knows, known.active),
        p_derivation=limit.lower(cited, n),
        smallest=smallest,
    )
