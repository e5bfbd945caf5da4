"""False-discovery control: one family of tests a mechanism, over the accounts with reach."""

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from kznet.mechanisms.evidence import TESTED, Evidence


def controlled(answer: Evidence, gated: set[str], q: float) -> pd.DataFrame:
    """Add `q` over the testable accounts with reach, and apart from them over those without.

    `reach` says whether the account passed the gate, `fired` whether its null is rejected.
    """
    tests = answer.tests.assign(q=np.nan)
    tested = (tests["status"] == TESTED).to_numpy()
    has_reach = tests["account"].isin(gated).to_numpy()
    for family in (tested & has_reach, tested & ~has_reach):
        if family.any():
            tests.loc[family, "q"] = false_discovery_control(tests.loc[family, "p"])
    possible = tests["eligible"].fillna(True).to_numpy(bool)
    return tests.assign(reach=has_reach, fired=tested & possible & (tests["q"] <= q))


def called(tests: pd.DataFrame) -> pd.DataFrame:
    """Rows of the tests that make an account a hub."""
    return tests[tests["fired"] & tests["reach"]]
