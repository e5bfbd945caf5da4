from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from kznet.dataset import Dataset
from kznet.engines import linear
from kznet.measures import degree
from kznet.network import network

if TYPE_CHECKING:
    from kznet.engines.spark.session import Session
    from kznet.engines.spark.world import World


def ties_of(edges: list[tuple[str, str, str, float]]) -> Dataset:
    return Dataset(ties=pd.DataFrame(edges, columns=["source", "target", "kind", "weight"]))


# Two triangles, a tie between them, a loop, a repeated follow, and a pair apart.
EDGES = [
    *((a, b, "follow", 1.0) for a, b in ["ab", "bc", "ca", "de", "ef", "fd", "cd", "aa"]),
    *((a, b, "repost", w) for a, b, w in [("a", "b", 2.0), ("a", "b", 3.0), ("d", "e", 1.0)]),
    ("a", "b", "follow", 0.5),
    ("x", "y", "repost", 4.0),
]


@pytest.fixture(scope="module")
def two_triangles(there: "Callable[[Dataset], World]") -> "tuple[Dataset, World]":
    data = ties_of([(f"t:{a}", f"t:{b}", kind, w) for a, b, kind, w in EDGES])
    return data, there(data)


def column(frame: object, name: str, n: int) -> np.ndarray:
    from kznet.engines.spark.arrow import gathered

    rows = gathered(frame)  # type: ignore[arg-type]  # a frame of Spark's
    result = np.zeros(n)
    result[rows[0].to_numpy()] = rows[name].to_numpy()
    return result


@pytest.mark.parametrize("one_task", [0, 100])
def test_pagerank_in_blocks_is_that_of_one_machine(
    on: "Session", two_triangles: "tuple[Dataset, World]", one_task: int
) -> None:
    from kznet.engines.spark.pagerank import pagerank
    from kznet.engines.spark.strengths import edges, layer

    data, made = two_triangles
    ties = layer(edges(made), "repost")
    found = pagerank(ties, made.n, on=on, tolerance=1e-3, block=3, one_task=one_task)
    expected = linear.pagerank(network(data).layers["repost"])
    np.testing.assert_allclose(column(found, "pagerank", made.n), expected, atol=3e-3)


def test_degrees_and_strengths_are_those_of_one_machine(
    two_triangles: "tuple[Dataset, World]",
) -> None:
    from kznet.engines.spark.strengths import edges, layer, layers, strengths

    data, made = two_triangles
    net, ties = network(data), edges(made)
    assert layers(ties) == ["follow", "repost"]
    found = strengths(layer(ties, "all"))
    for name in ("in_degree", "in_strength", "out_degree", "out_strength"):
        np.testing.assert_allclose(column(found, name, made.n), getattr(degree, name)(net))


def test_components_carry_their_smallest_account(
    on: "Session", two_triangles: "tuple[Dataset, World]"
) -> None:
    from kznet.engines.spark.parts import components
    from kznet.engines.spark.strengths import edges

    _, made = two_triangles
    found = column(components(edges(made), on=on), "component", made.n)
    assert found.tolist() == [0, 0, 0, 0, 0, 0, 6, 6]


def test_labels_tell_two_triangles_apart(
    on: "Session", two_triangles: "tuple[Dataset, World]"
) -> None:
    from kznet.engines.spark.parts import propagation
    from kznet.engines.spark.strengths import edges, layer

    _, made = two_triangles
    found = column(propagation(layer(edges(made), "all"), on=on), "label", made.n)
    assert len(set(found[:3])) == len(set(found[3:6])) == len(set(found[6:])) == 1
    assert found[0] != found[3] != found[6]
