"""M3, pseudo-official source: an account claims to be official, and official ones don't know it.

Two tests, both of which must reject: confirmed official accounts know it less than they know each
other (recognition), and it draws on them less than they do on each other (derivation). It cannot
tell a page that poses from a new and real body that nobody knows yet: that is for whoever reads
the registry.
"""

from typing import Final

import pandas as pd

from kznet.dataset import Dataset
from kznet.loaders import Officials, officials
from kznet.mechanisms.evidence import NOT_APPLICABLE, NOT_TESTABLE, TESTED, Evidence, tabled
from kznet.mechanisms.pseudo_official.comparison import Comparison
from kznet.mechanisms.pseudo_official.gate import gate
from kznet.mechanisms.pseudo_official.results import Results, missing, results
from kznet.mechanisms.pseudo_official.words import note, printed, reason
from kznet.topics import Topics, topics

NAME: Final = "pseudo_official"
ALIKE: Final = "a new or small official body that cites nobody would look alike: check the registry"
FIGURES: Final = {
    "active": "Int64",
    "expected": "float64",
    "cited": "Int64",
    "usual_share": "float64",
    "p_recognition": "float64",
    "p_derivation": "float64",
    "p_smallest": "float64",
}


def pseudo_official(
    data: Dataset,
    *,
    registry: pd.DataFrame | None = None,
    found: Topics | None = None,
    seed: int = 0,
) -> Evidence:
    """A source claims to be official; official ones neither know it nor are drawn on by it.

    Looks at accounts that claim it in name, handle or bio and that a dated registry lacks; the
    confirmed accounts of the registry on the same platform are the measure. Names, handles and
    bios decide who is looked at and enter no figure; roles and camps are not used.

    Parameters
    ----------
    data
        Follows or reposts among the accounts, and posts with topics or texts.
    registry
        Columns `account` (id, handle or link) and `confirmed` (a day), and where known
        `platform`, `name`, `url`; the shipped list where not given.
    found
        Topics of the posts, where they are at hand.
    seed
        Of topics that have to be found in texts.

    Returns
    -------
    Evidence
        Its `tests` have one row an account that has posts or ties into it: `observed` is the
        number of active confirmed accounts that follow or repost it, `posts` its posts and
        reposts compared, and the columns of `FIGURES` say what they are compared with.
        Accounts without a claim and those of the registry are "not applicable".

    Raises
    ------
    DataError
        The registry lacks a column, or a cell under `confirmed` is no date.
    """
    known = officials(data, registry)
    asked = gate(data, known)
    mine = asked[asked["spared"].isna()]
    claimants = mine["position"].to_numpy()
    why = missing(known, claimants)
    if why:
        outcome = Results(why)
    else:
        found = found or topics(data.posts, seed=seed)
        outcome = results(data, known, claimants, found=found, mechanism=NAME)
    rows = {at: _row(at, claim, known, outcome) for at, _, claim, _ in mine.itertuples(index=False)}
    base = asked.set_index("position")[["account"]].assign(
        mechanism=NAME, status=NOT_APPLICABLE, reason=asked["spared"].to_numpy()
    )
    tested = mine[mine["position"].isin(list(outcome.tested))]
    return Evidence(
        NAME,
        tabled(base, rows, more=FIGURES),
        pd.DataFrame(),
        _facts(known, mine, outcome),
        examples=outcome.examples,
        reasons={
            account: reason(claim, known.date, outcome.tested[at])
            for at, account, claim, _ in tested.itertuples(index=False)
        },
        alike=ALIKE,
    )


def _row(at: int, claim: str, known: Officials, outcome: Results) -> dict[str, object]:
    """What is said of the one that claims to be official at one position."""
    place = printed(claim, known.date)
    if at not in outcome.tested:
        return {
            "status": NOT_TESTABLE,
            "reason": outcome.refused.get(at, outcome.reason),
            "note": place,
        }
    found = outcome.tested[at]
    said = f"{place}; {note(found, outcome.first.get(at, (0, 0)))}"
    return {"status": TESTED, "reason": "", "note": said, **_figures(found)}


def _figures(found: Comparison) -> dict[str, object]:
    return {
        "observed": found.known,
        "null_low": found.low,
        "null_median": found.middle,
        "null_high": found.high,
        "p": found.p,
        "p_least": min(found.p_recognition, found.p_derivation),
        "effect": found.effect,
        "posts": found.compared,
        "active": found.active,
        "expected": found.expected,
        "cited": found.cited,
        "usual_share": found.usual,
        "p_recognition": found.p_recognition,
        "p_derivation": found.p_derivation,
        "p_smallest": found.smallest,
    }


def _facts(known: Officials, mine: pd.DataFrame, outcome: Results) -> dict[str, object]:
    return {
        "registry": known.date,
        "confirmed": known.listed,
        "confirmed_in_data": int(known.known.sum()),
        "claimants": len(mine),
        "testable": len(outcome.tested),
        "reason": outcome.reason,
    }
