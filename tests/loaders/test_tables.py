"""kznet's own tables: what was written comes back."""

import pandas as pd
import pytest

from kznet.dataset import Dataset
from kznet.errors import DataError
from kznet.loaders import Options, load


@pytest.fixture
def dataset(samples) -> Dataset:
    return load(samples / "tables")


def write_case(folder, dataset):
    (folder / "dataset").mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")
    for name in ("accounts", "ties", "posts"):
        getattr(dataset, name).to_parquet(folder / "dataset" / f"{name}.parquet")
    (folder / "dataset" / "README.txt").write_text("native ids: not for sharing")
    (folder / "tables").mkdir()
    (folder / "tables" / "pairs.csv").write_text("source,target\nx:other,x:another\n")


def assert_same(one, two):
    for table in ("accounts", "ties", "posts"):
        pd.testing.assert_frame_equal(getattr(one, table), getattr(two, table))


def test_a_folder_of_the_three_tables_is_one_dataset(dataset):
    assert list(dataset.accounts["role"]) == ["media", "government"]
    assert list(dataset.accounts["followers"]) == [1200, 5000]
    assert list(dataset.accounts["verified"]) == [True, False]
    assert list(dataset.ties["kind"]) == ["follow", "repost"]
    assert list(dataset.posts["text"]) == ["Ресми хабарлама"]
    assert [file.name for file in dataset.report.files] == ["accounts.csv", "posts.csv", "ties.csv"]


def test_a_case_folder_is_read_as_its_dataset(dataset, tmp_path):
    write_case(tmp_path / "case", dataset)
    again = load(tmp_path / "case")
    assert_same(again, dataset)
    assert [file.name for file in again.report.files] == [
        "case/dataset/accounts.parquet",
        "case/dataset/ties.parquet",
        "case/dataset/posts.parquet",
    ]
    assert again.report.rejected.empty


def test_a_case_inside_a_folder_gives_its_dataset_alone(dataset, tmp_path):
    write_case(tmp_path / "outputs" / "case", dataset)
    assert_same(load(tmp_path / "outputs"), dataset)


def test_a_broken_table_of_a_case_is_no_small_matter(dataset, tmp_path):
    write_case(tmp_path / "case", dataset)
    (tmp_path / "case" / "dataset" / "ties.parquet").write_bytes(b"PAR1 cut PAR1")
    with pytest.raises(DataError, match=r"dataset/ties.parquet: broken Parquet"):
        load(tmp_path / "case")


def test_written_as_csv_and_read_again_nothing_changes(dataset, tmp_path):
    for name in ("accounts", "ties", "posts"):
        getattr(dataset, name).to_csv(tmp_path / f"{name}.csv.gz", index=False)
    assert_same(load(tmp_path), dataset)


def test_direction_is_not_asked_of_tables_that_say_it(samples, triples):
    turned = load(samples / "tables" / "ties.csv", options=Options(direction="influence"))
    assert triples(turned) == triples(load(samples / "tables" / "ties.csv"))


def test_a_post_without_an_id_is_set_aside(given):
    data = load(given("posts.csv", "post,account,time\nx:1,x:a,\n,x:b,\n"))
    assert list(data.posts["post"]) == ["x:1"]
    assert data.report.files[0].rejected == {"no post id": 1}
    assert list(data.report.rejected["line"]) == ["3"]


def test_an_account_without_an_id_is_set_aside(given):
    data = load(given("accounts.csv", "account,name\nx:1,A\n,B\n"))
    row = data.report.rejected.iloc[0]
    assert (row["line"], row["reason"], row["value"]) == ("3", "no account id", "B")


def test_the_text_of_a_post_is_kept_to_the_letter(given):
    data = load(given("posts.csv", 'post,account,text\nx:1,x:a," -\n none "\nx:2,x:a,N/A\n'))
    assert list(data.posts["text"]) == [" -\n none ", "N/A"]


def test_an_unknown_role_counts_as_other_and_is_said(given):
    data = load(given("accounts.csv", "account,role\nx:1,астролог\nx:2,СМИ\n"))
    assert list(data.accounts["role"]) == ["other", "media"]
    assert data.report.files[0].warnings == (
        "roles that are not known count as other (астролог): 1",
    )


def test_followers_that_are_no_numbers_are_missing_and_counted(given):
    text = 'account,followers\nx:1,"1,234"\nx:2,N/A\nx:3,-1\nx:4,many\n'
    data = load(given("accounts.csv", text))
    assert data.accounts["followers"].fillna(0).tolist() == [1234, 0, 0, 0]
    assert data.report.files[0].warnings == ("followers that are no number: 1",)
