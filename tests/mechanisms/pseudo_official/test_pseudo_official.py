from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from kznet.dataset import Dataset
from kznet.hubs import hubs
from kznet.mechanisms.evidence import EVIDENCE
from kznet.mechanisms.pseudo_official import FIGURES, pseudo_official
from kznet.network import network
from kznet.references import References

World = tuple[Dataset, pd.DataFrame]
NUMBERS = ["observed", "null_low", "null_high", "p", "effect", "posts", *FIGURES]


def row(found: pd.DataFrame, account: str) -> pd.Series:
    return found.set_index("account").loc[account]


def answer(data: Dataset, registry: pd.DataFrame | None, account: str = "x:z0") -> pd.Series:
    return row(pseudo_official(data, registry=registry).tests, account)


def test_a_page_that_no_body_knows_and_that_cites_none_stands_out(usual: World):
    data, registry = usual
    found = pseudo_official(data, registry=registry)
    posing = row(found.tests, "x:z0")
    assert posing["status"] == "tested"
    assert posing["p"] == max(posing["p_recognition"], posing["p_derivation"]) <= 0.05
    assert posing["p"] == posing["p_smallest"]
    assert (posing["observed"], posing["active"], posing["cited"], posing["posts"]) == (0, 9, 0, 30)
    assert posing["effect"] == min(posing["expected"] / 9, posing["usual_share"])
    assert "not found in the registry of 2024-02-01" in posing["note"]
    assert "smallest attainable p" in posing["note"]
    assert "0 of 9 active confirmed accounts" in found.reasons["x:z0"]


def test_an_unlisted_body_like_the_others_does_not(usual: World):
    unlisted = answer(*usual, "x:u0")
    assert unlisted["status"] == "tested"
    assert unlisted["p"] > 0.2


def test_those_who_claim_nothing_and_those_confirmed_are_not_asked(usual: World):
    data, registry = usual
    names = data.accounts["name"].mask(data.accounts["account"] == "x:u0", "Типичный Үкікөл")
    tests = pseudo_official(
        Dataset(data.accounts.assign(name=names), data.ties, data.posts), registry=registry
    ).tests
    assert row(tests, "x:u0")["reason"] == "makes no claim to be official"
    assert row(tests, "x:r00")["reason"] == "confirmed by the registry of 2024-02-01"
    assert (tests.loc[tests["account"] != "x:z0", "status"] == "not applicable").all()


def test_another_account_of_a_confirmed_body_is_not_asked(usual: World):
    data, registry = usual
    one = data.accounts["account"].isin(["x:z0", "x:r00"])
    accounts = data.accounts.assign(entity=data.accounts["entity"].mask(one, "Әкімдік"))
    found = answer(Dataset(accounts, data.ties, data.posts), registry)
    assert found["status"] == "not applicable"
    assert found["reason"] == "belongs to a body that the registry confirms"


def test_without_a_registry_nobody_is_testable(usual: World):
    found = pseudo_official(usual[0])
    assert set(found.tests["status"]) == {"not testable"}
    assert set(found.tests["reason"]) == {"no confirmed official accounts; give --registry"}
    assert found.facts["reason"] == "no confirmed official accounts; give --registry"
    assert found.examples.empty


def test_accounts_that_nobody_confirmed_are_no_registry(usual: World):
    data, registry = usual
    assert "give --registry" in answer(data, registry.assign(confirmed=None))["reason"]


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ({"bodies": 2}, "at least 3 are needed"),
        ({"bodies": 3, "known": 1.0}, "3 confirmed accounts have 10 posts on their subjects"),
        ({"bodies": 5, "known": 0.35}, "the smallest attainable p is"),
        ({"posts": 9}, "0 confirmed accounts have 10 posts on their subjects"),
        ({"cite": 0.01}, "the smallest attainable p is"),
    ],
)
def test_too_little_to_compare_with_is_said(
    bodies: Callable[..., object], rules: dict[str, float], reason: str
):
    found = answer(*bodies(**rules).world(1))
    assert found["status"] == "not testable"
    assert reason in found["reason"]
    assert "not found in the registry of 2024-02-01" in found["note"]


def test_too_few_posts_of_its_own_are_said(usual: World):
    data, registry = usual
    mine = data.posts["account"] == "x:z0"
    few = data.posts[~mine | (mine.cumsum() <= 6)]
    found = answer(Dataset(data.accounts, data.ties, few), registry)
    assert (
        found["reason"] == "6 posts on the subjects of confirmed accounts; at least 10 are needed"
    )


def test_posts_without_topic_and_text_are_said(usual: World):
    data, registry = usual
    silent = Dataset(data.accounts, data.ties, data.posts.assign(topic=None))
    assert answer(silent, registry)["reason"] == "the posts have neither topics nor texts"


def test_a_registry_of_others_is_said(usual: World):
    registry = pd.DataFrame({"account": ["x:q1", "x:q2"], "confirmed": "2024-02-01"})
    reason = answer(usual[0], registry)["reason"]
    assert reason == "none of the 2 confirmed official accounts is in the data"


def test_confirmed_accounts_of_another_platform_are_no_measure(usual: World):
    data, registry = usual
    accounts = data.accounts.assign(
        platform=data.accounts["platform"].mask(data.accounts["account"] == "x:z0", "vk")
    )
    found = answer(Dataset(accounts, data.ties, data.posts), registry)
    assert found["reason"] == "no confirmed official account is on its platform"


