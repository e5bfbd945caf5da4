from pathlib import Path

import pandas as pd
import pytest

from kznet.coordination import pairing_files, pairs
from kznet.dataset import Dataset
from kznet.engines import duckdb_
from kznet.errors import DataError
from kznet.schema import KINDS


@pytest.fixture(params=["parquet", "csv"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[list[Path], Dataset]:
    """The same ties in two files and as a dataset: doubles, gaps, coarse stamps, an original."""
    rows = [
        (f"x:a{i % 7}", f"x:p{i % 4}" if i % 11 else None, "repost", 37 * i % 400, i % 3, None)
        for i in range(120)
    ]
    rows += [("x:a0", "x:p1", "repost", 5, 1, "x:c"), ("x:a1", "x:p1", "repost", 9, 1, "x:c")]
    rows += [("x:a6", "x:p1", "repost", 9, 1, "x:p1"), ('x:,"é\n', "x:p1", "repost", 9, 1, None)]
    rows += [("x:a1", None, "follow", None, None, None), ("x:b", None, "follow", None, 2, None)]
    columns = ["source", "post", "kind", "second", "weight", "content"]
    ties = pd.DataFrame(rows, columns=columns).assign(target="x:z")
    ties.loc[5, "target"] = None
    ties["time"] = pd.Timestamp("2024-01-01", tz="UTC") + pd.to_timedelta(ties["second"], unit="s")
    ties["resolution"] = [3600.0 if i % 13 == 0 else None for i in range(len(ties))]
    ties = ties.drop(columns="second")
    paths = [tmp_path / f"{part}.{request.param}" for part in range(2)]
    for path, part in zip(paths, (ties.iloc[:70], ties.iloc[70:]), strict=True):
        write = part.to_parquet if request.param == "parquet" else part.to_csv
        write(path, index=False)
    return paths, Dataset(ties=ties)


def test_pairs_straight_from_files_are_those_of_the_dataset(files: tuple[list[Path], Dataset]):
    paths, data = files
    with pairing_files(paths, memory=1 << 28) as found:
        pd.testing.assert_frame_equal(found.table(), pairs(data), check_exact=True)
        assert found.too_coarse > 0


def test_summed_ties_straight_from_files_are_those_of_the_dataset(
    files: tuple[list[Path], Dataset],
):
    paths, data = files
    ids, source, target, kind, weight = duckdb_.ties(paths, memory=1 << 28)
    rows = data.ties[data.ties["target"].notna()]
    wanted = rows.groupby(["kind", "source", "target"], observed=True)["weight"].sum()
    found = zip((KINDS[k] for k in kind), ids[source], ids[target], weight, strict=True)
    assert {(k, s, t): w for k, s, t, w in found} == wanted.to_dict()
    assert ids.tolist() == sorted({*rows["source"], *rows["target"]})


def test_files_that_lack_a_column_are_refused(tmp_path: Path):
    path = tmp_path / "ties.csv"
    path.write_text("source,target\nx:a,x:b\n")
    with pytest.raises(
        DataError, match=r"missing columns \['kind'\]; found \['source', 'target'\]"
    ):
        duckdb_.ties([path])
