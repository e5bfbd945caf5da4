"""Reach alone: what a list of the most reposted accounts would accuse."""

import numpy as np
import pandas as pd

from kznet.evaluation.baselines.scored import scored
from kznet.mechanisms.amplification import Prepared


def popularity(prepared: Prepared, /, *, accounts: pd.Index, seed: int = 0) -> pd.DataFrame:
    """How often a source was reposted: its strength, which is no sign of anything.

    Returns
    -------
    DataFrame
        account, score (reposts), p (missing).

    References
    ----------
    Strength: Barrat et al. (2004), https://doi.org/10.1073/pnas.0400087101
    """
    reposts = np.bincount(prepared.kept.source, minlength=len(accounts))
    return scored(prepared, accounts, reposts)