def test_roles_and_camps_enter_no_score(usual: World):
    data, registry = usual
    rng = np.random.default_rng(0)
    labels = {
        "role": rng.choice(["government", "opposition", "media"], len(data.accounts)),
        "camp": rng.choice(["a", "b"], len(data.accounts)),
    }
    again = Dataset(data.accounts.assign(**labels), data.ties, data.posts)
    first, second = (pseudo_official(each, registry=registry).tests for each in (data, again))
    pd.testing.assert_frame_equal(first, second)


def test_names_touch_the_gate_alone(usual: World):
    data, registry = usual
    rng = np.random.default_rng(1)
    names = np.where(rng.random(len(data.accounts)) < 0.5, "Әкімдік", "Типичный Үкікөл")
    told = {"handle": "resmi", "bio": "Ресми парақша · gov.kz"}
    first = pseudo_official(data, registry=registry).tests.set_index("account")
    for change in ({"name": names}, told):
        again = Dataset(data.accounts.assign(**change), data.ties, data.posts)
        second = pseudo_official(again, registry=registry).tests.set_index("account")
        both = first.index[(first["status"] == "tested") & (second["status"] == "tested")]
        pd.testing.assert_frame_equal(first.loc[both, NUMBERS], second.loc[both, NUMBERS])


def test_row_order_and_other_claimants_change_nothing(bodies: Callable[..., object]):
    data, registry = bodies(unlisted=3).world(2)
    ties, posts = (table.sample(frac=1, random_state=1) for table in (data.ties, data.posts))
    shuffled = Dataset(data.accounts, ties, posts)
    first = pseudo_official(data, registry=registry)
    second = pseudo_official(shuffled, registry=registry.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(first.tests, second.tests)
    pd.testing.assert_frame_equal(first.examples, second.examples)
    names = data.accounts["name"].mask(data.accounts["account"].str.startswith("x:u"), "Үкікөл")
    alone = Dataset(data.accounts.assign(name=names), data.ties, data.posts)
    third = pseudo_official(alone, registry=registry)
    pd.testing.assert_series_equal(row(first.tests, "x:z0"), row(third.tests, "x:z0"))


def test_the_posts_behind_a_call_are_shown(usual: World):
    data, registry = usual
    shown = pseudo_official(data, registry=registry).examples
    mine = shown[shown["account"] == "x:z0"]
    assert list(shown.columns) == list(EVIDENCE)
    assert len(mine) == 25
    assert set(mine["post"]) <= set(data.posts["post"][data.posts["account"] == "x:z0"])
    near = mine[mine["gap_seconds"].notna()]
    assert near["accounts"].str.startswith("x:r").all()
    assert near["gap_seconds"].abs().max() <= 86_400


@pytest.fixture(scope="module")
def alike(bodies: Callable[..., object]) -> np.ndarray:
    """p of unlisted bodies that are like the confirmed ones: 20 worlds of four."""
    worlds = (bodies(unlisted=4, posing=0).world(100 + i) for i in range(20))
    tables = [pseudo_official(data, registry=registry).tests for data, registry in worlds]
    return pd.concat(tables)["p"].dropna().to_numpy()


@pytest.mark.parametrize("level", [0.05, 0.1, 0.2])
def test_p_is_no_smaller_than_it_should_be_where_bodies_are_alike(alike: np.ndarray, level: float):
    assert len(alike) >= 60
    assert (alike <= level).sum() <= binom.ppf(0.999, len(alike), level)


def test_most_pages_that_pose_are_found_and_no_unlisted_body(bodies: Callable[..., object]):
    rows = pd.concat(
        [
            pseudo_official(data, registry=registry).tests
            for data, registry in (bodies(unlisted=2).world(200 + i) for i in range(15))
        ]
    )
    tested = rows[rows["status"] == "tested"]
    posing = rows["account"] == "x:z0"
    assert (rows.loc[posing, "p"] <= 0.05).sum() >= 10
    assert not (tested.loc[tested["account"].str.startswith("x:u"), "p"] <= 0.05).any()


def test_a_call_says_why_and_is_never_strong(usual: World):
    data, registry = usual
    found = hubs(data, network(data), references=References(registry))
    called = found.tests.query("mechanism == 'pseudo_official' and account == 'x:z0'").iloc[0]
    # The unlisted body comes near in neither test and does not count.
    assert called["q"] == called["p"]
    hub = row(found.table, "x:z0")
    assert (hub["status"], hub["mechanism"], hub["tier"]) == (
        "hub",
        "pseudo_official",
        "indicative",
    )
    assert hub["reason"].startswith("claims to be official (“акимат” in the name)")
    assert "check the registry" in hub["note"]
    assert set(found.evidence["mechanism"]) == {"pseudo_official"}
    assert hub["members"] is pd.NA


@pytest.mark.parametrize("data", [Dataset(), Dataset(pd.DataFrame({"account": ["x:a"]}))])
def test_almost_nothing_is_answered(data: Dataset):
    registry = pd.DataFrame({"account": ["x:a"], "confirmed": ["2024-02-01"]})
    found = pseudo_official(data, registry=registry)
    assert found.tests.empty
    assert found.facts["reason"]
