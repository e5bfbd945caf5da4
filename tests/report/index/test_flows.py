"""Three media and ten people: who reposts whom, and what may be shown of it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kznet.analysis import Analysis
from kznet.dataset import Dataset
from kznet.network import network
from kznet.report.index.flows import flow_figures, flows
from kznet.report.texts import read_texts

Make = Callable[..., Analysis]
MEDIA = ["x:m0", "x:m1", "x:m2"]


def reposts(make: Make, ties: list[tuple[str, str]], roles: dict[str, str]) -> Analysis:
    accounts = pd.DataFrame({"account": list(roles), "role": pd.Series([*roles.values()])})
    accounts["role"] = (
        accounts["role"].replace("", None).astype("str").where(accounts["role"] != "")
    )
    table = pd.DataFrame(ties, columns=["source", "target"]).assign(kind="repost")
    data = Dataset(accounts=accounts, ties=table)
    return replace(make(3), dataset=data, network=network(data))


def people(n: int) -> dict[str, str]:
    return {**dict.fromkeys(MEDIA, "media"), **{f"x:p{i}": "" for i in range(n)}}


def test_flows_are_counted_by_role(make: Make) -> None:
    ties = [(f"x:p{i}", "x:m0") for i in range(6)] + [("x:m0", "x:m1"), ("x:m1", "x:m0")]
    found = flows(reposts(make, ties, people(6)), "repost")
    assert found is not None
    assert (found.rows, found.columns) == (("media", "unknown"), ("media",))
    assert found.counts.tolist() == [[2], [6]]
    assert found.shares.tolist() == [[1], [1]]


@pytest.mark.parametrize(("n", "shown"), [(4, False), (5, True)])
def test_fewer_than_five_private_people_are_kept_back(make: Make, n: int, shown: bool) -> None:
    ties = [("x:m0", f"x:p{i}") for i in range(n)] + [("x:m0", "x:m1")]
    found = flows(reposts(make, ties, people(n)), "repost")
    assert found is not None
    assert np.isfinite(found.counts[0]).tolist() == [True, shown]


def test_shares_are_of_what_is_shown_so_that_nothing_can_be_worked_out(make: Make) -> None:
    ties = [("x:m0", "x:p0"), ("x:m0", "x:m1")]
    found = flows(reposts(make, ties, people(1)), "repost")
    assert found is not None
    assert found.shares[0, 0] == 1


def test_without_any_role_there_is_no_matrix(make: Make) -> None:
    ties = [(f"x:p{i}", "x:p9") for i in range(9)]
    roles = {f"x:p{i}": "" for i in range(10)}
    assert flow_figures(reposts(make, ties, roles), read_texts("en")) == []
