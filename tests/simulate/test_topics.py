from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kznet.simulate import CATEGORIES, SELF_INTEREST
from kznet.simulate.cast import TYPES
from kznet.simulate.clock import DAY
from kznet.simulate.scene import Scene
from kznet.simulate.topics import STYLES, Habit, campaigns, habit, written

PLAIN = Habit(0.4, 0.1, "steady", np.ones(len(CATEGORIES)), sticky=0.0)


def categories(habit: Habit, number: int = 20_000, **shares: float) -> pd.Series:
    posts = pd.DataFrame({"post": np.arange(number)})
    return written(posts, np.random.default_rng(1), habit, **shares)["topic"].map(CATEGORIES)


def test_shares_of_categories_are_as_asked() -> None:
    found = categories(PLAIN, burning=0.4, selling=0.25)
    assert abs(found.isin(SELF_INTEREST).mean() - 0.25) < 0.02
    assert abs((found == "burning").mean() - 0.75 * 0.4) < 0.02


def test_a_share_of_nothing_or_of_all_is_exact() -> None:
    assert (categories(PLAIN, burning=1.0, selling=0.0) == "burning").all()
    assert categories(PLAIN, burning=0.5, selling=1.0).isin(SELF_INTEREST).all()


def test_sticky_habits_keep_the_shares_and_come_in_runs() -> None:
    found = categories(replace(PLAIN, sticky=0.5), burning=0.4, selling=0.25)
    sells = found.isin(SELF_INTEREST).to_numpy()
    assert abs(sells.mean() - 0.25) < 0.03
    assert sells[1:][sells[:-1]].mean() > 0.55


def test_campaigns_last_as_long_as_asked_and_lie_inside_the_span(rich: Scene) -> None:
    clock = rich.clock
    every = np.arange(clock.start, clock.end, 600)
    running = campaigns(rich, every, np.random.default_rng(1), number=1, days=4)
    assert abs(running.sum() * 600 - 4 * DAY) <= 600
    assert not running[0]


def test_every_type_of_source_has_a_style() -> None:
    assert set(STYLES) == set(TYPES)


def test_habits_belong_to_the_account_alone(rich: Scene) -> None:
    first, again, other = (habit(rich, account) for account in (0, 0, 1))
    assert (first.burning, first.selling, first.form) == (again.burning, again.selling, again.form)
    assert first.burning != other.burning


def test_every_post_has_one_known_topic(either: Scene) -> None:
    assert not either.topics["post"].duplicated().any()
    assert set(either.posts["post"]) <= set(either.topics["post"])
    assert set(either.topics["topic"]) <= set(CATEGORIES)


def test_ordinary_sources_sell_too_in_every_form_and_write_on_burning_topics(
    either: Scene,
) -> None:
    ordinary = np.flatnonzero((either.people["type"] != "amplifier") & either.free())
    posts = either.posts[either.posts["author"].isin(ordinary)].merge(either.topics, on="post")
    category = posts["topic"].map(CATEGORIES)
    assert set(either.people["form"].iloc[ordinary]) == {"none", "steady", "campaign"}
    assert 0.04 < category.isin(SELF_INTEREST).mean() < 0.25
    assert 0.25 < (category == "burning").mean() < 0.55


@pytest.mark.parametrize("form", ["none", "steady", "campaign"])
def test_a_form_shows_in_what_is_sold_when(rich: Scene, form: str) -> None:
    free = (rich.people["type"] != "amplifier") & rich.free() & (rich.people["form"] == form)
    posts = rich.posts[rich.posts["author"].isin(np.flatnonzero(free))]
    posts = posts.merge(rich.topics, on="post")
    sold = posts[posts["topic"].isin(SELF_INTEREST)]
    weeks = ((sold["time"] - rich.clock.start) // (7 * DAY)).groupby(sold["author"])
    if form == "none":
        assert sold.empty
    elif form == "campaign":
        crowded = weeks.agg(lambda week: week.value_counts().nlargest(3).sum() / len(week))
        assert crowded[weeks.size() >= 8].mean() > 0.7
    else:
        assert weeks.nunique()[weeks.size() >= 8].mean() > 3.5
