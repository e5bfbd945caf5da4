"""Innocent explanations: each is found where it was built in, and not where a crew was."""

import numpy as np
import pandas as pd
import pytest

from kznet.dataset import Dataset
from kznet.mechanisms.amplification import prepare
from kznet.mechanisms.amplification.detail import Detail, detail
from kznet.mechanisms.amplification.explanations.fans import explained_by
from kznet.mechanisms.amplification.explanations.staff import label

POSTS = 16
START = pd.Timestamp("2024-03-01T06:00:00Z")
CREW = [f"x:c{i}" for i in range(6)]
READERS = [f"x:r{i:02}" for i in range(24)]
Delays = dict[str, np.ndarray]


def spread(seed: int, *, low: float = 300.0, high: float = 6_000.0) -> Delays:
    """Readers who come at any time, shape (posts,) each."""
    rng = np.random.default_rng(seed)
    return {reader: rng.uniform(low, high, POSTS) for reader in READERS}


def crew(seed: int = 0, *, within: float = 20.0) -> Delays:
    """Six accounts that come together, some minutes after each post."""
    rng = np.random.default_rng(seed)
    moment = rng.uniform(900, 2_400, POSTS)
    return {member: moment + rng.uniform(0, within, POSTS) for member in CREW}


def source(
    account: str, delays: Delays, posted: pd.DatetimeIndex
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Posts of a source and who reposts them how many seconds later."""
    names = [f"{account} {i:02}" for i in range(POSTS)]
    reposts = [
        pd.DataFrame(
            {"source": who, "post": names, "time": posted + pd.to_timedelta(delay.round(), "s")}
        )
        for who, delay in delays.items()
    ]
    ties = pd.concat(reposts).assign(target=account, kind="repost")
    return pd.DataFrame({"post": names, "account": account, "time": posted}), ties


def told(
    delays: Delays,
    *,
    every: str = "1D",
    accounts: pd.DataFrame | None = None,
    follows: tuple[str, ...] = (),
    elsewhere: Delays | None = None,
) -> Detail:
    """What stands behind a call of x:hub, whose posts are `every` so far apart."""
    posts, ties = source("x:hub", delays, pd.date_range(START, periods=POSTS, freq=every))
    if elsewhere:
        later = pd.date_range(START + pd.Timedelta("9h"), periods=POSTS, freq="1447min")
        more_posts, more_ties = source("x:other", elsewhere, later)
        posts, ties = pd.concat([posts, more_posts]), pd.concat([ties, more_ties])
    followed = pd.DataFrame({"source": follows, "target": "x:hub", "kind": "follow"})
    people = pd.DataFrame({"account": ["x:hub"]}) if accounts is None else accounts
    data = Dataset(people, pd.concat([ties, followed], ignore_index=True), posts)
    return detail(data, prepare(data), "x:hub", meetings=50.0, effect=2.0)


def found(answer: Detail) -> dict[str, str]:
    return dict(answer.explanations[["explanation", "found"]].itertuples(index=False))


def test_nothing_innocent_is_found_for_a_crew_among_ordinary_readers():
    answer = told(crew() | spread(1))
    assert answer.members == len(CREW)
    assert answer.label is None
    assert found(answer) == {
        "automation": "no",
        "scheduled": "no",
        "crisis": "no",
        "burst": "no",
        "quick_readers": "not checkable",
        "elsewhere": "not checkable",
        "fans": "no",
        "disclosed_staff": "not checkable",
    }
    assert answer.explanations["words"].str.len().min() > 0


def test_synchrony_within_three_busy_days_may_be_a_crisis():
    quiet = {"x:late": np.full(POSTS, 40 * 86_400.0)}
    answer = told(crew() | spread(1) | quiet, every="4h")
    assert found(answer)["crisis"] == "yes"
    assert found(told(crew() | spread(1)))["crisis"] == "no"


def test_a_moment_that_draws_everyone_is_told_from_one_that_draws_the_crew():
    alone = crew()
    moment = alone[CREW[0]]
    rng = np.random.default_rng(5)
    drawn = {
        reader: np.where(rng.random(POSTS) < 0.4, moment + rng.uniform(-60, 90, POSTS), usual)
        for reader, usual in spread(1).items()
    }
    answer = told(alone | drawn)
    rows = answer.explanations.set_index("explanation")
    assert rows.loc["burst", "found"] == "yes"
    assert rows.loc["burst", "figure"] > 1.5


def test_fans_each_have_a_pace_of_their_own():
    rng = np.random.default_rng(3)
    own = {fan: 600 * 1.6**i * rng.lognormal(0, 0.1, POSTS) for i, fan in enumerate(CREW)}
    answer = told(own, follows=tuple(CREW))
    assert found(answer)["fans"] == "yes"
    assert found(told(own, follows=(CREW[0],)))["fans"] == "no"
    assert found(told(crew(), follows=tuple(CREW)))["fans"] == "no"


def test_the_part_of_the_variance_between_groups_is_one_for_groups_and_zero_for_chance():
    group = np.repeat(np.arange(5), 4)
    assert explained_by(group, group.astype(float)) == pytest.approx(1)
    assert explained_by(group, np.tile([1.0, 2.0, 3.0, 4.0], 5)) == 0
    assert np.isnan(explained_by(np.arange(5), np.arange(5.0)))
    assert np.isnan(explained_by(group, np.ones(20)))
    assert np.isnan(explained_by(np.zeros(0), np.zeros(0)))


@pytest.mark.parametrize(
    ("column", "said", "entity"),
    [("entity", " ministry of  Steppe", "Ministry of Steppe"),
     ("staff_of", "ministry of steppe", "Ministry of Steppe"),
     ("staff_of", "x:hub", None)],
)  # fmt: skip
def test_staff_who_say_so_get_a_label(column: str, said: str, entity: str | None):
    people = pd.DataFrame({"account": CREW, column: said})
    body = pd.DataFrame({"account": ["x:hub"], "entity": [entity]})
    answer = told(crew() | spread(1), accounts=pd.concat([body, people]))
    assert answer.label == "disclosed institutional amplification"
    assert found(answer)["disclosed_staff"] == "yes"
    assert "without them nothing beyond habit is left" in " ".join(answer.explanations["words"])


def test_staff_beside_a_crew_are_told_and_get_no_label():
    people = pd.DataFrame({"account": CREW, "staff_of": "x:hub"})
    others = dict(zip(READERS[:5], crew(8).values(), strict=False))
    answer = told(crew() | spread(1) | others, accounts=people)
    rows = answer.explanations.set_index("explanation")
    assert answer.label is None
    assert rows.loc["disclosed_staff", "found"] == "yes"
    assert "the pattern is still there" in rows.loc["disclosed_staff", "words"]


def test_people_of_other_bodies_are_no_staff_of_this_one():
    people = pd.DataFrame({"account": CREW, "staff_of": "x:other"})
    answer = told(crew() | spread(1), accounts=people)
    assert found(answer)["disclosed_staff"] == "no"
    assert answer.label is None


@pytest.mark.parametrize(
    ("share", "p", "named"), [(0.5, 0.02, True), (0.5, 0.01, False), (0.4, 1.0, False)]
)
def test_the_label_asks_for_half_the_reposts_and_nothing_left_without_them(
    share: float, p: float, named: bool
):
    assert (label(share, p) is not None) is named


def test_machines_and_schedules_are_counted_though_set_apart():
    clock = {f"x:s{i}": (np.arange(POSTS) % 3 + 1) * 3_600.0 for i in range(3)}
    answer = told(crew() | spread(1) | clock)
    rows = answer.explanations.set_index("explanation")
    assert rows.loc["scheduled", "found"] == "yes"
    assert rows.loc["scheduled", "figure"] == pytest.approx(3 / 33)


def test_accounts_that_meet_as_closely_elsewhere_are_told():
    there = crew(4) | spread(2)
    assert found(told(crew() | spread(1), elsewhere=there))["elsewhere"] == "yes"
    apart = spread(6, low=1_000, high=2_000)
    there = dict(zip(CREW, apart.values(), strict=False)) | spread(2)
    assert found(told(crew() | spread(1), elsewhere=there))["elsewhere"] == "no"


def test_readers_who_come_first_everywhere_are_told():
    first = dict.fromkeys(CREW, np.full(POSTS, 240.0))
    answer = told(crew() | spread(1), elsewhere=first | spread(2))
    assert found(answer)["quick_readers"] == "yes"
