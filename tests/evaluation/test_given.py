from pathlib import Path

import pandas as pd
import pytest

from kznet.dataset import Dataset
from kznet.errors import DataError
from kznet.evaluation.given import given, labels_of
from kznet.loaders import read_truth, truths

DATA = Dataset(accounts=pd.DataFrame({"account": ["x:a", "x:b", "x:c"], "handle": ["A", "B", "C"]}))


def written(folder: Path, text: str) -> Path:
    path = folder / "truth.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_labels_are_read_in_three_languages_and_by_handle(tmp_path: Path):
    path = written(tmp_path, "handle;метка;mechanism\n@a;да;M1\nB;innocent;\nc;жоқ;\nnobody;1;\n")
    found = truths(DATA, read_truth(path))
    assert found["account"].to_list() == ["x:a", "x:b", "x:c"]
    assert found["label"].to_list() == ["positive", "negative", "negative"]
    assert found["mechanism"].dropna().to_list() == ["amplification"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("account,why\nx:a,1\n", "no column label"),
        ("account,label\nx:a,perhaps\n", r"line 2: column 'label': found 'perhaps'; wanted one of"),
        ("account,label,mechanism\nx:a,1,m9\n", "column 'mechanism': found 'm9'"),
    ],
)
def test_a_table_that_says_something_else_is_refused(tmp_path: Path, text: str, message: str):
    with pytest.raises(DataError, match=message):
        read_truth(written(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("account,label\nx:z,1\n", "none of 1 accounts is in the data"),
        ("account,label\nx:a,1\nx:a,0\n", "'x:a' is both positive and negative"),
        ("account,label,mechanism\nx:a,1,m1\nx:a,1,m2\n", "'x:a' has two mechanisms"),
    ],
)
def test_labels_that_fit_nobody_or_contradict_are_refused(tmp_path: Path, text: str, message: str):
    listed = read_truth(written(tmp_path, text))
    with pytest.raises(DataError, match=message):
        labels_of(DATA, truths(DATA, listed))


def test_a_positive_one_without_a_mechanism_is_planted_with_any():
    truth = pd.DataFrame({"account": ["x:a", "x:b"], "label": ["positive", "negative"],
                          "mechanism": [None, None]})  # fmt: skip
    found = labels_of(DATA, truth)
    assert found["planted"].fillna("").to_list() == ["any", ""]
    assert found["group"].to_list() == ["any", "labelled innocent"]


def test_data_that_no_test_can_judge_give_rows_that_say_so():
    listed = pd.DataFrame({"account": ["x:a", "x:b"], "label": ["positive", "negative"]})
    listed = listed.assign(platform=None, mechanism=None)
    found = given(DATA, listed.astype("str"))
    assert len(found.calls) == 6
    assert not found.calls["called"].any()
    assert found.scores.empty
