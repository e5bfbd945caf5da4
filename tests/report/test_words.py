from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from kznet.analysis import Analysis
from kznet.report.findings import findings
from kznet.report.profiles import community_title, default_measure, display_name, measures
from kznet.report.texts import read_texts
from kznet.report.words import (
    communities_words,
    explanation_words,
    pairs_words,
    privacy_words,
    untestable_words,
)

Make = Callable[..., Analysis]
T = read_texts("en")


def told(analysis: Analysis, **facts: Any) -> Analysis:
    return replace(analysis, facts={**analysis.facts, **facts})


def test_the_first_finding_says_how_many_were_called_of_how_many_and_who(make: Make) -> None:
    analysis = make(200, hubs=3)
    first = findings(analysis, T)[0]
    assert first.startswith("3 of the 8 accounts that reach widely and could be tested show")
    assert "at most 5% of the calls on this list are expected to be wrong" in first
    assert all(name in first for name in analysis.hubs["name"][analysis.hubs["status"] == "hub"])


def test_each_call_says_which_innocent_explanations_were_found_and_which_not(make: Make) -> None:
    analysis = make(200, hubs=2)
    called = analysis.hubs.loc[analysis.hubs["status"] == "hub", "account"]
    said = explanation_words(analysis, T)
    assert set(said) == set(called)
    assert said[called.iloc[0]] == {
        "yes": "Innocent explanations found: devoted readers. Look there first.",
        "not checkable": "Not ruled out, for want of data: disclosed staff.",
        "no": "Looked for and not found: machines.",
    }
    assert "For 2 of the calls an innocent explanation was found" in " ".join(findings(analysis, T))


def test_calls_that_disclosed_staff_account_for_are_counted(make: Make) -> None:
    analysis = make(200, hubs=2)
    first = analysis.hubs["status"] == "hub"
    first &= first.cumsum() == 1
    label = pd.Series("disclosed institutional amplification", analysis.hubs.index).where(first)
    labelled = replace(analysis, hubs=analysis.hubs.assign(label=label))
    assert any("1 of them is disclosed institutional" in said for said in findings(labelled, T))
    assert not any("disclosed institutional" in said for said in findings(analysis, T))


def test_without_calls_the_finding_says_so(make: Make) -> None:
    said = " ".join(findings(make(50, hubs=0), T))
    assert "No account was called." in said
    assert "can miss slow or partial" in said


def test_an_untestable_case_says_why(make: Make) -> None:
    analysis = make(50, hubs=0)
    assert "the data name no authors of reposts" in untestable_words(analysis, T)
    hubs = analysis.hubs.assign(status="not testable", reason="stamps are coarser than a minute.")
    analysis = told(replace(analysis, hubs=hubs), hubs={})
    assert "tested for coordination: stamps are coarser than a minute." in (
        untestable_words(analysis, T)
    )


def test_a_testable_case_has_no_such_warning(make: Make) -> None:
    assert untestable_words(make(50), T) == ""


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("clear", "clearer than in random networks"),
        ("unstable", "repeated runs disagree on how (agreement 0.97"),
        ("none", "No communities were found"),
        ("unheard of", ""),
    ],
)
def test_communities_are_told_by_their_status(make: Make, status: str, words: str) -> None:
    analysis = make(60)
    facts = {**analysis.facts["communities"], "status": status}
    said = communities_words(told(analysis, communities=facts), T)
    assert words in said
    assert bool(said) == bool(words)


def test_a_reason_is_added(make: Make) -> None:
    facts = {"status": "none", "layer": "repost", "reason": "too sparse to test"}
    assert communities_words(told(make(20), communities=facts), T).endswith(
        "Reason: too sparse to test."
    )


def test_pairs_are_counted_with_those_that_survive(make: Make) -> None:
    assert "6,206 pairs of accounts" in pairs_words(make(20), T)
    assert "214 did so more often" in pairs_words(make(20), T)
    assert pairs_words(told(make(20), pairs={}), T) == ""


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"names": "public", "named": 78, "pseudonyms": 1922}, "all others (1,922)"),
        ({"names": "public", "follows_left_out": 7}, "7 ties that say whom private people follow"),
        ({"names": "all"}, "Everyone is named"),
        ({"names": "given"}, "no roles"),
        ({"names": "some", "notice": "Ask first."}, "Ask first."),
        ({}, "No rule of naming"),
    ],
)
def test_the_page_says_who_is_named(make: Make, facts: dict[str, Any], words: str) -> None:
    assert words in privacy_words(told(make(5), privacy=facts), T)


def test_labels_of_communities_are_put_into_words() -> None:
    assert community_title(T, 3, "north · opposition") == "Community 3: north · opposition"
    assert community_title(T, 3, "mixed") == "Community 3"


def test_a_pseudonym_is_shortened_and_an_id_is_not() -> None:
    assert display_name(None, None, "x:~0123456789abcdef") == "~012345"
    assert display_name(None, None, "telegram:channel15") == "channel15"
    assert display_name(None, None, "plain") == "plain"
    assert display_name(None, "@handle", "x:1") == "@handle"


def test_measures_are_offered_on_the_widest_layer_first(make: Make) -> None:
    analysis = make(60)
    offered = measures(analysis, T)
    assert offered[0].key == default_measure(analysis) == "all_in_strength"
    assert offered[0].label == "Audience, all ties"
    assert "all_betweenness" in [measure.key for measure in offered]


def test_of_a_single_kind_of_tie_all_is_not_offered(make: Make) -> None:
    analysis = make(60)
    others = [c for c in analysis.centrality if c.startswith(("follow_", "mention_"))]
    alone = replace(analysis, centrality=analysis.centrality.drop(columns=others))
    assert {m.key.split("_")[0] for m in measures(alone, T)} == {"repost"}
    none = replace(analysis, centrality=analysis.centrality[["account", "name"]])
    assert (measures(none, T), default_measure(none)) == ([], "")
