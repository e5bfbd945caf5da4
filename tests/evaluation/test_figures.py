"""Figures on rows that can be counted by hand."""

from typing import Any

import pandas as pd
import pytest

from kznet.evaluation.figures.calls import crossed, discoveries, levelled, precision
from kznet.evaluation.figures.detectors import BY_P, EVERY, detectors, lead
from kznet.evaluation.figures.innocent import by_group, calibration, false_positives, untested
from kznet.evaluation.figures.members import members
from kznet.evaluation.figures.outcomes import outcomes
from kznet.evaluation.figures.power import degraded, recall
from kznet.evaluation.judged import CALLS, MEMBERS, REACH, SCORES
from kznet.evaluation.plan import AS_MADE, WITHOUT_PLANTS
from kznet.evaluation.redraw import coverage
from kznet.evaluation.targets import FEW, MET, MISSED, TARGETS, measured

M1, M2 = "amplification", "bait_and_switch"
AT = {"generator": "latency", "world": "compact", "variant": AS_MADE, "seed": 0}


def rows(columns: dict[str, str], *told: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([AT | one for one in told]).reindex(columns=list(columns)).astype(columns)


def row(account: str, q: float, **said: Any) -> dict[str, Any]:
    usual = {"label": "ordinary", "group": "blogger", "planted": None, "mechanism": M1}
    usual |= {"status": "tested", "reach": True, "called": q <= 0.05}
    return usual | {"account": account, "q": q, "p": q / 10, "effect": 1.0} | said


def plant(account: str, q: float, **said: Any) -> dict[str, Any]:
    planted = {"label": "plant", "group": "m1", "planted": M1, "size": 8, "participation": 0.5}
    return row(account, q, **{**planted, "jitter": 60, **said})


def look_alike(account: str, q: float, group: str, **said: Any) -> dict[str, Any]:
    return row(account, q, label="negative", group=group, **said)


def few() -> pd.DataFrame:
    """Two worlds: two crews, one turn, one body with staff, one fan community, one ordinary."""
    return rows(
        CALLS,
        plant("a", 0.01),
        plant("b", 0.5, jitter=300),
        row("c", 0.02, label="plant", group="m2", planted=M2),
        look_alike("d", 0.03, "staff", disclosure="disclosed"),
        look_alike("e", 0.08, "fans", role="media"),
        row("f", 0.9, role="blogger"),
        row("a", 0.9, seed=1),
    )


def one(table: pd.DataFrame, **wanted: Any) -> pd.Series:
    for name, value in wanted.items():
        table = table[table[name] == value]
    assert len(table) == 1
    return table.iloc[0]


def test_calls_are_right_of_another_mechanism_of_staff_or_wrong():
    found = one(precision(levelled(few(), (0.05,))), mechanism=M1)
    names = ["calls", "right", "other_mechanism", "staff", "innocent_calls", "planted"]
    assert found[names].to_list() == [3, 1, 1, 1, 0, 2]
    assert found["precision"] == pytest.approx(1 / 3)
    assert found["precision_without_staff"] == pytest.approx(1 / 2)
    assert found["recall"] == pytest.approx(1 / 2)


def test_in_the_whole_list_a_call_of_anything_planted_is_right():
    found = one(precision(levelled(few(), (0.05,))), mechanism="any")
    assert found[["calls", "right", "staff", "planted"]].to_list() == [3, 2, 1, 3]


def test_the_looser_level_calls_more():
    found = precision(levelled(few(), (0.05, 0.1)))
    assert one(found, mechanism=M1, level=0.1)["innocent_calls"] == 1


@pytest.mark.parametrize("change", [{"reach": False}, {"status": "not testable"}])
def test_without_reach_or_test_there_is_no_call(change: dict[str, Any]):
    assert not outcomes(rows(CALLS, plant("a", 0.01, **change)), level=0.05)["hit"].any()


def test_the_false_discovery_proportion_is_a_mean_over_worlds():
    found = one(discoveries(levelled(few(), (0.05,))), mechanism="any")
    assert found["fdp"] == pytest.approx((1 / 3 + 0) / 2)
    assert found["fdp_without_staff"] == 0
    assert found[["worlds", "worlds_wrong"]].to_list() == [2, 1]


def test_calls_of_the_wrong_mechanism_are_counted_apart():
    found = one(crossed(levelled(few(), (0.05,))), planted=M2, mechanism=M1)
    assert found[["accounts", "called"]].to_list() == [1, 1]


def test_false_positives_are_counted_by_class_with_their_worlds():
    table = false_positives(levelled(few(), (0.05, 0.1)))
    ordinary = one(table, group="ordinary", mechanism="any", level=0.1)
    assert ordinary[["accounts", "worlds", "called"]].to_list() == [2, 2, 0]
    fans = one(table, group="fans", mechanism="any", level=0.1)
    assert fans[["accounts", "called", "rate"]].to_list() == [1, 1, 1.0]
    assert one(table, group="all", mechanism="any", level=0.1)["accounts"] == 4


def test_recall_is_cut_by_the_grades_of_the_plants():
    table = recall(levelled(few(), (0.05,)), level=0.05)
    quick = one(table, cut="jitter (s)", cell="60")
    assert quick[["planted", "called", "recall"]].to_list() == [1, 1, 1.0]
    assert one(table, cut="jitter and size", cell="300 s, 8 accounts")["recall"] == 0
    assert one(table, cut="size × participation", cell="4–8")["planted"] == 2


def test_cells_stand_in_the_order_of_their_numbers():
    made = [plant(f"a{j}", 0.5, jitter=j, size=s) for j, s in ((1200, 4), (15, 64), (300, 16))]
    table = recall(levelled(rows(CALLS, *made), (0.05,)), level=0.05)
    assert table[table["cut"] == "jitter (s)"]["cell"].to_list() == ["15", "300", "1200"]


def test_p_is_held_against_its_level_where_nothing_was_planted():
    told = [row(f"a{i}", 10 * p, variant=WITHOUT_PLANTS) for i, p in enumerate([0.004, 0.2, 0.6])]
    told += [row("y", 0.001)]
    table = calibration(rows(CALLS, *told))
    assert one(table, group="all", alpha=0.005)[["tests", "rejected"]].to_list() == [3, 1]


def test_untestable_accounts_are_counted_with_the_commonest_reason():
    said = {"status": "not testable", "reason": "3 posts; at least 5 are needed"}
    told = [look_alike("a", 0.5, "few_posts", **said), look_alike("b", 0.5, "few_posts")]
    found = one(untested(levelled(rows(CALLS, *told), (0.05,)), level=0.05), group="few_posts")
    assert found[["accounts", "untested"]].to_list() == [2, 1]
    assert found["reason"] == "N posts; at least N are needed"


def test_rates_of_camps_and_roles_are_set_side_by_side():
    table = by_group(levelled(few(), (0.1,)), level=0.1)
    found = one(table, quantity="false positives", by="role", group="media", mechanism="any")
    assert found[["accounts", "called"]].to_list() == [1, 1]
    assert 0 < found["p_equal"] <= 1


def test_a_test_ranks_by_p_beside_baselines_on_the_same_accounts():
    calls = rows(CALLS, plant("a", 0.01), row("b", 0.5), look_alike("c", 0.4, "fans"),
                 look_alike("d", 0.001, "staff"))  # fmt: skip
    scores = [{"account": name, "detector": "popularity", "score": score}
              for name, score in (("a", 2.0), ("b", 1.0), ("c", 3.0))]  # fmt: skip
    table = detectors(calls, rows(SCORES, *scores), level=0.05)
    assert one(table, detector=BY_P, plants=EVERY)["auroc"] == 1.0
    assert one(table, detector="popularity", plants=EVERY)["auroc"] == 0.5
    assert one(lead(table), plants=EVERY)["lead"] == 0.5


def test_members_are_right_where_they_were_planted():
    told = {"account": "a", "planted": True, "named": True, "confirmed": True, "reposts": 9}
    crew = rows(
        MEMBERS,
        told | {"member": "m"},
        told | {"member": "n", "named": False, "confirmed": False},
        told | {"member": "o", "named": False, "confirmed": False, "reposts": 3},
        told | {"member": "p", "planted": False},
    )
    found = one(members(few(), crew), set="all planted crews")
    assert found[["named", "right", "planted", "found"]].to_list() == [2, 1, 2, 1]


def test_worse_data_are_compared_on_the_same_worlds():
    calls = rows(CALLS, plant("a", 0.01), plant("a", 0.5, variant="kept 0.5"),
                 plant("b", 0.01, seed=1), plant("s", 0.5, jitter=3600))  # fmt: skip
    table = degraded(outcomes(calls, level=0.05), mechanism=M1)
    assert table["variant"].to_list() == [AS_MADE, "kept 0.5"]
    assert table["planted"].to_list() == [1, 1]
    assert table["recall"].to_list() == [1.0, 0.0]


def test_an_interval_is_held_against_the_mean_of_the_other_draws():
    told = {"account": "a", "posts": 20, "exposure_low": 0.1, "exposure_high": 0.3}
    draws = [told | {"draw": i, "exposure": e} for i, e in enumerate((0.2, 0.2, 0.5))]
    found = one(coverage(rows(REACH, *draws)), posts="all", interval="reach")
    # Means of the others: .35, .35, .2; only the last lies in .1 to .3.
    assert found[["intervals", "covered", "too_low"]].to_list() == [3, 1, 2]


def test_a_rank_is_held_against_the_rank_by_the_other_draws():
    told = [
        {
            "account": name,
            "posts": 20,
            "draw": i,
            "strength": strength,
            "rank_low": 1,
            "rank_high": 1,
        }
        for i, pair in enumerate([(9, 1), (8, 7)])
        for name, strength in zip("ab", pair, strict=True)
    ]
    found = one(coverage(rows(REACH, *told)), posts="all", interval="rank by reposts")
    assert found[["intervals", "covered", "too_low"]].to_list() == [4, 2, 2]


def test_a_target_is_met_missed_or_left_open():
    columns = ["generator", "level", "mechanism", "precision", "calls"]
    tables = {target.table: pd.DataFrame(columns=["generator"]) for target in TARGETS}
    for value, calls, verdict in ((0.96, 30, MET), (0.9, 30, MISSED), (0.96, 3, FEW)):
        tables["precision"] = pd.DataFrame(
            [("latency", 0.05, "any", value, calls)], columns=columns
        )
        first = measured(tables, q=0.05).iloc[0]
        assert (first["measured"], first["verdict"]) == (value, verdict)
