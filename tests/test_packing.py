import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kznet.packing import order, ordered

VALUES = st.integers(-(2**40), 2**40) | st.integers(0, 3)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=30))
def test_rows_are_ordered_as_by_lexsort(rows: list[tuple[int, int, int]]):
    keys = list(np.array(rows, dtype=np.int64).reshape(-1, 3).T)
    sort = np.lexsort(keys[::-1])
    assert np.array_equal(order(keys), sort)
    for found, wanted in zip(ordered(*keys[:2]), (None, *keys[:2]), strict=True):
        sort = np.lexsort(keys[1::-1])
        assert np.array_equal(found, sort if wanted is None else wanted[sort])


def test_equal_rows_keep_their_order_and_small_types_do_not_overflow():
    key = np.array([2**31 - 1, -(2**31), 0, 0, 2**31 - 1], dtype=np.int32)
    assert order([key]).tolist() == [1, 2, 3, 0, 4]
    assert order([np.zeros(0, dtype=np.int64)]).tolist() == []
