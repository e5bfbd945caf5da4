"""Machines and the clock: what the screens took away before the test."""

from typing import Final

import numpy as np

from kznet.mechanisms.amplification.explanations.call import Call, Check, answer

_WORTH_SAYING: Final = 0.05
_WHO: Final = {
    "automation": "accounts that repost everything within minutes, as aggregators do",
    "scheduled": "accounts that repost at fixed minutes of the hour",
}


def set_apart(call: Call, screen: str) -> Check:
    """Share of the reposts that one screen set apart; the call stands without them."""
    every = call.ready.every
    here = every.source == call.position
    screens = call.ready.screens
    ids = screens.loc[screens["screen"] == screen, "account"]
    listed = np.flatnonzero(call.data.accounts["account"].isin(ids))
    kept = call.ready.kept
    tested = kept.account[kept.source == call.position]
    who = every.account[here]
    away = np.isin(who, listed) & ~np.isin(who, tested)
    share = away.mean() if len(away) else 0.0
    words = f"{share:.0%} of its reposts come from {_WHO[screen]}; set apart before the test"
    return answer(screen, found=bool(share >= _WORTH_SAYING), figure=share, words=words)
