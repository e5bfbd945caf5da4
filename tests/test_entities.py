"""One person or body on several platforms is one account of the graph on entities."""

import pandas as pd
import pytest

from kznet.dataset import Dataset
from kznet.entities import by_entity
from kznet.network import network


@pytest.fixture
def data() -> Dataset:
    """x:2 → telegram:1 and x:1, which are Dana; Dana on telegram → Dana on x."""
    accounts = pd.DataFrame(
        {
            "account": ["telegram:1", "x:1", "x:2", "vk:9"],
            "name": ["Дана", "Dana", "Сара", None],
            "handle": ["dana", "dana_kim", "sara", None],
            "entity": ["Дана  Ким", "дана ким", None, " "],
            "role": ["politician", None, "media", None],
            "camp": ["A", "B", None, None],
            "followers": [5, 70, 1, None],
            "bio": ["депутат", "mp", None, None],
            "url": [None, "https://x.com/dana_kim", None, None],
            "created": ["2020-01-01", "2012-01-01", None, None],
            "verified": [None, True, None, None],
        }
    )
    ties = pd.DataFrame(
        {
            "source": ["x:2", "x:2", "x:2", "telegram:1", "vk:9"],
            "target": ["telegram:1", "x:1", "x:1", "x:1", None],
            "kind": ["follow", "follow", "repost", "repost", "repost"],
            "post": [None, None, "p", "p", "q"],
        }
    )
    return Dataset(accounts, ties, pd.DataFrame({"post": ["p"], "account": ["x:1"]}))


DANA = "entity:дана ким"


def test_accounts_of_one_entity_become_one(data):
    result = by_entity(data).accounts.set_index("account")
    assert list(result.index) == [DANA, "vk:9", "x:2"]
    whole = result.loc[DANA]
    assert (whole["name"], whole["entity"]) == ("Дана Ким", "Дана Ким")
    assert whole["followers"] == 70
    assert whole["bio"] == "mp | депутат"
    assert whole["created"] == pd.Timestamp("2012-01-01", tz="UTC")
    assert whole["verified"]


def test_what_agrees_stays_and_what_differs_is_missing(data):
    whole = by_entity(data).accounts.set_index("account").loc[DANA]
    assert (whole["role"], whole["url"]) == ("politician", "https://x.com/dana_kim")
    assert whole[["platform", "handle", "camp"]].isna().all()


def test_the_report_says_what_was_joined_and_what_differs(data):
    assert by_entity(data).report.warnings == (
        "accounts joined into 1 entities: 2",
        "entities whose accounts differ in camp, left missing: 1",
    )


def test_the_others_stay_as_they_are(data):
    before, after = (each.accounts.set_index("account") for each in (data, by_entity(data)))
    pd.testing.assert_frame_equal(before.loc[["vk:9", "x:2"]], after.loc[["vk:9", "x:2"]])


def test_ties_and_authors_carry_the_new_ids(data):
    result = by_entity(data)
    ties = result.ties.astype({"source": "str", "target": "str"})
    found = sorted(zip(ties["kind"], ties["source"], ties["target"].fillna(""), strict=True))
    assert found == [
        ("follow", "x:2", DANA),
        ("follow", "x:2", DANA),
        ("repost", DANA, DANA),
        ("repost", "vk:9", ""),
        ("repost", "x:2", DANA),
    ]
    assert dict(zip(result.posts["post"], result.posts["account"].fillna(""), strict=True)) == {
        "p": DANA,
        "q": "",
    }


def test_ties_inside_an_entity_are_loops_that_the_network_counts(data):
    net = network(by_entity(data))
    assert net.loops == {"follow": 0, "repost": 1}
    edges = net.edges()
    assert list(
        zip(edges["kind"], edges["source"], edges["target"], edges["weight"], strict=True)
    ) == [
        ("follow", "x:2", DANA, 1.0),
        ("repost", "x:2", DANA, 1.0),
    ]


def test_again_changes_nothing_but_the_count(data):
    once = by_entity(data)
    again = by_entity(once)
    pd.testing.assert_frame_equal(again.accounts, once.accounts)
    pd.testing.assert_frame_equal(again.ties, once.ties)


def test_without_entities_the_data_stay_as_they_are():
    for data in (Dataset(), Dataset(pd.DataFrame({"account": ["x:1"], "entity": [" "]}))):
        assert by_entity(data) is data


def test_names_that_differ_in_more_than_case_and_spaces_are_two_entities():
    rows = pd.DataFrame({"account": ["x:1", "vk:1", "vk:2"], "entity": ["А Б", "А-Б", "а  б"]})
    assert list(by_entity(Dataset(rows)).accounts["account"]) == ["entity:а б", "entity:а-б"]


def test_the_order_of_rows_does_not_matter(data):
    turned = Dataset(data.accounts.iloc[::-1], data.ties.iloc[::-1], data.posts.iloc[::-1])
    pd.testing.assert_frame_equal(by_entity(turned).accounts, by_entity(data).accounts)
    pd.testing.assert_frame_equal(by_entity(turned).ties, by_entity(data).ties)


def test_an_entity_with_ten_thousand_followers_on_one_platform_is_public():
    rows = pd.DataFrame(
        {"account": ["x:1", "vk:1"], "entity": ["A", "A"], "followers": [10_000, 1]}
    )
    assert by_entity(Dataset(rows)).public.tolist() == [True]


def test_staff_stay_staff_of_the_body_that_became_one_account():
    rows = pd.DataFrame(
        {
            "account": ["x:1", "vk:1", "x:2", "x:3"],
            "entity": ["A", "A", None, None],
            "staff_of": [None, None, "vk:1", "Another body"],
        }
    )
    found = by_entity(Dataset(rows)).accounts.set_index("account")["staff_of"]
    assert found[["x:2", "x:3"]].tolist() == ["entity:a", "Another body"]
