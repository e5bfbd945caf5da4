import re
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kznet.analysis import Analysis
from kznet.dataset import Dataset
from kznet.errors import UnknownNameError
from kznet.report.dossier import Subject, dossier_page, gather, quotes
from kznet.report.texts import Texts, languages, read_texts
from kznet.report.woven import woven
from tests.report.conftest import build

EN = read_texts("en")
HOSTILE = ["<script>hit()</script>", '"><img src=x onerror=hit()>', "\u202eevil", "href" * 60]


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return build(120, hubs=2)


def page(analysis: Analysis, **options: Any) -> str:
    return next(iter(written(gather(analysis, **options), EN).values()))


def written(found: list[Subject], texts: Texts) -> dict[str, str]:
    return {subject.path: dossier_page(subject, texts=texts) for subject in found}


def section(text: str, name: str) -> str:
    found = re.search(rf'<section id="{name}">(.*?)</section>', text, flags=re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def with_test(analysis: Analysis, mechanism: str, **figures: object) -> Analysis:
    """The first called account, called for another mechanism with these figures."""
    account = analysis.hubs["account"].iloc[0]
    row = {"account": account, "mechanism": mechanism, "status": "tested", "p": 0.001, "q": 0.01}
    tests = pd.concat([analysis.tests, pd.DataFrame([{**row, **figures}])], ignore_index=True)
    tests = tests[(tests["account"] != account) | (tests["q"] == 0.01)]
    mine = analysis.hubs["account"] == account
    hubs = analysis.hubs.assign(mechanism=analysis.hubs["mechanism"].mask(mine, mechanism))
    return replace(analysis, tests=tests, hubs=hubs, evidence=analysis.evidence.iloc[:0])


def test_a_call_is_told_in_a_sentence_with_how_sure_it_is(analysis: Analysis) -> None:
    told = section(page(analysis), "finding")
    assert re.search(r"At least \d+ accounts repost it together", told)
    assert "q = 0.0015" in told
    assert "95% interval" in told
    assert "signal, not a verdict" in told


def test_each_test_stands_beside_its_band_or_says_why_it_could_not_be_made(
    analysis: Analysis,
) -> None:
    text = page(analysis)
    assert 'class="plot' in text
    assert "by chance" in section(text, "observed")
    assert "Not testable: this test is not built yet." in section(text, "observed")


def test_the_timeline_has_a_row_an_occasion_in_order_and_a_stroke_a_repost(
    analysis: Analysis,
) -> None:
    text = page(analysis)
    rows = re.findall(r'<td class="seconds".*?</td>', text, flags=re.DOTALL)
    assert [row.count("tick-mark") for row in rows] == [8] * 7
    days = re.findall(r'<th scope="row">(\d+) Mar 2024', text)
    assert days == sorted(days, key=int)


def test_evidence_without_seconds_is_told_without_strips(analysis: Analysis) -> None:
    bare = replace(analysis, evidence=analysis.evidence.drop(columns="seconds"))
    text = page(bare)
    assert "tick-mark" in text  # over the days
    assert '<td class="seconds"' not in text
    assert "9 s" in section(text, "occasions")


def test_those_who_take_part_are_counted_the_most_frequent_first(analysis: Analysis) -> None:
    told = section(page(analysis), "involved")
    counts = [int(n) for n in re.findall(r"(\d) of 7", told)]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == 7 * 8


def test_explanations_stand_with_their_outcome_those_that_were_found_first(
    analysis: Analysis,
) -> None:
    told = section(page(analysis), "explanations")
    places = [told.index(name) for name in ("Devoted readers found", "Machines not found")]
    assert places == sorted(places)
    assert "Disclosed staff can&#39;t be checked" in told


def test_the_test_without_its_strongest_parts_is_told(analysis: Analysis) -> None:
    told = section(page(analysis), "sensitivity")
    assert "p without the 3 most synchronous posts 0.012 stays below 0.05" in told


def test_a_turn_shows_the_shares_before_and_after_it(analysis: Analysis) -> None:
    turned = with_test(
        analysis, "bait_and_switch", turn="2024-03-01", share_before=0.04, share_after=0.5,
        share_early=0.45, share_late=0.55, observed=0.4, null_low=0.0, null_median=0.05,
        null_high=0.2, p_turn=0.001, p_bait=0.002,
    )  # fmt: skip
    text = page(turned)
    assert "Around 1 Mar 2024" in section(text, "finding")
    assert "rose from 4% to 50%" in section(text, "finding")
    assert "before the turn 4% soon after it 45% later 55%" in section(text, "observed")
    assert "p of the bait alone 0.002" in section(text, "sensitivity")
    assert "no synchronous reposts" in section(text, "occasions")


def test_a_claim_shows_who_knows_the_account_against_who_would(analysis: Analysis) -> None:
    claimed = with_test(
        analysis, "pseudo_official", observed=1.0, expected=9.0, null_low=5.0, null_high=13.0,
        active=14, cited=2, posts=40, p_recognition=0.001, p_derivation=0.002,
    )  # fmt: skip
    text = page(claimed)
    assert "Of 14 confirmed official accounts 1 follow or repost it, where 9" in section(
        text, "finding"
    )
    assert "Observed 1; by chance 5 to 13" in text


def test_an_account_that_was_not_called_has_a_dossier_on_request(analysis: Analysis) -> None:
    others = analysis.hubs.loc[analysis.hubs["status"] != "hub", "account"].head(2).tolist()
    quiet = analysis.network.accounts.difference(analysis.hubs["account"])[0]
    found = gather(analysis, also=[*others, quiet])
    pages = written(found, EN)
    assert len(pages) == 5
    told = [section(text, "finding") for text in pages.values()]
    assert "It was not called" in told[2]
    assert "nothing for or against it" in told[3]
    assert "Its reach is below the mark" in told[4]


def test_an_account_that_the_case_lacks_is_refused(analysis: Analysis) -> None:
    near = analysis.hubs["account"].iloc[0]
    with pytest.raises(UnknownNameError, match=f"Did you mean '{near}'"):
        gather(analysis, also=[near + "0"])


def test_names_written_by_strangers_stay_text() -> None:
    hostile = build(60, hubs=4, names=HOSTILE * 15)
    for text in written(gather(hostile), EN).values():
        assert "<img" not in text
        assert "<script>hit" not in text
        assert "\u202e" not in text


@pytest.mark.parametrize("language", languages())
def test_no_language_changes_how_a_page_is_built(analysis: Analysis, language: str) -> None:
    found = gather(analysis, also=[analysis.hubs["account"].iloc[1]])
    english, other = (written(found, read_texts(each)) for each in ("en", language))
    for path, text in english.items():
        woven({"en": text, language: other[path]})
        assert re.findall(r"<\w+", text) == re.findall(r"<\w+", other[path])


def test_the_same_analysis_gives_the_same_bytes(analysis: Analysis) -> None:
    assert written(gather(analysis), EN) == written(gather(build(120, hubs=2)), EN)


def test_only_posts_of_public_accounts_are_quoted_and_nobody_is_addressed() -> None:
    accounts = pd.DataFrame({"account": ["x:a", "x:b"], "role": ["media", None]})
    posts = pd.DataFrame(
        {"post": ["1", "2", "3"], "account": ["x:a", "x:b", "x:a"],
         "time": pd.Timestamp("2024-03-01T10:00Z"),
         "text": ["Thanks, @someone.x!\u202e See https://example.org", "private", "elsewhere"]}
    )  # fmt: skip
    evidence = pd.DataFrame({"account": ["x:a", "x:b"], "post": ["1", "2"]})
    whole = replace(build(5), dataset=Dataset(accounts, posts=posts), evidence=evidence)
    found = quotes(whole)
    assert found["text"].to_dict() == {"1": "Thanks, @…! See https://example.org"}
    assert list(quotes(whole, everyone=True).index) == ["1", "2"]


def test_a_quoted_post_is_shown_with_its_own_time(analysis: Analysis) -> None:
    post = analysis.evidence["post"].iloc[0]
    quoted = pd.DataFrame(
        {"time": [pd.Timestamp("2024-03-01T09:59:00Z")], "text": ["Bread & <b>salt</b>"]},
        index=pd.Index([post], name="post"),
    )
    text = page(analysis, quoted=quoted)
    assert "Bread &amp; &lt;b&gt;salt" in text
    assert "1 Mar 2024, 09:59:00 UTC" in section(text, "examples")


def test_an_empty_case_has_no_dossier() -> None:
    nothing = build(3, hubs=0)
    hubs = nothing.hubs.assign(status="not called")
    assert gather(replace(nothing, hubs=hubs)) == []
    assert np.size(quotes(nothing)) == 0
