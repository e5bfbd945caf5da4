"""False-discovery control: one family of tests a mechanism, over the accounts with reach."""

import numpy as np
import pandas as pd

from kznet.mechanisms.evidence import TESTED, Evidence


def controlled(answer: Evidence, gated: set[str], q: float) -> pd.DataFrame:
    """Add `q` over the testable accounts with reach, and apart from them over those without.

    `reach` says whether the account passed the gate, `fired` whether its null is rejected.
    """
    tests = answer.tests.assign(q=np.nan)
    asked = tests["status"] == TESTED
    has_reach = tests["account"].isin(gated)
    least = tests["p_least"].fillna(0.0)
    for family in (asked & has_reach, asked & ~has_reach):
        if family.any():
            p = tests.loc[family, "p"].to_numpy()
            tests.loc[family, "q"] = adjusted(p, least[family].to_numpy())
    return tests.assign(reach=has_reach, fired=tests["q"] <= q)


def adjusted(p: np.ndarray, least: np.ndarray) -> np.ndarray:
    """Smallest level of the false-discovery control at which each test still rejects.

    At a threshold the tests with `least` up to it are those that count, and the p up to it those
    that reject. With `least` 0 throughout all count: that is the rule of Benjamini and Hochberg.
    Where p is the larger of two independent ones and `least` the smaller, a test of which
    neither comes near counts for nothing.

    Parameters
    ----------
    p, least
        Shape (tests,), `least` nowhere above `p`.

    References
    ----------
    Benjamini and Hochberg (1995), https://doi.org/10.1111/j.2517-6161.1995.tb02031.x; the larger
    of two: Wang, Gui, Su, Sabatti and Owen (2022), https://doi.org/10.1214/21-AOS2139

    >>> adjusted(np.array([0.01, 0.04, 0.6]), np.zeros(3)).round(3).tolist()
    [0.03, 0.06, 0.6]
    >>> adjusted(np.array([0.01, 0.04, 0.6]), np.array([0.0, 0.0, 0.5])).round(3).tolist()
    [0.02, 0.04, 0.6]
    """
    order = np.argsort(p, kind="stable")
    level = p[order]
    counted = np.searchsorted(np.sort(least), level, side="right")
    rejected = np.searchsorted(level, level, side="right")
    share = np.minimum.accumulate((level * counted / rejected)[::-1])[::-1]
    found = np.empty(len(p))
    found[order] = np.minimum(share, 1.0)
    return found


def called(tests: pd.DataFrame) -> pd.DataFrame:
    """Rows of the tests that make an account a hub."""
    return tests[tests["fired"] & tests["reach"]]
