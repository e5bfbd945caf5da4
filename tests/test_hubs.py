import importlib

import numpy as np
import pandas as pd
import pytest

from kznet.dataset import Dataset
from kznet.exposure import exposure, gate
from kznet.hubs import COLUMNS, Hubs, hubs
from kznet.network import network
from kznet.references import References
from kznet.simulate import simulate, world


@pytest.fixture(scope="module")
def small() -> Dataset:
    return simulate(seed=3, world=world("small")).dataset


@pytest.fixture(scope="module")
def small_hubs(small: Dataset) -> Hubs:
    return hubs(small, network(small))


def test_exposure_counts_followers_of_the_author_and_of_reposters_once():
    # a, b follow h; b, c follow r; r reposts h's only post: a, b, c are reached
    follows = [("a", "h"), ("b", "h"), ("b", "r"), ("c", "r")]
    ties = pd.DataFrame(follows, columns=["source", "target"]).assign(kind="follow", post=None)
    ties.loc[len(ties)] = ["r", "h", "repost", "p"]
    data = Dataset(ties=ties)
    found = exposure(data, network(data))
    assert found.basis == "followers of author and reposters"
    assert found.table.set_index("account").loc["h", "reached"] == 3


def test_exposure_without_follows_counts_distinct_reposters_and_sums_to_one():
    reposts = [("a", "h", "p"), ("a", "h", "p"), ("b", "h", "p"), ("a", "g", "q")]
    ties = pd.DataFrame(reposts, columns=["source", "target", "post"]).assign(kind="repost")
    data = Dataset(ties=ties)
    found = exposure(data, network(data))
    table = found.table.set_index("account")
    assert found.basis == "reposters"
    assert list(table.loc[["h", "g"], "reached"]) == [2, 1]
    assert table["exposure"].sum() == pytest.approx(1)
    assert (table["exposure_low"] <= table["exposure_high"]).all()


def test_without_posts_reach_is_a_plain_count_without_interval():
    ties = pd.DataFrame({"source": ["a", "b"], "target": ["h", "h"], "kind": "repost"})
    data = Dataset(ties=ties)
    table = exposure(data, network(data)).table
    assert table["exposure_low"].isna().all()
    assert list(table.loc[gate(table), "account"]) == ["h"]


@pytest.mark.parametrize("ties", [None, pd.DataFrame({"source": ["a"], "kind": ["repost"]})])
def test_hubs_answer_on_almost_nothing(ties: pd.DataFrame | None):
    data = Dataset() if ties is None else Dataset(ties=ties)
    found = hubs(data, network(data))
    assert found.table.empty
    assert list(found.table.columns[: len(COLUMNS)]) == list(COLUMNS)
    assert found.facts["reason"]


def test_every_row_has_a_status_and_a_reason(small_hubs: Hubs):
    table = small_hubs.table
    assert set(table["status"]) <= {"hub", "not called", "not testable"}
    assert table["reason"].str.len().min() > 0
    assert table["exposure"].is_monotonic_decreasing
    assert list(table["rank"]) == list(range(1, len(table) + 1))


def test_without_a_registry_claims_to_be_official_are_not_testable(small_hubs: Hubs):
    tests = small_hubs.tests
    mine = tests[tests["mechanism"] == "pseudo_official"]
    assert set(mine["status"]) == {"not testable", "not applicable"}
    assert set(mine["reason"]) == {
        "no confirmed official accounts; give --registry",
        "makes no claim to be official",
    }


def test_members_of_each_call_are_listed_with_their_reposts(small_hubs: Hubs):
    found = small_hubs
    called = found.tests[found.tests["members"].fillna(0) > 0].set_index("account")
    assert list(found.members.columns) == ["account", "member", "confirmed", "reposts"]
    assert len(called)
    counted = found.members.groupby("account").agg(
        n=("member", "nunique"), sure=("confirmed", "sum")
    )
    assert (counted["n"] == called["members"]).all()
    assert (counted["sure"] == called["confirmed"]).all()
    assert found.members["reposts"].min() >= 3


