"""Innocent explanations of turns and of claims, from the figures of their tests."""

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.hubs.explanations import explanations


def turn(**figures: object) -> pd.DataFrame:
    usual = {
        "account": "x:a",
        "mechanism": "bait_and_switch",
        "share_before": 0.0,
        "share_after": 0.4,
        "share_early": 0.4,
        "share_late": 0.4,
        "alike_season": 0.1,
        "sold": "promotion 9 | fundraising 1",
    }
    return pd.DataFrame([usual | figures])


def found(calls: pd.DataFrame) -> dict[str, str]:
    rows = explanations(Dataset(), calls)
    return dict(rows[["explanation", "found"]].itertuples(index=False))


def test_a_lasting_turn_of_one_account_to_advertising_has_no_innocent_explanation():
    assert found(turn()) == {"season": "no", "ebbing_campaign": "no", "fundraising": "no"}


def test_a_season_a_campaign_that_ebbs_and_fundraising_are_found():
    assert found(turn(alike_season=0.25))["season"] == "yes"
    assert found(turn(share_early=0.6, share_late=0.2))["ebbing_campaign"] == "yes"
    assert found(turn(sold="promotion 2 | fundraising 8"))["fundraising"] == "yes"


def test_a_figure_that_is_missing_cannot_be_checked():
    assert found(turn(alike_season=np.nan))["season"] == "not checkable"
    assert found(turn(sold=None))["fundraising"] == "not checkable"


def test_a_page_that_appears_a_month_after_the_data_begin_is_new():
    days = pd.to_datetime(["2024-01-01", "2024-01-02", "2024-03-01"], utc=True)
    posts = pd.DataFrame({"post": ["p", "q", "r"], "account": ["x:o", "x:a", "x:b"], "time": days})
    calls = pd.DataFrame({"account": ["x:b", "x:a"], "mechanism": "pseudo_official"})
    rows = explanations(Dataset(posts=posts), calls)
    assert rows["account"].tolist() == ["x:a", "x:b"]
    assert rows["found"].tolist() == ["no", "yes"]
    assert rows["figure"].tolist() == [1, 60]


def test_without_such_calls_there_is_nothing_to_explain():
    calls = pd.DataFrame({"account": ["x:a"], "mechanism": "amplification"})
    assert explanations(Dataset(), calls).empty
