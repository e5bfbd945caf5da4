"""What is told of a turn: figures for the table, sentences, and the very posts."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.lexicon import CATEGORIES, SELF_INTEREST
from kznet.mechanisms.bait_and_switch.bait import LEVEL, Bait
from kznet.mechanisms.bait_and_switch.posts import Posts
from kznet.mechanisms.bait_and_switch.season import MARGIN, Rise, rises_at
from kznet.mechanisms.bait_and_switch.turn import Turn
from kznet.mechanisms.evidence import EVIDENCE, JOIN
from kznet.times import UTC_DTYPE

NAME: Final = "bait_and_switch"
FIGURES: Final = {
    "turn": "str",
    "share_before": "float64",
    "share_after": "float64",
    "share_early": "float64",
    "share_late": "float64",
    "p_turn": "float64",
    "p_smallest": "float64",
    "blocks": "Int64",
    "block_days": "float64",
    "alike_season": "float64",
    "alike_rises": "str",
    "p_bait": "float64",
    "bait": "str",
    "p_growth": "float64",
    "growth_factor": "float64",
    "growth_low": "float64",
    "growth_high": "float64",
    "growth_controls": "Int64",
    "p_content": "float64",
    "burning_share": "float64",
    "burning_share_after": "float64",
    "burning_share_others": "float64",
    "burning_share_expected": "float64",
    "content_controls": "Int64",
    "sold": "str",
}
EXAMPLES: Final = (*EVIDENCE, "side", "category")
_SHOWN: Final = 5
_BAIT: Final = {
    "growth": "its reposts a post grew faster than those of accounts alike",
    "content": "it wrote on pressing issues more than others did, and more than it does since",
}


def figures(
    posts: Posts, account: int, found: Turn, risen: Rise, before: Bait
) -> dict[str, object]:
    """All figures of one tested account, by the names in `FIGURES`."""
    growth, content = before.growth, before.content
    return {
        "turn": date(found.time),
        "share_before": risen.before,
        "share_after": risen.after,
        "share_early": risen.early,
        "share_late": risen.late,
        "p_turn": found.p,
        "p_smallest": found.smallest,
        "blocks": found.blocks,
        "block_days": found.block_days,
        "alike_season": risen.season,
        "alike_rises": JOIN.join(f"{one:.3f}" for one in np.sort(risen.others)[::-1]),
        "p_bait": before.p,
        "bait": JOIN.join(before.kinds),
        "p_growth": growth.p,
        "growth_factor": growth.factor,
        "growth_low": growth.low,
        "growth_high": growth.high,
        "growth_controls": growth.controls,
        "p_content": content.p,
        "burning_share": content.share,
        "burning_share_after": content.after,
        "burning_share_others": content.others,
        "burning_share_expected": content.expected,
        "content_controls": content.controls,
        "sold": JOIN.join(f"{name} {count}" for name, count in sold(posts, account, found).items()),
    }


def sold(posts: Posts, account: int, found: Turn) -> dict[str, int]:
    """How many posts after the turn are of each kind of self-interest, those without any left out.

    Fundraising stands apart, so that a reader can see whether it is for a cause.
    """
    after = posts.category[posts.of(account)[found.split :]]
    counts = {name: int((after == CATEGORIES.index(name)).sum()) for name in SELF_INTEREST}
    return {name: count for name, count in counts.items() if count}


def sentence(found: Turn, risen: Rise, before: Bait) -> str:
    """Say what was found: the turn, and the bait before it or the lack of one."""
    what = f"{_percent(risen.after)} of its posts are promotion, personal brand or fundraising"
    turned = f"from {date(found.time)} on {what}, before {_percent(risen.before)}"
    if np.isnan(before.p):
        return f"{turned}; whether bait came before cannot be tested"
    if before.p > LEVEL:
        return f"{turned}; no bait came before"
    return f"{turned}; until then {' and '.join(_BAIT[kind] for kind in before.kinds)}"


def same_role(data: Dataset, posts: Posts, account: int, found: Turn) -> str:
    """Say how many others of the same role turn in the same weeks; shown, never scored."""
    role = data.accounts["role"]
    others, rises = rises_at(posts, account, found.time)
    alike = (role.iloc[others] == role.iloc[account]).to_numpy(bool)
    if pd.isna(role.iloc[account]) or not alike.any():
        return ""
    turned = int((rises[alike] >= MARGIN).sum())
    return f"{turned} of {int(alike.sum())} others with its role turn in the same weeks"


def examples(data: Dataset, posts: Posts, account: int, found: Turn) -> pd.DataFrame:
    """Show the turn, and five posts on either side: pressing issues before, self-interest after.

    Of those the most reposted; where a side has fewer, other posts of that side fill it up.
    """
    mine = posts.of(account)
    before = _telling(posts, mine[: found.split], posts.burning)
    after = _telling(posts, mine[found.split :], posts.own)
    rows = np.concatenate([before, after])
    side = np.where(np.isin(rows, before), "before", "after")
    shown = pd.DataFrame(
        {
            "post": data.posts["post"].iloc[posts.post[rows]].to_numpy(),
            "time": data.posts["time"].iloc[posts.post[rows]].to_numpy(),
            "side": side,
            "category": np.array(CATEGORIES, dtype=object)[posts.category[rows]],
        }
    )
    moment = pd.DataFrame({"time": [pd.Timestamp(round(found.time * 1e6), unit="us", tz="UTC")]})
    name = str(data.accounts["account"].iloc[account])
    table = pd.concat([moment.assign(side="turn"), shown.astype({"time": UTC_DTYPE})])
    table = table.assign(account=name, mechanism=NAME, accounts=name, gap_seconds=np.nan)
    texts = {name: "str" for name in EXAMPLES if name not in ("time", "gap_seconds")}
    return table.reindex(columns=list(EXAMPLES)).astype({**texts, "time": UTC_DTYPE})


def date(moment: float) -> str:
    """Day of an instant in seconds, as 2024-03-04 (UTC)."""
    return f"{pd.Timestamp(moment, unit='s'):%Y-%m-%d}"


def _telling(posts: Posts, side: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    response = np.nan_to_num(posts.response[side], nan=-1.0)
    order = np.lexsort([posts.time[side], -response, ~wanted[side]])
    return np.sort(side[order[:_SHOWN]])


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