@pytest.fixture(scope="module")
def compact() -> tuple[Dataset, pd.DataFrame]:
    made = simulate(seed=3, world=world("compact"))
    return made.dataset, made.registry


@pytest.fixture(scope="module")
def plain(compact: tuple[Dataset, pd.DataFrame]) -> Hubs:
    data, registry = compact
    return hubs(data, network(data), references=References(registry))


def permuted(compact: tuple[Dataset, pd.DataFrame], *labels: str) -> Hubs:
    data, registry = compact
    rng = np.random.default_rng(0)
    accounts = data.accounts.copy()
    for label in labels:
        accounts[label] = rng.permutation(accounts[label].to_numpy(dtype=object))
    other = Dataset(accounts.astype({"role": "str"}), data.ties, data.posts)
    return hubs(other, network(other), references=References(registry))


def test_roles_and_camps_change_no_score(compact: tuple[Dataset, pd.DataFrame], plain: Hubs):
    other = permuted(compact, "role", "camp")
    assert set(plain.tests.loc[plain.tests["status"] == "tested", "mechanism"]) == {
        "amplification",
        "bait_and_switch",
        "pseudo_official",
    }
    # Bait and switch notes how many others of a role turn in the same weeks; nothing rests on it.
    one, two = (found.tests.drop(columns="note") for found in (plain, other))
    pd.testing.assert_frame_equal(one, two, check_exact=True)
    for name in ("evidence", "screens", "members", "explanations"):
        one, two = getattr(plain, name), getattr(other, name)
        pd.testing.assert_frame_equal(one, two, check_exact=True)
    one, two = (found.table.drop(columns=["role", "note"]) for found in (plain, other))
    pd.testing.assert_frame_equal(one, two, check_exact=True)


def test_names_touch_no_mechanism_but_the_one_that_asks_for_a_claim(
    compact: tuple[Dataset, pd.DataFrame], plain: Hubs
):
    other = permuted(compact, "name", "handle", "bio")
    for name in ("tests", "evidence", "explanations"):
        one, two = (
            rows[rows["mechanism"] != "pseudo_official"].reset_index(drop=True)
            for rows in (getattr(plain, name), getattr(other, name))
        )
        pd.testing.assert_frame_equal(one, two, check_exact=True)
    pd.testing.assert_frame_equal(plain.members, other.members, check_exact=True)
    claims = [
        found.tests.query("mechanism == 'pseudo_official' and status == 'tested'")["account"]
        for found in (plain, other)
    ]
    assert set(claims[0]) != set(claims[1])


def test_each_call_of_amplification_says_what_innocent_things_were_checked(plain: Hubs):
    called = plain.table[(plain.table["status"] == "hub") & plain.table["members"].notna()]
    assert len(called)
    mine = plain.explanations[plain.explanations["mechanism"] == "amplification"]
    assert mine.groupby("account").size().eq(8).all()
    assert set(mine["account"]) == set(called["account"])
    assert set(plain.explanations["found"]) <= {"yes", "no", "not checkable"}
    assert called["explanations"].str.contains("checked and not found").all()
    labelled = plain.table[plain.table["label"].notna()]
    assert labelled["explanations"].str.contains("disclosed staff").all()
    assert labelled["reason"].str.contains("disclosed institutional amplification").all()


def test_evidence_without_reach_is_listed_and_not_called(
    small: Dataset, small_hubs: Hubs, monkeypatch: pytest.MonkeyPatch
):
    called = small_hubs.table.query("status == 'hub'")["account"]
    assert len(called)
    module = importlib.import_module("kznet.hubs")
    monkeypatch.setattr(module, "gate", lambda table: np.zeros(len(table), dtype=bool))
    table = hubs(small, network(small)).table
    assert set(table["account"]) == set(called)
    assert set(table["status"]) == {"not called"}
    assert set(table["reason"]) == {"evidence, but reach is below the mark"}
