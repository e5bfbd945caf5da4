"""What makes an innocent class striking is in the data of both generators."""

import numpy as np
import pandas as pd

from kznet.simulate.clock import DAY, HOUR
from kznet.simulate.scene import Scene


def hub(scene: Scene, kind: str) -> int:
    rows = scene.truth[(scene.truth["label"] == "negative") & (scene.truth["kind"] == kind)]
    return int(rows["account"].iloc[0])


def members(scene: Scene, kind: str) -> np.ndarray:
    rows = scene.truth[(scene.truth["label"] == "bystander") & (scene.truth["kind"] == kind)]
    return rows["account"][rows["hub"] == hub(scene, kind)].to_numpy()


def of_posts_by(scene: Scene, account: int) -> pd.DataFrame:
    posts = scene.posts_of(account).set_index("post")["time"]
    rows = scene.reposts[scene.reposts["post"].isin(posts.index)]
    return rows.assign(posted=rows["post"].map(posts))


def densest(scene: Scene, account: int, width: int = 180) -> pd.Series:
    """Largest number of reposts of each post within so many seconds."""
    rows = of_posts_by(scene, account).sort_values("time")
    return rows.groupby("post")["time"].agg(
        lambda time: (np.searchsorted(time, time + width) - np.arange(len(time))).max()
    )


def test_staff_repost_their_body_on_working_days(either: Scene) -> None:
    people = members(either, "staff")
    rows = of_posts_by(either, hub(either, "staff"))
    rows = rows[rows["account"].isin(people)]
    weekday = ((rows["time"] + either.clock.offset(rows["time"].to_numpy())) // DAY + 3) % 7
    assert len(people) == 15
    assert rows["account"].value_counts().median() >= 8
    assert (weekday < 5).mean() > 0.9
    assert either.followers(hub(either, "staff"))[people].all()


def test_a_protest_fills_two_evenings_of_a_regional_page(either: Scene) -> None:
    page = hub(either, "protest")
    live = either.posts_of(page).merge(either.topics, on="post").query("topic == 'protest'")
    day = ((live["time"] - either.clock.start) // DAY).value_counts()
    rows = of_posts_by(either, page)
    hot = rows["post"].isin(live["post"])
    rate = len(rows[hot]) / len(live), len(rows[~hot]) / (len(either.posts_of(page)) - len(live))
    again = rows[hot].groupby("account").size()
    assert either.people["type"].iloc[page] == "regional"
    assert day.nlargest(2).sum() > 0.8 * day.sum()
    assert rate[0] > 1.5 * rate[1]
    assert (again >= 3).sum() > 20


def test_readers_abroad_are_asleep_when_almaty_is_up(either: Scene) -> None:
    people = members(either, "diaspora")
    others = np.setdiff1d(np.flatnonzero(either.people["type"] == "amplifier"), people)
    morning = []
    for group in (people, others):
        time = either.reposts["time"][either.reposts["account"].isin(group)].to_numpy()
        hour = either.clock.of_day(time) / HOUR
        morning.append(np.mean((hour >= 8) & (hour < 11)))
    assert len(people) == 60
    assert morning[0] < 0.3 * morning[1]


def test_bursts_crowd_into_minutes_where_others_do_not(either: Scene) -> None:
    usual = np.median([densest(either, one).quantile(0.8) for one in _ordinary(either)])
    for kind in ("bursts", "fast_bursts"):
        assert densest(either, hub(either, kind)).quantile(0.8) >= 1.5 * usual


def test_fast_bursts_are_joined_by_quicker_people(either: Scene) -> None:
    column = "speed" if "speed" in either.people else "reflex"
    quick = []
    for kind in ("fast_bursts", "bursts"):
        rows = of_posts_by(either, hub(either, kind))
        near = rows.sort_values("time")
        gap = near.groupby("post")["time"].diff()
        quick.append(either.people[column].iloc[near["account"][gap < 30]].mean())
    assert quick[0] < quick[1]


def test_a_page_of_its_own_claims_no_body(either: Scene) -> None:
    page = hub(either, "own_page")
    bio = either.profiles.set_index("account")["bio"][page]
    assert "официальн" in bio.lower()
    assert page not in either.registry
    assert either.people["type"].iloc[page] in ("celebrity", "blogger")


def _ordinary(scene: Scene) -> list[int]:
    free = (scene.people["type"] != "amplifier").to_numpy() & scene.free()
    made = np.bincount(scene.posts["author"], minlength=len(scene.people))
    return [int(one) for one in np.flatnonzero(free & (made >= 20))]
