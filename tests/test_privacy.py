from dataclasses import replace

import pandas as pd
import pytest

from kznet.analysis import Analysis
from kznet.dataset import Dataset
from kznet.privacy import UNKNOWN_ROLES, policy, pseudonyms, shareable

SECRET = "ab" * 32
OTHER = "cd" * 32


@pytest.fixture
def whole(small_analysis: Analysis) -> Analysis:
    return small_analysis


@pytest.fixture
def shared(whole: Analysis) -> Analysis:
    return shareable(whole, secret=SECRET)


def everything(analysis: Analysis) -> str:
    tables = [
        analysis.dataset.accounts,
        analysis.dataset.ties,
        analysis.dataset.posts,
        analysis.network.edges(),
        *(getattr(analysis, name) for name in ("centrality", "membership", "communities", "pairs")),
        *(
            getattr(analysis, name)
            for name in ("hubs", "tests", "evidence", "screens", "explanations")
        ),
    ]
    return "\n".join(table.to_csv() for table in tables)


def test_no_private_id_name_or_handle_is_left_anywhere(whole: Analysis, shared: Analysis):
    private = whole.dataset.accounts[~whole.dataset.public]
    words = set(everything(shared).replace(",", "\n").replace(" | ", "\n").split("\n"))
    for column in ("account", "handle", "name"):
        assert not words & set(private[column].dropna())


def test_public_accounts_keep_their_names_and_ids(whole: Analysis, shared: Analysis):
    public = whole.dataset.accounts[whole.dataset.public].set_index("account")
    kept = shared.dataset.accounts.set_index("account").loc[public.index]
    assert list(kept["name"]) == list(public["name"])


def test_tables_still_speak_of_the_same_accounts(whole: Analysis, shared: Analysis):
    known = pseudonyms(whole.dataset, secret=SECRET)
    assert set(shared.membership["account"]) == set(known.values())
    before = whole.centrality.assign(account=whole.centrality["account"].map(known))
    numbers = [name for name in before.columns if name.startswith("repost_")]
    left = before.sort_values("account")[["account", *numbers]].reset_index(drop=True)
    pd.testing.assert_frame_equal(left, shared.centrality[["account", *numbers]])
    position = {account: i for i, account in enumerate(shared.network.accounts)}
    strength = shared.network.layers["repost"].sum(axis=0)
    for row in shared.centrality.itertuples():
        assert strength[position[row.account]] == row.repost_in_strength


def test_whom_private_people_follow_is_left_out_and_counted(whole: Analysis, shared: Analysis):
    public = set(whole.dataset.accounts.loc[whole.dataset.public, "account"])
    edges = shared.network.edges()
    follows = edges[edges["kind"] == "follow"]
    assert set(follows["source"]) <= public
    before = int(whole.network.layers["follow"].nnz)
    assert len(follows) + shared.facts["privacy"]["follows_left_out"] == before


def test_who_works_for_whom_is_left_out(whole: Analysis):
    data = whole.dataset
    accounts = data.accounts.assign(staff_of=data.accounts["account"].iloc[0])
    told = replace(whole, dataset=Dataset(accounts, data.ties, data.posts))
    assert shareable(told, secret=SECRET).dataset.accounts["staff_of"].isna().all()


def test_times_with_private_people_are_coarsened_to_the_day(shared: Analysis):
    assert len(shared.evidence)
    assert (shared.evidence["time"] == shared.evidence["time"].dt.floor("D")).all()


def test_who_of_private_people_came_when_is_not_told(whole: Analysis, shared: Analysis):
    groups = shared.evidence["accounts"].str.split(" | ", regex=False)
    assert all(group == sorted(group) for group in groups)
    assert [len(group) for group in groups] == [
        len(group) for group in whole.evidence["accounts"].str.split(" | ", regex=False)
    ]


def test_acts_of_private_people_keep_the_day_alone(shared: Analysis):
    ties = shared.dataset.ties[shared.dataset.ties["kind"] == "repost"]
    people = shared.dataset.accounts.loc[~shared.dataset.public, "account"]
    theirs = ties[ties["source"].isin(people)]
    assert len(theirs)
    assert (theirs["time"] == theirs["time"].dt.floor("D")).all()
    assert ties["post"].isna().all()


def test_pseudonyms_depend_on_the_secret_alone(whole: Analysis):
    first = pseudonyms(whole.dataset, secret=SECRET)
    assert first == pseudonyms(whole.dataset, secret=SECRET)
    other = pseudonyms(whole.dataset, secret=OTHER)
    private = whole.dataset.accounts.loc[~whole.dataset.public, "account"]
    assert all(first[account] != other[account] for account in private)
    assert len(set(first.values())) == len(first)


def test_small_communities_are_blank(whole: Analysis):
    tiny = whole.communities.assign(size=[4, *whole.communities["size"][1:]])
    table = shareable(replace(whole, communities=tiny), secret=SECRET).communities
    assert pd.isna(table["size"].iloc[0])
    assert pd.isna(table["other_share"].iloc[0])
    assert pd.isna(table["top_accounts"].iloc[0])


def test_names_follow_the_policy():
    bare = Dataset(accounts=pd.DataFrame({"account": ["a"]}))
    counted = Dataset(accounts=pd.DataFrame({"account": ["a"], "followers": [5]}))
    assert policy(bare, "auto") == "given"
    assert policy(counted, "auto") == "public"
    assert policy(counted, "all") == "all"
    assert policy(bare, "public") == "public"


def test_names_as_given_come_with_a_warning(whole: Analysis):
    nameless = Dataset(
        whole.dataset.accounts.assign(role=None, followers=pd.NA), whole.dataset.ties
    )
    found = shareable(replace(whole, dataset=nameless), secret=SECRET)
    assert found.facts["privacy"]["notice"] == UNKNOWN_ROLES
    assert list(found.network.accounts) == list(whole.network.accounts)


def test_all_names_everyone_and_says_so(whole: Analysis):
    found = shareable(whole, names="all", secret=SECRET)
    assert found.facts["privacy"]["names"] == "all"
    assert found.facts["privacy"]["pseudonyms"] == 0
    assert found.dataset.posts.empty
