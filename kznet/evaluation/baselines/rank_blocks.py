"""Repeated meetings within a minute, against accounts permuted among those of like speed."""

from typing import Final

import pandas as pd

from kznet.evaluation.baselines.repeats import repeats
from kznet.mechanisms.amplification import Prepared

BLOCKS: Final = 4
MARGIN: Final = 0.15


def rank_blocks(prepared: Prepared, /, *, accounts: pd.Index, seed: int = 0) -> pd.DataFrame:
    """The same pairs meet in the same minute more often than accounts of like speed would.

    Rank-block repeat synchrony, from which the synchrony test of this package grew: as
    `permutation`, but accounts change places only inside the four blocks into which the order
    of time cuts the reposts of a post, and every draw counts 15 % more. Posts that are read in
    one sitting count apart, so that bursts look like crews.

    Returns
    -------
    DataFrame
        account, score (-log10 p, ties told apart), p (of 199 draws).
    """
    return repeats(prepared, accounts, blocks=BLOCKS, margin=MARGIN, seed=seed)
