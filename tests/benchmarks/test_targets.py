import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.targets.__main__ import main
from benchmarks.targets.answers import answer
from benchmarks.targets.bench import estimate, measure
from benchmarks.targets.docs import paste
from benchmarks.targets.drawing import drawn
from benchmarks.targets.limits import limits
from benchmarks.targets.plan import SIDES, Side, chosen, known, words
from benchmarks.targets.process import measured
from benchmarks.targets.readings import Reading, Readings, add, forget, read
from benchmarks.targets.report import limits_table
from benchmarks.targets.values import steps

TINY = ("--rows", "2000", "--runs", "1", "--only", "pairs:numpy,pairs:kznet")


def command(out: Path) -> str:
    result = CliRunner().invoke(main, ["--out", str(out), *TINY])
    assert result.exit_code == 0, result.output
    return result.stderr


def test_the_command_measures_both_sides_which_agree_and_is_taken_up_again(tmp_path: Path):
    first = command(tmp_path)
    kept = read(tmp_path / "readings.csv")
    for what in ("pairs", "coincidences"):
        ours, theirs = (kept.median("pairs", 2_000, side, what) for side in ("kznet", "numpy"))
        assert ours == theirs
        assert ours is not None
        assert ours > 0
    assert kept.median("pairs", 2_000, "kznet", "peak") > 50e6  # type: ignore[operator]
    assert "run 1 of 1" in first
    assert "| 2,000 | numpy | 1 |" in (tmp_path / "targets.md").read_text(encoding="utf-8")
    second = command(tmp_path)
    assert "run 1 of 1" not in second
    assert read(tmp_path / "readings.csv") == kept


def test_the_estimate_goes_by_what_was_read_and_leaves_out_what_is_there():
    groups = list(chosen(["graph:raw"], [1_000_000]))
    (first, whole) = estimate(Readings(), groups, runs=3)
    assert first == "graph, 1,000,000 rows: about 0.2 min"
    assert whole == "about 0 min to go, data and environments aside"
    kept = Readings((Reading("graph", 1_000_000, "raw", 1, "wall", 120.0),))
    assert next(estimate(kept, groups, runs=3)) == "graph, 1,000,000 rows: about 4.0 min"
    assert len(list(estimate(kept, groups, runs=1))) == 1


def test_a_side_that_fails_is_run_once_and_has_no_reading(tmp_path: Path):
    (tmp_path / "data" / "shares-10").mkdir(parents=True)
    side = Side(
        "pairs", "kznet", "kznet", "shares", (("{python}", "-c", "raise SystemExit(3)"),), 1
    )
    measure(tmp_path, 10, [side], runs=3)
    assert read(tmp_path / "readings.csv").rows == ()
    assert len(list((tmp_path / "logs").iterdir())) == 1


def test_a_process_is_measured_with_its_children(tmp_path: Path):
    child = "x = bytearray(150_000_000); import time; time.sleep(0.5)"
    both = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    cost = measured([sys.executable, "-c", both], out=tmp_path / "o", log=tmp_path / "l", limit=60)
    assert cost.code == 0
    assert cost.peak > 155_000_000
    assert cost.wall > 0.5
    assert cost.cpu > 0


def test_a_process_that_takes_too_long_is_ended(tmp_path: Path):
    cost = measured(["sleep", "60"], out=tmp_path / "o", log=tmp_path / "l", limit=0.1)
    assert cost.code < 0
    assert cost.wall < 30


def test_medians_are_over_runs_and_a_forgotten_side_leaves_no_reading(tmp_path: Path):
    path = tmp_path / "readings.csv"
    one = [Reading("pairs", 10, "kznet", run, "wall", run * 1.0) for run in (1, 2, 9)]
    add(path, one)
    add(path, [Reading("pairs", 10, "numpy", 1, "wall", 4.0)])
    assert read(path).median("pairs", 10, "kznet", "wall") == 2.0
    assert read(path).runs("pairs", 10, "kznet") == {1, 2, 9}
    forget(path, {("pairs", 10, "kznet")})
    assert read(path).median("pairs", 10, "kznet", "wall") is None
    assert read(path).median("pairs", 10, "numpy", "wall") == 4.0


def of_limits(kept: Readings, what: str) -> list[str]:
    line = next(line for line in limits_table(kept).splitlines() if what in line)
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


