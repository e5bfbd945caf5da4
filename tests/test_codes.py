import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.api.types import union_categoricals

from kznet import codes, load
from kznet.loaders import _table

TEXT = st.lists(st.none() | st.text(max_size=3), max_size=8)


def texts(values: list[str | None]) -> pd.Series:
    return pd.Series(values, dtype="str")


def dictionary(indices: list[int | None], values: list[str | None]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(
        pa.array(indices, pa.int32()), pa.array(values, pa.string())
    )


def same(found: pd.Series, expected: list[str | None]) -> None:
    assert codes.is_coded(found)
    assert found.cat.categories.is_unique
    pd.testing.assert_series_equal(found.astype("str"), texts(expected))


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_columns_one_below_the_other_have_the_ids_of_all(columns: list[list[str | None]]):
    coded = [codes.encoded(texts(values)) for values in columns]
    found = codes.together(coded)
    same(found, [value for values in columns for value in values])
    assert list(found.cat.categories) == list(union_categoricals(coded).categories)


@given(TEXT, st.lists(st.text(max_size=3), unique=True, max_size=8))
def test_recoded_values_that_are_not_among_the_ids_are_missing(
    values: list[str | None], ids: list[str]
):
    found = codes.recoded(texts(values), pd.Index(ids, dtype="str"))
    same(found, [value if value in ids else None for value in values])
    assert list(found.cat.categories) == ids


@given(TEXT, st.integers(0, 8))
def test_values_that_no_row_has_go_and_the_others_keep_their_order(
    values: list[str | None], begin: int
):
    part = codes.encoded(texts(values))[begin:]
    found = codes.used(part)
    assert found.astype("str").equals(part.astype("str"))
    left = set(part.dropna())
    assert list(found.cat.categories) == [each for each in part.cat.categories if each in left]


@pytest.mark.parametrize(
    ("chunks", "expected"),
    [
        ([], []),
        ([dictionary([], [])], []),
        ([dictionary([1, None, 0], ["a", "b"])], ["b", None, "a"]),
        ([dictionary([0, 1, 2], ["a", "a", None])], ["a", "a", None]),
        ([dictionary([0], ["b"]), dictionary([0, 1], ["a", "b"])], ["b", "a", "b"]),
    ],
)
def test_dictionaries_of_arrow_become_codes(chunks: list[pa.Array], expected: list[str | None]):
    same(codes.from_arrow(pa.chunked_array(chunks, dictionary([], []).type)), expected)


def test_a_dictionary_without_a_type_is_missing_throughout():
    nothing = pa.array([None, None]).dictionary_encode()
    same(codes.from_arrow(pa.chunked_array([nothing])), [None, None])


def test_codes_are_the_same_where_pandas_looks_at_the_ids_once_more(
    monkeypatch: pytest.MonkeyPatch,
):
    found = codes.encoded(texts(["b", None, "a"]))
    monkeypatch.delattr(pd.CategoricalDtype, "_from_fastpath")
    pd.testing.assert_series_equal(codes.encoded(texts(["b", None, "a"])), found)


@pytest.mark.parametrize("notes", [False, True])
def test_a_file_of_many_row_groups_is_read_as_a_whole_is(tmp_path, monkeypatch, notes: bool):
    n = 100
    ties = pd.DataFrame(
        {
            "source": [f"x:{i % 7}" for i in range(n)],
            "target": [f"x:{i % 11}" if i % 5 else None for i in range(n)],
            "kind": "repost",
            "time": pd.to_datetime([1_700_000_000 + i for i in range(n)], unit="s", utc=True),
            "post": [f"x:p{i % 13}" for i in range(n)],
        }
    )
    if notes:
        ties["content"] = [f"x:c{i}" for i in range(n)]
    whole, parts = tmp_path / "whole.parquet", tmp_path / "parts.parquet"
    ties.to_parquet(whole)
    pq.write_table(pa.Table.from_pandas(ties), parts, row_group_size=3)
    expected = load([whole])
    monkeypatch.setattr(_table, "_BATCHES", 4)
    found = load([parts])
    for name in ("accounts", "ties", "posts"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name))
