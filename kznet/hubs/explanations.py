"""Innocent explanations of calls of bait and switch and of pseudo-official sources.

Those of amplification are checked where its events are at hand; these rest on the figures of the
tests and on when an account first posts.
"""

from typing import Final

import pandas as pd

from kznet.dataset import Dataset
from kznet.mechanisms.bait_and_switch.figures import NAME as TURNED
from kznet.mechanisms.evidence import EXPLANATIONS, JOIN, no_explanations
from kznet.mechanisms.pseudo_official import NAME as CLAIMED

_HALF: Final = 0.5
_NEW_DAYS: Final = 30.0


def explanations(data: Dataset, calls: pd.DataFrame) -> pd.DataFrame:
    """Check what applies to each call of the two mechanisms; columns as in `EXPLANATIONS`.

    A turn: the season (others of like content rise as well), a campaign that ebbs, fundraising.
    A claim: a page that is new in these data, as that of a new official body would be.
    """
    turned = calls[calls["mechanism"] == TURNED]
    claimed = calls[calls["mechanism"] == CLAIMED]
    parts = [_season(turned), _ebbing(turned), _fundraising(turned)] if len(turned) else []
    parts += [_new_page(data, claimed)] if len(claimed) else []
    if not parts:
        return no_explanations()
    return pd.concat(parts, ignore_index=True).sort_values(
        ["account", "mechanism"], kind="stable", ignore_index=True
    )


def _season(calls: pd.DataFrame) -> pd.DataFrame:
    rise = calls["share_after"] - calls["share_before"]
    figure = calls["alike_season"] / rise
    words = "accounts of like content rise by " + _percent(calls["alike_season"])
    words += " of their posts at that time, this one by " + _percent(rise)
    return _rows(calls, "season", figure, figure >= _HALF, words)


def _ebbing(calls: pd.DataFrame) -> pd.DataFrame:
    figure = (calls["share_late"] - calls["share_before"]) / (
        calls["share_early"] - calls["share_before"]
    )
    words = "soon after the turn " + _percent(calls["share_early"])
    words += " of its posts serve itself, later " + _percent(calls["share_late"])
    return _rows(calls, "ebbing_campaign", figure, figure <= _HALF, words)


def _fundraising(calls: pd.DataFrame) -> pd.DataFrame:
    kinds = calls["sold"].fillna("").str.split(JOIN, regex=False).explode()
    count = kinds.str.extract(r"(\d+)$", expand=False).astype("float64").fillna(0.0)
    total = count.groupby(level=0).sum()
    raised = count.where(kinds.str.startswith("fundraising"), 0.0).groupby(level=0).sum()
    figure = (raised / total).reindex(calls.index)
    words = _percent(figure) + " of its self-interest content after the turn asks for donations"
    return _rows(calls, "fundraising", figure, figure >= _HALF, words)


def _new_page(data: Dataset, calls: pd.DataFrame) -> pd.DataFrame:
    """Days from the first post of the data to the first of the account."""
    first = data.posts.groupby("account")["time"].min()
    days = (calls["account"].map(first) - data.posts["time"].min()) / pd.Timedelta("1D")
    words = "its first post comes " + days.map("{:.0f}".format) + " days after the data begin"
    return _rows(calls, "new_page", days, days >= _NEW_DAYS, words)


def _rows(
    calls: pd.DataFrame, name: str, figure: pd.Series, found: pd.Series, words: pd.Series
) -> pd.DataFrame:
    """One row a call; where the figure is missing the check could not be made."""
    known = figure.notna()
    answer = found.map({True: "yes", False: "no"}).where(known, "not checkable")
    said = words.where(known, "the data do not say")
    rows = calls[["account", "mechanism"]].assign(
        explanation=name, found=answer, figure=figure, words=said
    )
    return rows.reset_index(drop=True).astype(EXPLANATIONS)


def _percent(share: pd.Series) -> pd.Series:
    return share.map("{:.0%}".format)
