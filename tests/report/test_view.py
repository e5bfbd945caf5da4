from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from kznet.analysis import Analysis
from kznet.dataset import Dataset
from kznet.errors import DataError
from kznet.report.map.page import scene
from kznet.report.view import View, found, members, shared_id, within

Make = Callable[..., Analysis]


@pytest.fixture(scope="module")
def world(make: Make) -> Analysis:
    return make(300, hubs=3)


def test_a_view_of_everything_changes_nothing(world: Analysis) -> None:
    assert within(world, View()) is world


def test_a_view_of_some_days_holds_their_ties_alone_both_ends_included(world: Analysis) -> None:
    part = within(world, View(since=date(2024, 2, 10), until=date(2024, 2, 11)))
    days = set(part.dataset.ties["time"].dt.date)
    assert days == {date(2024, 2, 10), date(2024, 2, 11)}
    assert part.dataset.ties["time"].notna().all()
    assert part.network.total.sum() < world.network.total.sum()
    assert list(part.network.accounts) == sorted(world.network.accounts)


def test_days_without_a_tie_are_an_error_that_says_which_there_are(world: Analysis) -> None:
    with pytest.raises(DataError, match=r"no tie falls between these days; .* 2024-02-01 to 2024-"):
        within(world, View(since=date(2025, 1, 1)))


def test_days_of_ties_without_times_are_an_error(make: Make) -> None:
    with pytest.raises(DataError, match="have no times"):
        within(make(1, hubs=0), View(until=date(2025, 1, 1)))


def test_a_map_of_a_community_shows_its_accounts_alone(world: Analysis) -> None:
    shown = scene(world, View(community=1)).shown
    assert set(shown["community"]) == {1}
    assert len(shown) == (world.membership["community"] == 1).sum()


def test_an_unknown_community_is_an_error_that_names_the_others(world: Analysis) -> None:
    with pytest.raises(DataError, match="no community 77; the case has 0, 1, 2, 3, 4, 5"):
        members(world, 77)


def test_a_map_around_an_account_shows_it_and_those_it_is_tied_with(world: Analysis) -> None:
    account = str(world.hubs["account"].iloc[0])
    seen = scene(world, View(around=account, top=20))
    ties = world.network.edges()
    near = set(ties.loc[ties["source"] == account, "target"])
    near |= set(ties.loc[ties["target"] == account, "source"])
    assert len(seen.shown) == 20
    assert set(seen.shown["account"]) <= near | {account}
    place = int((seen.shown["account"] == account).to_numpy().nonzero()[0][0])
    drawn = seen.selection.ties
    others = set(drawn.loc[drawn["source"] == place, "target"])
    others |= set(drawn.loc[drawn["target"] == place, "source"])
    assert len(others) == 19


@pytest.fixture(scope="module")
def accounts() -> pd.DataFrame:
    frame = {"account": ["x:1", "x:2", "x:3"], "handle": ["One", "two", None],
             "name": ["Same", "Same", "Үшінші"]}  # fmt: skip
    return Dataset(pd.DataFrame(frame)).accounts


@pytest.mark.parametrize(
    ("wanted", "account"), [("x:2", "x:2"), ("@one", "x:1"), ("TWO", "x:2"), ("үшінші", "x:3")]
)
def test_an_account_is_found_by_id_handle_or_name(
    accounts: pd.DataFrame, wanted: str, account: str
) -> None:
    assert found(accounts, wanted) == account


def test_a_misspelt_account_is_an_error_with_a_suggestion(accounts: pd.DataFrame) -> None:
    with pytest.raises(DataError, match=r"no account 'twoo' in the case\. Did you mean 'two'"):
        found(accounts, "twoo")


def test_a_name_of_several_accounts_is_an_error(accounts: pd.DataFrame) -> None:
    with pytest.raises(DataError, match="'Same' is the name of 2 accounts: x:1, x:2"):
        found(accounts, "Same")


def test_a_private_account_is_shown_under_its_pseudonym(accounts: pd.DataFrame) -> None:
    whole = Dataset(accounts)
    shared = {"x:1": "x:~ab", "x:2": "x:2", "x:3": "x:3"}
    assert [shared_id(whole, shared, each) for each in ("@one", "x:~ab", "two")] == [
        "x:~ab", "x:~ab", "x:2"
    ]  # fmt: skip
