"""VK API: members, friends and subscriptions, which do not say whose they are."""

import pytest

from kznet.errors import DataError
from kznet.loaders import Options, load

PERSON = {"id": 5, "first_name": "Айгерим", "last_name": "", "screen_name": "aigerim_primer"}
GROUP = {"id": 2, "name": "Акимат", "screen_name": "akimat_primer", "type": "page"}


@pytest.mark.parametrize(
    ("sample", "account", "expected"),
    [
        (
            "groups_getMembers",
            "club7",
            [("vk:4100001", "vk:-7", "follow"), ("vk:4100002", "vk:-7", "follow")],
        ),
        (
            "groups_getMembers",
            "7",
            [("vk:4100001", "vk:-7", "follow"), ("vk:4100002", "vk:-7", "follow")],
        ),
        (
            "groups_getMembers",
            "@Primer",
            [("vk:4100001", "vk:@primer", "follow"), ("vk:4100002", "vk:@primer", "follow")],
        ),
        (
            "friends_get",
            "id7",
            [("vk:4100002", "vk:7", "follow"), ("vk:7", "vk:4100002", "follow")],
        ),
        ("friends_get", "-7", [("vk:4100002", "vk:-7", "follow")]),
        (
            "users_getSubscriptions",
            "7",
            [("vk:7", "vk:-100002", "follow"), ("vk:7", "vk:4100001", "follow")],
        ),
        (
            "users_getSubscriptions_extended",
            "https://vk.com/id7",
            [("vk:7", "vk:-100002", "follow"), ("vk:7", "vk:4100001", "follow")],
        ),
    ],
)
def test_a_list_is_of_the_account_that_is_given(samples, triples, sample, account, expected):
    data = load(samples / "vk" / f"{sample}.json", options=Options(source_account=account))
    assert sorted(triples(data)) == expected


@pytest.mark.parametrize(
    "sample",
    ["groups_getMembers", "friends_get", "users_getSubscriptions"],
)
def test_a_list_that_is_nobodys_is_refused_with_a_way_out(samples, sample):
    with pytest.raises(DataError, match=r"does not say whose it is: give --source-account"):
        load(samples / "vk" / f"{sample}.json")


@pytest.mark.parametrize("account", ["7", "@primer"])
def test_people_of_an_account_that_may_be_either_are_not_guessed(samples, account):
    with pytest.raises(DataError, match="whether these are members or friends"):
        load(samples / "vk" / "friends_get.json", options=Options(source_account=account))


@pytest.mark.parametrize(
    ("wrapper", "expected"),
    [
        ({"group_id": 7}, [("vk:5", "vk:-7", "follow")]),
        ({"owner_id": -7}, [("vk:5", "vk:-7", "follow")]),
        ({"request": {"params": {"group_id": "7"}}}, [("vk:5", "vk:-7", "follow")]),
        ({"user_id": 7}, [("vk:5", "vk:7", "follow"), ("vk:7", "vk:5", "follow")]),
        ({"method": "users.getFollowers", "user_id": 7}, [("vk:5", "vk:7", "follow")]),
        ({"method": "groups.get", "params": {"user_id": 7}}, [("vk:7", "vk:-5", "follow")]),
    ],
)
def test_what_stands_beside_an_answer_says_whose_list_it_is(given, triples, wrapper, expected):
    path = given("a.json", {**wrapper, "response": {"count": 1, "items": [5]}})
    assert sorted(triples(load(path, options=Options(source_account="id8")))) == expected


def test_an_account_of_another_platform_is_not_the_lists(samples):
    with pytest.raises(DataError, match="does not say whose it is"):
        load(samples / "vk" / "friends_get.json", options=Options(source_account="instagram:me"))


def test_accounts_alone_are_accounts(given):
    person = {**PERSON, "followers_count": 70, "verified": 1, "bdate": "1.1.1990"}
    data = load(given("a.json", {"response": [person]}))
    row = data.accounts.iloc[0]
    assert (row["account"], row["handle"], row["name"]) == ("vk:5", "aigerim_primer", "Айгерим")
    assert (row["followers"], row["verified"]) == (70, True)
    groups = load(given("b.json", {"response": {"groups": [GROUP], "profiles": []}}))
    assert groups.accounts["account"].tolist() == ["vk:-2"]


def test_the_api_may_list_communities_of_a_person(given, triples):
    page = {"response": {"count": 2, "items": [GROUP, {**GROUP, "id": 3}]}}
    data = load(given("a.json", page), options=Options(source_account="id7"))
    assert triples(data) == [("vk:7", "vk:-2", "follow"), ("vk:7", "vk:-3", "follow")]


def test_what_is_no_account_on_a_list_is_set_aside(given):
    page = {"response": {"count": 4, "items": [5, 0, "x", {"id": None, "first_name": "А"}]}}
    data = load(given("a.json", page), options=Options(source_account="club7"))
    report = data.report.files[0]
    assert (report.rows, sum(report.rejected.values()), len(data.ties)) == (4, 3, 1)


def test_a_page_that_was_kept_twice_counts_once(given, triples):
    page = {"group_id": 7, "response": {"count": 1, "items": [PERSON]}}
    data = load(given("a.json", [page, page]))
    assert triples(data) == [("vk:5", "vk:-7", "follow")]
    assert data.report.files[0].rejected == {"repeated follow": 1}
