"""The tests as rankings of accounts, beside what other methods make of the same events."""

from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from kznet.evaluation.figures.outcomes import WORLD, as_made
from kznet.evaluation.figures.power import SLOWEST
from kznet.evaluation.figures.ranking import auroc, average_precision, ordered, recall_at
from kznet.evaluation.labels import DISCLOSED, NEGATIVE
from kznet.mechanisms.amplification import NAME
from kznet.mechanisms.evidence import TESTED

BY_P: Final = "this test, by p, then effect"
BY_MARGIN: Final = "this test, by margin"
EVERY: Final = "all plants"
QUICK: Final = "jitter up to 5 min"


def detectors(calls: pd.DataFrame, scores: pd.DataFrame, *, level: float) -> pd.DataFrame:
    """Ranking figures of each test, and of each baseline on the accounts of amplification.

    All rank the same accounts: with reach, testable, and no body with disclosed staff; plants
    of other mechanisms are among the negatives. A test ranks by p, the smaller the higher, and
    among equals by effect; where even the smallest p is no call, p counts as 1. By its margin,
    amplification ranks by how many standard deviations of the null it lies above its middle.
    `recall_at_1` and `recall_at_5` are the recall where 1 and 5 % of hard look-alikes pass.
    Calls are by Benjamini–Hochberg inside each world, where a method has p.
    """
    judged = as_made(calls)
    judged = judged[(judged["status"] == TESTED) & judged["reach"]]
    judged = judged[~((judged["label"] == NEGATIVE) & (judged["group"] == DISCLOSED))]
    found = []
    for (generator, mechanism), rows in judged.groupby(["generator", "mechanism"], sort=True):
        for name, score, p in _scored(rows, scores):
            for plants in (EVERY, QUICK) if mechanism == NAME else (EVERY,):
                row = {"generator": generator, "mechanism": mechanism, "detector": name}
                found.append(row | {"plants": plants} | _figures(rows, score, p, plants, level))
    columns = ["generator", "mechanism", "detector", "plants", "positives", "negatives"]
    return pd.DataFrame(found, columns=None if found else columns)


def lead(table: pd.DataFrame) -> pd.DataFrame:
    """By how much this test's AUROC is above the best baseline's, by generator and plants."""
    mine = table[table["mechanism"] == NAME]
    own = mine["detector"].isin([BY_P, BY_MARGIN])
    by = ["generator", "plants"]
    best = mine[~own].sort_values("auroc").drop_duplicates(by, keep="last")
    here = mine[mine["detector"] == BY_P].merge(best, on=by, suffixes=("", "_best"))
    return here.assign(lead=here["auroc"] - here["auroc_best"])[
        [*by, "auroc", "detector_best", "auroc_best", "lead"]
    ]


def _scored(rows: pd.DataFrame, scores: pd.DataFrame) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """Name, score and p of everything that ranks these rows."""
    p = rows["p"].to_numpy()
    found = [(BY_P, ordered(-p, rows["effect"].to_numpy()), p)]
    if rows["mechanism"].iloc[0] != NAME:
        return found
    found.append((BY_MARGIN, ordered(rows["margin"].to_numpy()), np.full(len(rows), np.nan)))
    keys = [*WORLD, "account"]
    for name, mine in scores.groupby("detector", sort=False):
        beside = rows[keys].merge(mine, on=keys, how="left", validate="one_to_one")
        found.append((str(name), ordered(beside["score"].to_numpy()), beside["p"].to_numpy()))
    return found


def _figures(
    rows: pd.DataFrame, score: np.ndarray, p: np.ndarray, plants: str, level: float
) -> dict[str, float]:
    planted = (rows["planted"] == rows["mechanism"]) | (rows["planted"] == "any")
    slow = planted & (rows["jitter"].astype("float64") > SLOWEST)
    keep = ~slow.to_numpy() if plants == QUICK else np.ones(len(rows), dtype=bool)
    positive = planted.to_numpy(dtype=bool)[keep]
    hard = (rows["label"] == NEGATIVE).to_numpy()[keep]
    called = _controlled(rows, p, level)
    right = called & planted.to_numpy(dtype=bool)
    return {
        "positives": int(positive.sum()),
        "negatives": int((~positive).sum()),
        "auroc": auroc(score[keep], positive),
        "auprc": average_precision(score[keep], positive),
        "recall_at_1": recall_at(score[keep], positive, hard, rate=0.01),
        "recall_at_5": recall_at(score[keep], positive, hard, rate=0.05),
        "calls": np.nan if np.isnan(p).all() else int(called.sum()),
        "right": np.nan if np.isnan(p).all() else int(right.sum()),
    }


def _controlled(rows: pd.DataFrame, p: np.ndarray, level: float) -> np.ndarray:
    """Calls of Benjamini–Hochberg inside each world."""
    called = np.zeros(len(rows), dtype=bool)
    known = ~np.isnan(p)
    for place in rows.reset_index(drop=True).groupby(WORLD).indices.values():
        mine = place[known[place]]
        if len(mine):
            called[mine] = false_discovery_control(p[mine]) <= level
    return called
