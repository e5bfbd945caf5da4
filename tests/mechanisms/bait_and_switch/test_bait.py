import numpy as np
import pandas as pd
import pytest

from kznet.dataset import Dataset
from kznet.mechanisms.bait_and_switch.bait import Bait, bait
from kznet.mechanisms.bait_and_switch.content import Content, content
from kznet.mechanisms.bait_and_switch.growth import Growth, growth, pooled, slopes
from kznet.mechanisms.bait_and_switch.posts import collected
from kznet.mechanisms.beta_binomial import Chance

DAY = 86_400.0


def test_slopes_and_their_errors_are_those_of_the_textbook():
    rng = np.random.default_rng(1)
    x, y = rng.random((2, 3, 15))
    found = slopes(np.repeat([0, 1, 2], 15), x.ravel(), y.ravel(), 4)
    for i in range(3):
        design = np.column_stack([np.ones(15), x[i]])
        inverse = np.linalg.inv(design.T @ design)
        line = inverse @ design.T @ y[i]
        error = y[i] - design @ line
        hat = np.einsum("ij,jk,ik->i", design, inverse, design)
        robust = inverse @ (design.T * (error / (1 - hat)) ** 2) @ design @ inverse
        classical = (error**2).sum() / 13 * inverse
        assert found.slope[i] == pytest.approx(line[1])
        assert found.variance[i] == pytest.approx(max(robust[1, 1], classical[1, 1] / 4))
    assert (found.variance[3], found.points[3]) == (0, 0)


def test_a_flat_line_and_a_single_moment_give_no_variance():
    one_moment = slopes(np.zeros(12, dtype=int), np.ones(12), np.arange(12.0), 1)
    no_scatter = slopes(np.zeros(12, dtype=int), np.arange(12.0), np.full(12, 2.0), 1)
    assert one_moment.variance[0] == no_scatter.variance[0] == 0


def test_the_pooled_mean_of_equal_errors_is_the_mean_and_the_spread_what_they_leave():
    values = np.array([0.0, 1.0, 2.0, 5.0])
    middle, between, error = pooled(values, np.full(4, 0.5))
    assert middle == pytest.approx(2.0)
    assert between == pytest.approx(values.var(ddof=1) - 0.5)
    assert error == pytest.approx((0.5 + between) / 4)
    assert pooled(np.full(4, 3.0), np.full(4, 0.5))[:2] == (3.0, 0.0)


def test_either_bait_suffices_and_two_looks_cost_a_doubling():
    def of(growth: float, content: float) -> Bait:
        return Bait(Growth(p=growth), Content(p=content))

    assert of(0.02, 0.5).p == 0.04
    assert of(0.02, 0.5).kinds == ("growth",)
    assert of(0.03, 0.5).kinds == ()
    assert of(np.nan, 0.03).p == 0.03
    assert of(np.nan, 0.03).kinds == ("content",)
    assert of(0.01, 0.01).kinds == ("growth", "content")
    assert of(0.9, 0.8).p == 1.0
    assert np.isnan(of(np.nan, np.nan).p)


def test_content_is_compared_with_the_mean_of_others_and_a_tenth_more():
    # Twelve others with 10 posts each, of which 4 are on a pressing issue: no spread between them.
    time = pd.Timestamp("2024-03-04", tz="UTC") + pd.to_timedelta(np.arange(20), unit="D")
    rows = [(f"o{i:02d}", time[k], "prices" if k < 4 else "sport") for i in range(12)
            for k in range(10)]  # fmt: skip
    rows += [("h", moment, "prices" if k < 18 else "sport") for k, moment in enumerate(time)]
    table = pd.DataFrame(rows, columns=["account", "time", "topic"])
    data = Dataset(posts=table.assign(post=[f"p{i:03d}" for i in range(len(table))]))
    posts = collected(data)
    found = content(posts, 0, float(posts.time.max()) - DAY / 2)
    assert (found.share, found.controls) == (18 / 19, 12)
    assert found.others == pytest.approx(0.4)
    of_the_mean = 0.4 * 0.6 / (12 * 10)
    assert found.p == pytest.approx(Chance(0.5, 0.0, of_the_mean).upper(18, 19))


def world_with(build, crowd, writer, growth: float, seed: int = 3) -> tuple:
    data = build(crowd(25) | {"h": writer(growth=growth)}, seed=seed)
    posts = collected(data)
    hub = list(data.accounts["account"]).index("h")
    mine = posts.time[posts.of(hub)]
    return posts, hub, mine[0] + 0.5 * 60 * DAY


def test_growth_is_measured_beside_others_of_as_many_reposts(build, crowd, writer):
    posts, hub, moment = world_with(build, crowd, writer, 4.0)
    found = growth(posts, hub, moment)
    assert found.p < 0.01
    assert found.low < 3 < found.high
    assert found.low > 1
    assert found.controls == 20
    assert growth(*world_with(build, crowd, writer, 1.0)).p > 0.05


