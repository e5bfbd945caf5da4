"""Calls on a user's own data, held against labels that somebody gave."""

from typing import Final

import pandas as pd

from kznet.dataset import Dataset
from kznet.errors import DataError
from kznet.evaluation.figures.outcomes import ANY
from kznet.evaluation.judged import (
    CALLS,
    MEMBERS,
    REACH,
    SCORES,
    SECONDS,
    Clock,
    Judged,
    baselines,
    calls,
    detected,
    placed,
)
from kznet.evaluation.labels import LABELS, NEGATIVE, PLANT
from kznet.evaluation.plan import AS_MADE
from kznet.loaders import truths
from kznet.mechanisms.amplification.events import events
from kznet.references import References

GIVEN: Final = "given"


def given(
    data: Dataset,
    listed: pd.DataFrame,
    *,
    references: References | None = None,
    q: float = 0.05,
    seed: int = 0,
) -> Judged:
    """Run the detectors on a dataset, and hold the labelled accounts against their labels.

    The detectors see the whole data; accounts without a label are in no figure. An account
    with a positive label and no mechanism counts as planted with any.

    Parameters
    ----------
    data
        The dataset.
    listed
        Columns `account`, `platform`, `label` and `mechanism`, as `read_truth` gives them.
    references
        Confirmed official accounts and the lexicon; the shipped ones where not given.
    q
        Level of the false-discovery control.
    seed
        Of all random numbers.

    Raises
    ------
    DataError
        No account of the table is in the data, or one is called both positive and negative.
    """
    labels = labels_of(data, truths(data, listed))
    clock = Clock()
    found = detected(data, clock, references=references, q=q, seed=seed)
    scores = None
    if len(events(data, seed=seed).source):
        with clock.step("baselines"):
            scores = baselines(data, seed=seed)
    at = {"generator": GIVEN, "world": GIVEN, "variant": AS_MADE}
    return Judged(
        calls=placed(calls(labels, found.tests, q=q), CALLS, at, seed),
        members=placed(None, MEMBERS, at, seed),
        scores=placed(scores, SCORES, at, seed),
        reach=placed(None, REACH, at, seed),
        seconds=placed(clock.table(), SECONDS, at, seed),
    )


def labels_of(data: Dataset, truth: pd.DataFrame) -> pd.DataFrame:
    """What is known of each labelled account, in the form of a simulated truth.

    Raises
    ------
    DataError
        An account is planted with two mechanisms.
    """
    named = truth.dropna(subset="mechanism").groupby("account")["mechanism"]
    twice = named.nunique()
    if (twice > 1).any():
        raise DataError(f"truth: {twice.idxmax()!r} has two mechanisms; wanted one, or none")
    rows = truth.drop_duplicates("account").drop(columns="mechanism")
    rows = rows.merge(data.accounts[["account", "role", "camp"]], on="account", how="left")
    positive = rows["label"] == "positive"
    mechanism = rows["account"].map(named.first()).astype("str").fillna(ANY)
    rows["planted"] = mechanism.where(positive)
    rows["group"] = rows["planted"].fillna("labelled innocent")
    rows["label"] = positive.map({True: PLANT, False: NEGATIVE})
    return rows.reindex(columns=list(LABELS)).astype(LABELS)
