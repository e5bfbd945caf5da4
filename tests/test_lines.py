import io

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kznet.lines import lines, plain
from kznet.tabular import write_csv

TEXTS = st.none() | st.text(max_size=6) | st.sampled_from(["a,b", 'a"b', "a\nb", "a\rb", " a", ""])
ROWS = st.lists(st.tuples(TEXTS, st.floats(), st.integers(-(2**62), 2**62), st.booleans()))


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_lines_are_the_bytes_that_pandas_writes(rows: list[tuple[str | None, float, int, bool]]):
    frame = pd.DataFrame(rows, columns=["text", "float", "whole", "true"])
    frame = frame.astype({"text": "str", "float": "float64", "whole": "int64", "true": "bool"})
    assert plain(frame)
    wanted = frame.to_csv(index=False, header=False, lineterminator="\n")
    assert lines(frame) == wanted.encode()


def test_frames_of_other_kinds_are_left_to_pandas():
    assert not plain(pd.DataFrame({"a": [1], "b": pd.array([None], dtype="Int64")}))
    assert not plain(pd.DataFrame({"a": [1], "b": [["x"]]}))
    assert not plain(pd.DataFrame({"a": [""]}))


def test_pieces_are_written_below_one_header_and_without_formulas():
    frame = pd.DataFrame({"name": ["=1", "a", None], "value": [1.0, np.nan, 0.1]})
    whole, pieces = io.StringIO(), io.StringIO()
    write_csv(frame, whole)
    write_csv([frame.iloc[:2], frame.iloc[2:]], pieces)
    assert whole.getvalue() == pieces.getvalue() == "name,value\n'=1,1.0\na,\n,0.1\n"
