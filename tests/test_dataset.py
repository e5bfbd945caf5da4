import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kznet.dataset import Dataset
from kznet.errors import DataError, KznetError
from kznet.schema import SCHEMA

TIES = pd.DataFrame(
    {
        "source": ["x:b", "x:c", "x:b"],
        "target": ["x:a", None, "x:a"],
        "kind": ["follow", "repost", "repost"],
        "post": [None, "p1", "p2"],
        "time": [None, "2022-01-01", "2022-01-02T00:00:01Z"],
    }
)


def test_tables_are_completed_with_every_id_that_ties_mention():
    data = Dataset(ties=TIES)
    assert list(data.accounts["account"]) == ["x:a", "x:b", "x:c"]
    assert list(data.accounts["platform"]) == ["x", "x", "x"]
    assert list(data.posts["post"]) == ["p1", "p2"]
    assert data.posts["account"].iloc[1] == "x:a"


def test_codes_of_ties_are_positions_in_the_other_tables():
    backwards = TIES.assign(source=pd.Categorical(TIES["source"], categories=["x:c", "x:b"]))
    data = Dataset(accounts=pd.DataFrame({"account": ["x:c", "x:b", "x:a"]}), ties=backwards)
    ids = data.accounts["account"].to_numpy()
    for name in ("source", "target"):
        known = data.ties[name].notna()
        codes = data.ties.loc[known, name].cat.codes
        assert list(ids[codes]) == list(data.ties.loc[known, name])


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(6)))
def test_row_order_never_matters(order: list[int]):
    ties = pd.concat([TIES, TIES.assign(content=["c1", "c2", "c3"])], ignore_index=True)
    first, second = Dataset(ties=ties), Dataset(ties=ties.iloc[order])
    for name in SCHEMA:
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))


def test_an_empty_dataset_has_the_schema():
    data = Dataset()
    for name, columns in SCHEMA.items():
        assert list(getattr(data, name).columns) == list(columns)


@pytest.mark.parametrize(
    ("ties", "message"),
    [
        ({"source": ["a"]}, r"ties: missing columns \['kind'\]; found \['source'\]"),
        ({"source": ["a"], "kind": ["like"]}, "ties: row 0: column 'kind': found 'like', wanted"),
        ({"source": ["a", None], "kind": ["follow"] * 2}, "ties: row 1: column 'source'"),
        ({"source": ["a"], "kind": ["follow"], "weight": [-1]}, "column 'weight': found -1"),
        ({"source": ["a"], "kind": ["follow"], "time": ["soon"]}, "ties: column 'time'"),
    ],
)
def test_a_bad_tie_is_named_by_table_column_and_row(ties: dict[str, list[object]], message: str):
    with pytest.raises(DataError, match=message) as error:
        Dataset(ties=pd.DataFrame(ties))
    assert isinstance(error.value, KznetError)
    assert isinstance(error.value, ValueError)


def test_an_account_twice_and_an_unknown_role_are_refused():
    with pytest.raises(DataError, match="row 1: column 'account': found 'a', wanted each id once"):
        Dataset(accounts=pd.DataFrame({"account": ["a", "a"]}))
    with pytest.raises(DataError, match="column 'role': found 'king', wanted one of politician"):
        Dataset(accounts=pd.DataFrame({"account": ["a"], "role": ["king"]}))


def test_public_is_a_public_role_or_ten_thousand_followers():
    accounts = pd.DataFrame(
        {
            "account": ["a", "b", "c", "d"],
            "role": ["media", "other", None, None],
            "followers": [None, 9_999, 10_000, None],
        }
    )
    assert list(Dataset(accounts=accounts).public) == [True, False, True, False]
