import psutil
import pytest

from kznet.errors import DataError
from kznet.memory import available, size


@pytest.mark.parametrize(
    ("text", "count"),
    [("512", 512), ("1kB", 1000), ("1.5 KiB", 1536), ("2GB", 2_000_000_000), ("1gib", 2**30)],
)
def test_a_size_is_read_with_its_unit(text: str, count: int):
    assert size(text) == count


@pytest.mark.parametrize("text", ["", "GiB", "0", "-1GB", "1 parsec", "1e9"])
def test_what_is_no_size_is_refused_with_an_example(text: str):
    with pytest.raises(DataError, match="is not like '1GiB'"):
        size(text)


def test_a_run_leaves_part_of_the_free_memory_alone():
    assert 0 < available() < psutil.virtual_memory().total
