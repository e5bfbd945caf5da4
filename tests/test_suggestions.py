"""Accounts that may be one person or body are shown to a human, and joined by nobody else."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kznet.dataset import Dataset
from kznet.errors import DataError
from kznet.loaders import load
from kznet.suggestions import COLUMNS, suggestions
from kznet.tabular import write_csv


def dataset(*rows, ties=None):
    """Accounts, of which each has one reader where nothing else is said."""
    ties = [("x:reader", row[0], "follow") for row in rows] if ties is None else ties
    columns = ["account", "name", "handle", "followers"]
    accounts = pd.DataFrame([(*row, *[None] * (4 - len(row))) for row in rows], columns=columns)
    frame = pd.DataFrame(ties, columns=["source", "target", "kind"])
    return Dataset(accounts=accounts, ties=frame)


def groups(data, **options):
    table = suggestions(data, **options)
    return [list(rows["account"]) for _, rows in table.groupby("group")]


def test_spellings_of_one_name_are_put_together_the_most_followed_first():
    table = suggestions(
        dataset(
            ("telegram:channel1", "Әлихан Смайылов", None, 10),
            ("x:1", "Alikhan Smailov", None, 30),
            ("vk:1", "Смаилов Алихан", None, None),
            ("x:2", "Сара Оспан", None, 99),
        )
    )
    assert list(table.columns) == list(COLUMNS)
    assert list(table["account"]) == ["x:1", "telegram:channel1", "vk:1"]
    assert set(table["entity"]) == {"Alikhan Smailov"}
    assert set(table["likeness"]) == {1.0}
    assert set(table["why"]) == {"same name in another spelling"}
    assert set(table["accept"]) == {""}
    assert list(table["followers"].fillna(-1)) == [30, 10, -1]


def test_the_same_name_and_the_same_handle_are_said_so():
    table = suggestions(
        dataset(
            ("telegram:channel1", "Ақ Жол", "aq", 9),
            ("x:1", "ақ жол", "aqjol"),
            ("vk:1", "Aq Jol", None),
            ("vk:2", None, "AQJOL"),
        )
    )
    assert dict(zip(table["account"], table["why"], strict=True)) == {
        "telegram:channel1": "same name",
        "x:1": "same name; same handle",
        "vk:1": "same name in another spelling",
        "vk:2": "same handle",
    }
    assert table["likeness"].isna().sum() == 1


def test_a_handle_on_two_platforms_needs_no_names():
    table = suggestions(dataset(("x:1", None, "Primer"), ("telegram:@primer", None, "primer")))
    assert list(table["account"]) == ["telegram:@primer", "x:1"]
    assert set(table["entity"]) == {"primer"}


def test_a_handle_on_one_platform_says_nothing():
    assert groups(dataset(("x:1", "Сара", "primer"), ("x:@primer", "Дана", "primer"))) == []


def test_without_followers_the_audience_in_the_data_decides():
    ties = [("x:8", "vk:1", "follow"), ("x:9", "vk:1", "repost"), ("x:9", "x:1", "repost")]
    data = dataset(("x:1", "Dana Serik"), ("vk:1", "Дана Серік"), ties=ties)
    assert groups(data) == [["vk:1", "x:1"]]


def test_groups_are_numbered_by_their_most_followed_account():
    data = dataset(
        ("x:1", "Дана", None, 5), ("x:2", "Dana", None, 6),
        ("x:3", "Сара", None, 1), ("x:4", "Sara", None, 7),
    )  # fmt: skip
    assert groups(data) == [["x:4", "x:3"], ["x:2", "x:1"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tengri News", "Tengrinews.kz"),
        ("Касымжомарт Токаев (official)", "Ресми: Тоқаев Қасым-Жомарт"),
        ("Бақытжан Сағынтай", "Бахытжан Сагинтай"),
        ("Министерство здравоохранения РК", "Министерство здравоохранения"),
    ],
)
def test_spacing_order_and_words_that_say_little_do_not_count(one, other):
    assert len(groups(dataset(("x:1", one), ("vk:1", other)))) == 1


@pytest.mark.parametrize(
    "name", ["Новости", "Official channel", "Admin", "…", "🙂", "deleted account"]
)
def test_names_that_are_nobodys_are_not_compared(name):
    assert groups(dataset(("x:1", name), ("vk:1", name))) == []


def test_a_name_that_more_than_twenty_carry_is_nobodys_alone():
    rows = [(f"x:{i}", "Айгүл" if i % 2 else "Айгуль") for i in range(21)]
    assert groups(dataset(*rows)) == []
    assert len(groups(dataset(*rows[:20]))) == 1


def test_one_entity_already_is_no_suggestion_but_gives_its_name():
    rows = pd.DataFrame(
        {
            "account": ["x:1", "vk:1", "x:2", "vk:2"],
            "name": ["Дана Ким", "Dana Kim", "Сара Ли", "Sara Li"],
            "entity": ["Dana", "Dana", None, "Сара Ли, депутат"],
            "followers": [1, 2, 9, 3],
        }
    )
    table = suggestions(Dataset(accounts=rows.assign(role="media")))
    assert list(table["account"]) == ["x:2", "vk:2"]
    assert set(table["entity"]) == {"Сара Ли, депутат"}


def test_private_people_to_whom_nobody_listens_are_not_put_together():
    rows = [("x:1", "Дана Ким"), ("vk:1", "Dana Kim")]
    assert groups(dataset(*rows, ties=[("x:1", "x:5", "follow")])) == []
    assert groups(dataset(("x:1", "Дана Ким", None, 10_000), rows[1], ties=[])) == [["x:1", "vk:1"]]


def test_least_asks_for_more():
    data = dataset(("x:1", "Бақытжан"), ("vk:1", "Бахытжан"))
    assert len(groups(data)) == 1
    assert groups(data, least=0.95) == []


@pytest.mark.parametrize("least", [0, -1, 1.1, float("nan")])
def test_a_least_out_of_range_is_an_error(least):
    with pytest.raises(DataError, match=r"least .* is not above 0 and at most 1"):
        suggestions(Dataset(), least=least)


def test_there_may_be_nothing_to_suggest():
    for data in (Dataset(), dataset(("x:1", "Дана")), dataset(("x:1", None), ("x:2", None))):
        table = suggestions(data)
        assert list(table.columns) == list(COLUMNS)
        assert table.empty


def test_the_order_of_rows_does_not_matter():
    rows = [(f"x:{i}", name) for i, name in enumerate(["Дана", "Dana", "Dána", "Сара", "Sara"] * 3)]
    expected = suggestions(dataset(*rows))
    rows = [rows[i] for i in np.random.default_rng(4).permutation(len(rows))]
    pd.testing.assert_frame_equal(suggestions(dataset(*rows)), expected)


def test_hostile_names_are_only_text():
    long = "а" * 5000
    data = dataset(
        ("x:1", long), ("vk:1", long + "б"), ("x:2", "=1+1\n<b>"), ("vk:2", " ".join("абвгд" * 99))
    )
    assert groups(data) == []


def test_twenty_thousand_names_are_compared_at_once():
    sounds = np.array(["ба", "да", "жа", "қа", "ла", "ма", "на", "ра", "са", "та", "бе", "де"])
    drawn = np.random.default_rng(1).choice(sounds, size=(20_000, 8))
    names = ["".join(row[:4]) + " " + "".join(row[4:]) for row in drawn]
    rows = [(f"x:{i}", name) for i, name in enumerate(names)]
    twins = [("vk:1", rows[0][1].replace("ж", "zh").replace("қ", "q"))]
    assert ["vk:1", "x:0"] in [sorted(group) for group in groups(dataset(*rows, *twins))]


def test_the_file_given_back_joins_only_what_was_accepted(tmp_path: Path):
    ties, names = tmp_path / "ties.csv", tmp_path / "names.csv"
    ties.write_text("source,target\nx:1,telegram:channel1\nx:2,vk:2\n", encoding="utf-8")
    names.write_text(
        "account,name\nx:1,Dana Kim\ntelegram:channel1,Дана Ким\nx:2,Sara Li\nvk:2,Сара Ли\n",
        encoding="utf-8",
    )
    table = suggestions(load(ties, accounts=names))
    assert len(table) == 4
    table["accept"] = table["account"].map({"x:1": "Да", "telegram:channel1": "yes"})
    given = tmp_path / "suggestions.csv"
    write_csv(table, given)
    data = load(ties, accounts=[names, given])
    found = data.accounts.set_index("account")["entity"].dropna()
    assert found.to_dict() == {"telegram:channel1": "Дана Ким", "x:1": "Дана Ким"}
    assert data.report.files[-1].rejected == {"not accepted": 2}
