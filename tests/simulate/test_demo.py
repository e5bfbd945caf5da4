"""The shipped demo is what the simulator makes; its README names the command."""

import re
from pathlib import Path

from kznet.resources import data
from kznet.simulate import simulate, world, write

TABLES = ("accounts.csv", "ties.csv", "posts.csv", "truth.csv")
COMMAND = r"kznet simulate --world (\w+) --seed (\d+) --out data/demo"


def test_the_command_in_the_readme_makes_the_demo_again_byte_for_byte(tmp_path: Path) -> None:
    found = re.search(COMMAND, (data("demo") / "README.md").read_text(encoding="utf-8"))
    assert found is not None
    write(simulate(seed=int(found[2]), world=world(found[1])), tmp_path)
    for name in TABLES:
        assert (tmp_path / name).read_bytes() == (data("demo") / name).read_bytes(), name


def test_the_demo_is_small_and_says_that_it_is_invented() -> None:
    files = [path for path in data("demo").iterdir() if path.is_file()]
    assert {path.name for path in files} == {*TABLES, "README.md"}
    assert sum(path.stat().st_size for path in files) < 5_000_000
    accounts = (data("demo") / "accounts.csv").read_text(encoding="utf-8").splitlines()[1:]
    public = [row for row in accounts if "вымышленный" in row]
    assert 1_900 < len(accounts) < 2_100
    assert 50 < len(public) < 100
    assert all(row.startswith("demo:") for row in accounts)
