"""Shares with their exact bounds, and whether shares of several groups are alike."""

from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import beta

LEVEL: Final = 0.95
_DRAWS: Final = 9_999


def shares(count: pd.Series, number: pd.Series) -> pd.DataFrame:
    """Share, and the Clopper–Pearson bounds of 95 % around it, of counts out of numbers.

    The bounds take each one for independent of the others.

    Returns
    -------
    DataFrame
        share, low, high in [0, 1], on the index of `count`; missing where the number is 0.

    References
    ----------
    Clopper and Pearson (1934), https://doi.org/10.1093/biomet/26.4.404
    """
    k, n = count.to_numpy(dtype=np.float64), number.to_numpy(dtype=np.float64)
    tail = (1 - LEVEL) / 2
    known = n > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(known, k / n, np.nan)
    low = np.where(k > 0, beta.ppf(tail, k, n - k + 1), 0.0)
    high = np.where(k < n, beta.ppf(1 - tail, k + 1, n - k), 1.0)
    found = {"share": share, "low": low, "high": high}
    said = {name: np.where(known, values, np.nan) for name, values in found.items()}
    return pd.DataFrame(said, index=count.index)


def with_shares(table: pd.DataFrame, count: str, number: str, *, name: str) -> pd.DataFrame:
    """Add a share and its bounds, as `name`, `name_low`, `name_high`."""
    found = shares(table[count], table[number])
    found.columns = pd.Index([name, f"{name}_low", f"{name}_high"])
    return pd.concat([table, found], axis=1)


def mean_interval(values: np.ndarray) -> tuple[float, float, float]:
    """Mean of values in [0, 1] and its normal interval of 95 %, cut at 0 and 1."""
    if not len(values):
        return float("nan"), float("nan"), float("nan")
    mean = float(values.mean())
    error = float(values.std(ddof=1)) / np.sqrt(len(values)) if len(values) > 1 else float("nan")
    return mean, max(mean - 1.96 * error, 0.0), min(mean + 1.96 * error, 1.0)


def alike(count: np.ndarray, number: np.ndarray, *, seed: int = 0) -> float:
    """P that the shares of groups differ as much by chance, all margins kept.

    Monte Carlo under the exact law of a table of groups by outcome, ordered by χ²; small counts
    do no harm.

    Returns
    -------
    float
        In (0, 1]; 1 where nothing can differ.
    """
    total, every = int(count.sum()), int(number.sum())
    if (number > 0).sum() < 2 or total in (0, every):
        return 1.0
    rng = np.random.default_rng([seed, 5])
    drawn = rng.multivariate_hypergeometric(number[number > 0], total, size=_DRAWS)
    expected = total * number[number > 0] / every
    distance = ((drawn - expected) ** 2 / expected).sum(axis=1)
    observed = float(((count[number > 0] - expected) ** 2 / expected).sum())
    return float((1 + (distance >= observed - 1e-9).sum()) / (_DRAWS + 1))
