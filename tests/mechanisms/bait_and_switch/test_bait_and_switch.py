import numpy as np
import pandas as pd
import pytest

from kznet.dataset import Dataset
from kznet.hubs import hubs
from kznet.lexicon import Lexicon, read_lexicon
from kznet.mechanisms import MECHANISMS
from kznet.mechanisms.bait_and_switch import bait_and_switch
from kznet.mechanisms.bait_and_switch.bait import Bait
from kznet.mechanisms.bait_and_switch.content import Content
from kznet.mechanisms.bait_and_switch.figures import EXAMPLES, FIGURES, NAME, sentence
from kznet.mechanisms.bait_and_switch.growth import Growth
from kznet.mechanisms.bait_and_switch.season import Rise
from kznet.mechanisms.bait_and_switch.turn import Turn
from kznet.network import network

PLANT = {"own": (0.03, 0.6), "burning": (1.0, 0.3), "growth": 2.5}


@pytest.fixture(scope="module")
def planted(build, crowd, writer) -> Dataset:
    """Thirty ordinary accounts and one that wins an audience and turns."""
    return build(crowd(30) | {"h": writer(**PLANT)})


@pytest.fixture(scope="module")
def found(planted: Dataset):
    return bait_and_switch(planted)


def row_of(evidence, account: str = "h") -> pd.Series:
    return evidence.tests.set_index("account").loc[account]


def test_a_turn_after_bait_is_found_with_its_day_and_its_posts(found):
    row = row_of(found)
    assert (row["status"], row["reason"]) == ("tested", "")
    assert row["p_turn"] <= 0.001
    assert row["p"] == max(row["p_turn"], row["p_bait"]) <= 0.05
    assert row["p_least"] == min(row["p_turn"], row["p_bait"])
    assert abs(pd.Timestamp(row["turn"]) - pd.Timestamp("2024-04-03")) <= pd.Timedelta(days=3)
    assert row["effect"] == pytest.approx(row["share_after"] - row["share_before"])
    assert row["effect"] - row["alike_season"] >= 0.1
    assert "content" in row["bait"]
    assert row["growth_low"] < row["growth_factor"] < row["growth_high"]
    assert {word.split()[0] for word in row["sold"].split(" | ")} <= {
        "promotion",
        "personal_brand",
        "fundraising",
    }
    assert len(row["alike_rises"].split(" | ")) >= 20


def test_the_evidence_holds_the_turn_and_five_posts_a_side(found, planted):
    rows = found.examples
    assert list(rows.columns) == list(EXAMPLES)
    assert set(rows["account"]) == {"h"}
    assert rows["side"].value_counts().to_dict() == {"before": 5, "after": 5, "turn": 1}
    moment = rows.loc[rows["side"] == "turn", "time"].iloc[0]
    assert (rows.loc[rows["side"] == "before", "time"] < moment).all()
    assert (rows.loc[rows["side"] == "after", "time"] > moment).all()
    assert set(rows.loc[rows["side"] == "before", "category"]) == {"burning"}
    assert "other" not in set(rows.loc[rows["side"] == "after", "category"])
    known = planted.posts.set_index("post").loc[rows["post"].dropna(), "account"]
    assert set(known) == {"h"}


def test_the_words_of_a_call_say_when_how_much_and_which_bait(found):
    assert set(found.reasons) == {"h"}
    said = found.reasons["h"]
    assert said.startswith(f"from {row_of(found)['turn']} on ")
    assert "of its posts are promotion, personal brand or fundraising, before" in said
    assert "it wrote on pressing issues more than others" in said


def test_ordinary_accounts_are_tested_and_not_found(found):
    rest = found.tests[(found.tests["account"].str.startswith("o"))]
    tested = rest[rest["status"] == "tested"]
    assert len(tested) >= 20
    assert not (tested["p"] <= 0.05 / 31).any()
    assert set(FIGURES) <= set(found.tests.columns)
    assert MECHANISMS[NAME] is bait_and_switch


def test_a_turn_without_bait_is_described_and_may_not_be_called(build, crowd, writer):
    data = build(crowd(30) | {"h": writer(own=(0.03, 0.6))})
    row = row_of(bait_and_switch(data))
    assert row["p_turn"] <= 0.001
    assert row["p"] == row["p_bait"] > 0.05
    assert row["reason"].endswith("no bait came before")


def test_a_turn_whose_bait_cannot_be_tested_says_so():
    found = Turn(20, 1.7e9, 2.0, 0.001, 0.001, 20, 3.0, np.zeros(9))
    risen = Rise(0.04, 0.5, 0.5, 0.5, np.zeros(10))
    said = sentence(found, risen, Bait(Growth(), Content()))
    assert said == (
        "from 2023-11-14 on 50 % of its posts are promotion, personal brand or fundraising, "
        "before 4 %; whether bait came before cannot be tested"
    )