def test_without_reposts_growth_is_not_computed_and_content_alone_speaks(build, crowd, writer):
    data = build(crowd(25) | {"h": writer(burning=(1.0, 0.2))}, reposts=0)
    posts = collected(data)
    hub = list(data.accounts["account"]).index("h")
    found = bait(posts, hub, float(np.median(posts.time)))
    assert np.isnan(found.growth.p)
    assert found.p == found.content.p <= 0.05
    assert found.kinds == ("content",)


def test_too_few_others_leave_both_open(build, crowd, writer):
    posts = collected(build(crowd(8) | {"h": writer()}))
    found = bait(posts, 0, float(np.median(posts.time)))
    assert np.isnan(found.p)
    assert found.growth.controls <= 8
    assert found.content.controls == 8


def test_responses_count_other_accounts_within_two_days_once():
    at = [pd.Timestamp("2024-03-04", tz="UTC") + pd.Timedelta(days=k) for k in (0, 1, 2, 3, 9)]
    posts = pd.DataFrame({"post": list("abcde"), "account": "h", "time": at, "topic": "sport"})
    hours = [("r1", "a", 0), ("r1", "b", 1), ("r1", "b", 2), ("r2", "b", 48), ("r3", "b", 49),
             ("h", "b", 1), ("r1", "e", 1)]  # fmt: skip
    ties = pd.DataFrame(hours, columns=["source", "post", "after"]).assign(
        kind="repost", target="h"
    )
    when = dict(zip("abcde", at, strict=True))
    ties["time"] = ties["post"].map(when) + pd.to_timedelta(ties["after"], unit="h")
    found = collected(Dataset(posts=posts, ties=ties))
    assert np.expm1(found.response[:4]) == pytest.approx([1, 2, 0, 0])
    assert np.isnan(found.response[4])


def by_day(writers: dict[str, list[str]], days: int = 40) -> tuple:
    """Accounts that write one post a day, on the given topics in turn."""
    time = pd.Timestamp("2024-03-04", tz="UTC") + pd.to_timedelta(np.arange(days), unit="D")
    rows = [
        (name, moment, topics[k % len(topics)])
        for name, topics in writers.items()
        for k, moment in enumerate(time)
    ]
    table = pd.DataFrame(rows, columns=["account", "time", "topic"])
    posts = collected(Dataset(posts=table.assign(post=[f"p{i:04d}" for i in range(len(table))])))
    return posts, float(time[days // 2].timestamp()) - DAY / 2


def others() -> dict[str, list[str]]:
    """Twelve accounts with habits from no pressing issue to three in five."""
    return {f"o{i:02d}": ["prices"] * (i // 2) + ["sport"] * (9 - i // 2) for i in range(12)}


def test_who_always_writes_on_pressing_issues_has_no_bait():
    posts, moment = by_day({"h": ["prices"]} | others())
    always = content(posts, 0, moment)
    assert (always.share, always.after) == (1.0, 1.0)
    assert always.p > 0.05
    posts, moment = by_day({"h": ["prices"] * 20 + ["sport"] * 20} | others())
    until = content(posts, 0, moment)
    assert (until.share, until.after) == (1.0, 0.0)
    assert until.expected < until.others < always.expected
    assert until.p < 0.01


def test_less_than_a_tenth_above_others_is_no_bait_however_little_comes_after():
    mine = ["prices", "sport", "sport"] * 7
    posts, moment = by_day({"h": mine[:20] + ["sport"] * 20} | others())
    found = content(posts, 0, moment)
    assert found.share - found.others < 0.1
    assert found.p == 1


def test_a_day_of_many_posts_counts_once():
    posts, moment = by_day({"h": ["prices", "sport"]} | others())
    at = pd.Timestamp("2024-03-05T10:00", tz="UTC") + pd.to_timedelta(np.arange(50), unit="min")
    crisis = pd.DataFrame({"account": "h", "time": at, "topic": "prices"})
    usual, _ = by_day({"h": ["prices", "sport"]} | others())
    time = pd.to_datetime(usual.time, unit="s", utc=True)
    names = np.array(["h", *others()])
    topic = np.where(usual.burning, "prices", "sport")
    table = pd.DataFrame({"account": names[usual.account], "time": time, "topic": topic})
    table = pd.concat([table, crisis], ignore_index=True)
    table["post"] = [f"p{i:04d}" for i in range(len(table))]
    found = content(collected(Dataset(posts=table)), 0, moment)
    once = content(posts, 0, moment)
    assert once.share == 0.5
    assert found.share == pytest.approx((10 + 50 / 51) / 20)