def test_a_limit_is_met_missed_or_not_measured():
    what = "graph, 1M ties: build, PageRank, HITS and coreness by networkx"
    assert of_limits(Readings(), what) == ["≤ 1/15", "", "", "not measured"]

    def kept(theirs: float) -> Readings:
        return Readings(
            tuple(
                Reading("graph", 1_000_000, side, 1, f"{lap} {clock}", value)
                for side, value in (("kznet", 1.0), ("networkx", theirs))
                for lap in ("build", "measures")
                for clock in ("seconds", "cpu")
            )
        )

    assert of_limits(kept(20.0), what) == ["≤ 1/15", "1/20", "1/20", "yes"]
    assert of_limits(kept(10.0), what) == ["≤ 1/15", "1/10", "1/10", "**no**"]


def test_sides_that_differ_in_one_pair_are_found():
    rows = [
        Reading("pairs", 1_000_000, side, 1, measure, value)
        for side, pairs in (("kznet", 7.0), ("numpy", 8.0))
        for measure, value in (("pairs", pairs), ("coincidences", 9.0))
    ]
    assert of_limits(Readings(tuple(rows)), "pairs on which sides differ")[1] == "1"


def test_growth_is_a_row_and_leaves_short_steps_out():
    rows = [
        Reading("run", size, "kznet", 1, f"{name}/seconds", value)
        for name, values in (("hubs", (2.0, 30.0)), ("network", (0.01, 0.5)))
        for size, value in zip((1_000_000, 10_000_000), values, strict=True)
    ]
    kept = Readings(tuple(rows))
    assert steps(kept, small=1_000_000, large=10_000_000, clock="seconds") == {"hubs": 1.5}


def test_steps_come_from_the_manifest_or_from_its_timings(tmp_path: Path):
    (tmp_path / "case").mkdir()
    manifest = tmp_path / "case" / "manifest.json"
    (tmp_path / "out").touch()
    manifest.write_text('{"timings": {"pairs": 1.5}}')
    assert answer(tmp_path / "out", tmp_path) == {"pairs/seconds": 1.5}
    manifest.write_text(
        '{"steps": [{"step": "a", "seconds": 1, "peak_memory_bytes": 5},'
        ' {"step": "a", "seconds": 2, "peak_memory_bytes": 4}]}'
    )
    assert answer(tmp_path / "out", tmp_path) == {"a/seconds": 3.0, "a/peak": 5.0}


def test_peers_that_would_take_hours_are_not_run_on_the_largest_data():
    (_, sides), *_ = chosen(["pairs"], [10_000_000])
    assert [side.name for side in sides] == ["kznet", "numpy", "numba", "duckdb", "command"]
    assert {"pairs", "graph:networkx"} <= known()


@pytest.mark.parametrize("side", SIDES, ids=lambda side: f"{side.part}:{side.name}")
def test_every_word_of_a_command_is_filled_in(side: object):
    for line in side.commands:  # type: ignore[attr-defined]
        full = words(line, python=Path("p"), data=Path("d"), scratch=Path("s"))
        assert full[0] == "p"
        assert not any("{" in word for word in full)


def test_a_plot_stands_alone_and_names_its_lines():
    plot = drawn("Seconds", {"kznet": [(10, 0.5), (100, 6.0)], "a<b": [(10, 2.0)]})
    assert plot.startswith("<svg ")
    assert 'xmlns="http://www.w3.org/2000/svg"' in plot
    assert "a&lt;b" in plot
    assert plot.count("<polyline") == 2


def test_figures_are_pasted_between_the_marks_again_and_again(tmp_path: Path):
    page = tmp_path / "performance.md"
    begin, end = "<!-- figures: python -m benchmarks.targets --docs -->", "<!-- end of figures -->"
    page.write_text(f"before\n{begin}\nold\n{end}\nafter\n", encoding="utf-8")
    for _ in range(2):
        paste(page, "new\n", {"pairs": "<svg/>"})
    text = page.read_text(encoding="utf-8")
    assert "old" not in text
    assert text.startswith(f"before\n{begin}\n\nnew\n\n![")
    assert text.endswith(f"(performance/pairs.svg)\n\n{end}\nafter\n")
    assert (tmp_path / "performance" / "pairs.svg").read_text(encoding="utf-8") == "<svg/>"


def test_the_table_has_a_line_for_every_limit():
    lines = limits_table(Readings()).splitlines()
    assert len(lines) == 2 + len(list(limits()))