def test_reposts_are_not_needed(build, crowd, writer):
    data = build(crowd(30) | {"h": writer(**PLANT)}, reposts=0)
    row = row_of(bait_and_switch(data))
    assert row["p_bait"] <= 0.05
    assert np.isnan(row["p_growth"])
    assert row["bait"] == "content"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"posts": 29}, "29 posts with time and content; at least 30 are needed"),
        ({"own": (0.0, 0.0)}, "hardly any self-interest content: 0 posts; at least 5 are needed"),
    ],
)
def test_what_an_account_lacks_is_said(build, crowd, writer, changes, reason: str):
    row = row_of(bait_and_switch(build(crowd(12) | {"h": writer(**changes)})))
    assert (row["status"], row["reason"]) == ("not testable", reason)
    assert pd.isna(row["p"])


def test_a_short_span_and_a_lack_of_others_are_said(build, crowd, writer):
    short = row_of(bait_and_switch(build(crowd(12) | {"h": writer()}, days=19.0)))
    assert short["reason"].startswith("its posts span 18.")
    alone = row_of(bait_and_switch(build(crowd(9) | {"h": writer()})))
    assert alone["reason"] == "9 other accounts post in these weeks; at least 10 are needed"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"time": pd.NaT}, "no post in the data has an author and a time"),
        ({"topic": None}, "the posts have neither text nor topic"),
    ],
)
def test_what_the_data_lack_is_said(planted: Dataset, change: dict[str, object], reason: str):
    poor = Dataset(posts=planted.posts.assign(**change))
    evidence = bait_and_switch(poor)
    assert evidence.facts["reason"] == reason
    assert (evidence.tests["status"] == "not testable").all()
    assert bait_and_switch(Dataset()).tests.empty


def test_order_roles_camps_and_names_change_no_score(planted: Dataset, found):
    rng = np.random.default_rng(5)
    n = len(planted.accounts)
    labels = planted.accounts.assign(
        role=rng.choice(["media", "blogger", "government"], n),
        camp=rng.choice(["one", "other"], n),
        name=[f"name {i}" for i in rng.permutation(n)],
        bio="ресми аккаунт",
    )
    again = Dataset(
        labels.sample(frac=1, random_state=1),
        planted.ties.sample(frac=1, random_state=2),
        planted.posts.sample(frac=1, random_state=3),
    )
    second = bait_and_switch(again).tests
    pd.testing.assert_frame_equal(found.tests.drop(columns="note"), second.drop(columns="note"))


def test_the_seed_moves_p_within_its_error_and_the_company_not_at_all(planted: Dataset, found):
    other = row_of(bait_and_switch(planted, seed=1))
    assert other["turn"] == row_of(found)["turn"]
    without = planted.posts[planted.posts["account"] != "o07"]
    fewer = bait_and_switch(Dataset(posts=without, ties=planted.ties.iloc[:0]))
    assert row_of(fewer)["p_turn"] == row_of(found)["p_turn"]


def test_another_lexicon_decides_what_counts(planted: Dataset):
    terms = read_lexicon().terms
    nothing_sells = Lexicon(terms[terms["category"] == "burning"])
    tests = bait_and_switch(planted, lexicon=nothing_sells).tests
    assert tests["reason"].str.startswith("hardly any self-interest content: 0 posts").sum() == 31


def test_others_of_the_same_role_are_shown(planted: Dataset):
    accounts = planted.accounts.assign(role=planted.accounts["account"].map({"h": "blogger"}))
    accounts.loc[accounts["account"].str.startswith("o"), "role"] = "blogger"
    row = row_of(bait_and_switch(Dataset(accounts, planted.ties, planted.posts)))
    assert row["note"].endswith("of 30 others with its role turn in the same weeks")


def test_few_blocks_say_how_small_p_can_be(build, crowd, writer):
    data = build(crowd(12))
    one = data.posts[data.posts["account"] == "o00"]
    start = one["time"].min()
    crowded = one.assign(
        post="h" + one["post"],
        account="h",
        time=[start + pd.Timedelta(minutes=k, days=30 * (k >= 40)) for k in range(len(one))],
        topic=np.repeat(["sport", "promotion"], 40),
    )
    row = row_of(bait_and_switch(Dataset(posts=pd.concat([data.posts, crowded]))))
    assert row["blocks"] == 2
    assert row["note"].startswith("with 2 blocks no p is below 0.")


@pytest.mark.parametrize("planted_bait", [True, False])
def test_with_reach_a_turn_after_bait_is_a_call_and_one_without_is_not(
    build, crowd, writer, planted_bait: bool
):
    plant = PLANT if planted_bait else {"own": (0.03, 0.6)}
    data = build(crowd(30) | {"h": writer(**plant)}, reposts=5.0)
    decided = hubs(data, network(data))
    row = decided.table.set_index("account").loc["h"]
    if planted_bait:
        assert (row["status"], row["mechanism"]) == ("hub", NAME)
        assert row["reason"].startswith("from 2024-0")
        assert (decided.evidence["mechanism"] == NAME).sum() == 11
    else:
        assert row["status"] == "not called"
        assert "no bait came before" in row["reason"]
