"""What stands behind one call: members, sensitivity, tier, and the very posts and gaps."""

from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.mechanisms.amplification import NAME, Prepared
from kznet.mechanisms.amplification.explanations import Call, checks
from kznet.mechanisms.amplification.explanations.staff import check as staff_check
from kznet.mechanisms.amplification.explanations.staff import disclosed, label, mostly, share_of
from kznet.mechanisms.amplification.members import Members, members
from kznet.mechanisms.amplification.rejection import FEWEST_MEETINGS, rejection
from kznet.mechanisms.amplification.rounds import generator
from kznet.mechanisms.amplification.synchrony import (
    BORDER,
    Entries,
    Sample,
    entries,
    pair_key,
    sample,
    scores,
)
from kznet.mechanisms.evidence import EVIDENCE, EXPLANATIONS, JOIN
from kznet.times import UTC_DTYPE

_DRAWS: Final = 199
_STRONG_EFFECT: Final = 0.5
_TOP_POSTS: Final = 3
_TOP_PAIRS: Final = 10
_SHOWN_POSTS: Final = 25
MEMBERS: Final = {"account": "str", "member": "str", "confirmed": "bool", "reposts": "int64"}


@dataclass(frozen=True, eq=False)
class Detail:
    """Beside a call: `tier` is "strong" or "indicative"; the share is of all its reposts.

    `crew` has the columns `MEMBERS`, a row a named account; `explanations` those of
    `EXPLANATIONS`, a row a check. `label` is set where disclosed staff account for the call.
    """

    tier: str
    members: int
    confirmed: int
    coordinated_share_at_least: float
    p_without_posts: float
    p_without_member: float
    label: str | None
    evidence: pd.DataFrame
    crew: pd.DataFrame
    explanations: pd.DataFrame


def detail(
    data: Dataset, ready: Prepared, account: str, *, meetings: float, effect: float, seed: int = 0
) -> Detail:
    """Name members, repeat the test without the strongest posts and member, list the evidence."""
    position = int(data.accounts["account"].searchsorted(account))
    here = sample(ready.kept.take(np.flatnonzero(ready.kept.source == position)))
    couples = entries(here)
    d = scores(here.y, couples)
    found = members(here, couples, d)
    gain = _gains(here, couples, d)
    top = np.argsort(-np.bincount(here.post[couples.i], gain, len(here.posts)), kind="stable")
    without_posts = _again(here, ~np.isin(here.post, top[:_TOP_POSTS]), seed, account)
    weight = np.bincount(here.account[couples.i], gain, len(here.accounts))
    weight += np.bincount(here.account[couples.j], gain, len(here.accounts))
    without_member = _again(here, here.account != np.argmax(weight), seed, account)
    strong = meetings >= FEWEST_MEETINGS and effect >= _STRONG_EFFECT
    strong &= len(found.named) >= 2 and without_posts < 0.05
    shown = _shown(here, couples, gain, found)
    label, checked = _explained(
        Call(data, ready, position, here, couples, gain, shown), account, seed
    )
    every = ready.every.account[ready.every.source == position]
    return Detail(
        "strong" if strong else "indicative",
        len(found.named),
        int(found.confirmed.sum()),
        float(np.isin(every, here.accounts[found.named]).mean()),
        without_posts,
        without_member,
        label,
        _evidence(data, account, here, couples, shown),
        _crew(data, account, here, found),
        checked,
    )


def _explained(call: Call, account: str, seed: int) -> tuple[str | None, pd.DataFrame]:
    """Label of the call, if any, and the innocent explanations that were checked."""
    staff = disclosed(call)
    share, without = share_of(call, staff), 1.0
    if staff is not None and mostly(share):
        without = _again(call.here, ~staff[call.here.account], seed, account)
    rows = [asdict(check) for check in (*checks(call), staff_check(staff, share, without))]
    frame = pd.DataFrame(rows).assign(account=account, mechanism=NAME)
    return label(share, without), frame[list(EXPLANATIONS)].astype(EXPLANATIONS)


def _crew(data: Dataset, account: str, here: Sample, found: Members) -> pd.DataFrame:
    codes = here.accounts[found.named]
    reposts = np.bincount(here.account, minlength=len(here.accounts))[found.named]
    rows = {"member": data.accounts["account"].to_numpy()[codes], "confirmed": found.confirmed}
    frame = pd.DataFrame(rows | {"reposts": reposts}).assign(account=account)
    return frame[list(MEMBERS)].astype(MEMBERS)


def _again(here: Sample, keep: np.ndarray, seed: int, account: str) -> float:
    return rejection(here.without(keep), draws=_DRAWS, rng=generator(seed + 1, account)).p


def _gains(here: Sample, couples: Entries, d: np.ndarray) -> np.ndarray:
    """What each couple adds to the statistic through the other meetings of its accounts."""
    _, inverse = np.unique(pair_key(here, couples), return_inverse=True)
    total = np.bincount(inverse, d)
    return d * (total[inverse] - d) if len(d) else d


def _shown(here: Sample, couples: Entries, gain: np.ndarray, found: Members) -> np.ndarray:
    """Mask of accounts to show: the members, or where none is named the strongest pairs."""
    shown = np.zeros(len(here.accounts), dtype=bool)
    shown[found.named] = True
    if not len(found.named):
        pair, inverse = np.unique(pair_key(here, couples), return_inverse=True)
        best = np.argsort(-np.bincount(inverse, gain, len(pair)), kind="stable")[:_TOP_PAIRS]
        for side in np.divmod(pair[best], len(here.accounts)):
            shown[side] = True
    return shown


def _evidence(
    data: Dataset, account: str, here: Sample, couples: Entries, shown: np.ndarray
) -> pd.DataFrame:
    """One row a post: the shown accounts that reposted it close together, and their gap.

    `seconds` says how long after the first of them each came, in the order of `accounts`.
    """
    close = np.abs(here.y[couples.i] - here.y[couples.j]) < BORDER
    close &= shown[here.account[couples.i]] & shown[here.account[couples.j]]
    events = np.unique(np.concatenate([couples.i[close], couples.j[close]]))
    time = here.time(here.y)
    ids, posts = data.accounts["account"].to_numpy(), data.posts["post"].to_numpy()
    rows = []
    for post in np.unique(here.post[events]):
        mine = events[here.post[events] == post]
        mine = mine[np.argsort(time[mine], kind="stable")]
        names = [str(ids[code]) for code in here.accounts[here.account[mine]]]
        gap = float(np.median(np.diff(time[mine])))
        after = JOIN.join(f"{each:.0f}" for each in time[mine] - time[mine[0]])
        first = pd.Timestamp(int(time[mine[0]] * 1e6), unit="us", tz="UTC")
        rows.append((len(mine), posts[here.posts[post]], first, JOIN.join(names), gap, after))
    rows.sort(key=lambda row: (-row[0], str(row[1])))
    frame = pd.DataFrame(
        [(account, NAME, *row) for _, *row in rows], columns=[*EVIDENCE, "seconds"]
    ).head(_SHOWN_POSTS)
    return frame.astype({"time": UTC_DTYPE, "gap_seconds": "float64", "seconds": "str"})
