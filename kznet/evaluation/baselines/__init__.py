"""Six detectors known from the literature, to be held against the synchrony test.

Each looks at the same reposts after the same screens, and judges the same accounts. Most were
made to find groups or pairs; how each comes to a score of a source is said in its own words.

Every entry of `BASELINES` is called as ``detector(prepared, accounts=…, seed=0)``, where
`prepared` is the outcome of `kznet.mechanisms.amplification.prepare` and `accounts` are the ids
of the dataset in its order. It returns a frame with one row for each account that the synchrony
test could judge, sorted by account: `account`; `score`, higher for what looks more coordinated;
`p`, missing where the method has none.
"""

from typing import Final, Protocol

import pandas as pd

from kznet.evaluation.baselines.cosine import cosine
from kznet.evaluation.baselines.hypergeometric import hypergeometric
from kznet.evaluation.baselines.percentile_window import percentile_window
from kznet.evaluation.baselines.permutation import permutation
from kznet.evaluation.baselines.popularity import popularity
from kznet.evaluation.baselines.rank_blocks import rank_blocks
from kznet.mechanisms.amplification import Prepared
from kznet.registry import Registry


class Baseline(Protocol):
    """A detector that scores sources by who reposts them, and when."""

    __name__: str

    def __call__(self, prepared: Prepared, /, *, accounts: pd.Index, seed: int = 0) -> pd.DataFrame:
        """Account, score and p of every source that can be judged."""
        ...


BASELINES: Final[Registry[Baseline]] = Registry("baseline")
for _baseline in (
    popularity,
    percentile_window,
    cosine,
    hypergeometric,
    permutation,
    rank_blocks,
):
    BASELINES.register(_baseline)

__all__ = ["BASELINES", "Baseline"]
