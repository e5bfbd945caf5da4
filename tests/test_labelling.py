"""The list to label by hand: most followed first, half an hour's work, read back as it is."""

import csv
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from kznet.audience import audience
from kznet.dataset import Dataset
from kznet.labelling import COLUMNS, to_label, write_labels
from kznet.links import links
from kznet.loaders import load
from kznet.resources import data as shipped
from kznet.schema import ROLES


@pytest.fixture
def data() -> Dataset:
    """Three readers: all repost the news, one follows the blog, nobody the hermit."""
    accounts = pd.DataFrame(
        {
            "account": ["telegram:channel1", "telegram:channel2", "x:hermit", "x:famous", "x:9"],
            "handle": ["KZgovernment", "primer_blog", "hermit", "famous", None],
            "name": ["=Үкімет", "Блог", "Тыныш", "Әнші", None],
            "followers": [2, 700, 30, 10_000, None],
            "role": [None, "blogger", None, None, None],
        }
    )
    readers = ["x:7", "x:8", "x:9"]
    ties = pd.DataFrame(
        {
            "source": [*readers, "x:7", "x:9", "x:9", "x:9"],
            "target": ["telegram:channel1"] * 4 + ["telegram:channel2", "x:9", "x:8"],
            "kind": ["repost"] * 3 + ["follow"] * 2 + ["repost", "mention"],
        }
    )
    return Dataset(accounts, ties)


def test_the_audience_is_distinct_others_that_follow_or_repost(data):
    counted = dict(zip(data.accounts["account"], audience(data).tolist(), strict=True))
    assert counted.pop("telegram:channel1") == 3
    assert counted.pop("telegram:channel2") == 1
    assert set(counted.values()) == {0}
    assert audience(Dataset()).tolist() == []


def test_the_most_followed_come_first_and_those_nobody_hears_are_not_listed(data):
    table = to_label(data)
    assert list(table.columns) == list(COLUMNS)
    assert list(table["account"]) == ["x:famous", "telegram:channel2", "telegram:channel1"]
    assert list(table["audience"]) == [0, 1, 3]


def test_where_followers_are_unknown_the_audience_counts(data):
    unknown = Dataset(data.accounts.drop(columns="followers"), data.ties)
    assert list(to_label(unknown)["account"]) == ["telegram:channel1", "telegram:channel2"]


def test_the_list_has_at_most_so_many_rows(data):
    assert list(to_label(data, top=1)["account"]) == ["x:famous"]
    assert to_label(Dataset()).empty


def test_what_is_known_is_filled_in_and_the_rest_is_empty(data):
    table = to_label(data).set_index("account")
    assert table.loc["telegram:channel2", "role"] == "blogger"
    assert table.loc["telegram:channel1", ["role", "camp", "entity"]].isna().all()


def test_the_shipped_list_suggests_and_says_that_nobody_checked(data):
    row = to_label(data).set_index("account").loc["telegram:channel1"]
    assert row["suggested_role"] == "government"
    assert row["suggested_name"] == "UKIMET (Government of Kazakhstan)"
    assert row["suggested_by"] == "official_accounts.csv (handle not checked)"
    assert to_label(data)["suggested_by"].count() == 1


@pytest.mark.parametrize("account", ["x:@tokayevkz", "facebook:328109275324"])
def test_the_shipped_list_is_searched_by_id_too(account):
    ties = pd.DataFrame({"source": ["x:1"], "target": [account], "kind": ["follow"]})
    assert to_label(Dataset(ties=ties))["suggested_role"].notna().all()


def test_a_handle_of_another_platform_suggests_nothing():
    ties = pd.DataFrame({"source": ["x:1"], "target": ["x:@tengrinews"], "kind": ["follow"]})
    assert to_label(Dataset(ties=ties))["suggested_role"].isna().all()


@pytest.mark.parametrize(
    ("account", "handle", "link"),
    [
        ("telegram:channel1", "primer", "https://t.me/primer"),
        ("telegram:channel1", None, None),
        ("telegram:@primer", None, "https://t.me/primer"),
        ("x:1", "Primer", "https://x.com/Primer"),
        ("x:1", None, "https://x.com/i/user/1"),
        ("vk:-5", None, "https://vk.com/club5"),
        ("vk:5", None, "https://vk.com/id5"),
        ("vk:5", "primer", "https://vk.com/primer"),
        ("instagram:5", "primer", "https://www.instagram.com/primer/"),
        ("facebook:5", None, "https://www.facebook.com/5"),
        ("tiktok:5", "primer", "https://www.tiktok.com/@primer"),
        ("youtube:UC_a-1", None, "https://www.youtube.com/channel/UC_a-1"),
        ("bluesky:did:plc:abc", None, "https://bsky.app/profile/did:plc:abc"),
        ("bluesky:did:plc:abc", "primer.example", "https://bsky.app/profile/primer.example"),
        ("mastodon:1", "primer@host.example", "https://host.example/@primer"),
        ("mastodon:1", "primer", None),
        ("x:1", 'a"><b>', "https://x.com/a%22%3E%3Cb%3E"),
        ("node:5", "primer", None),
    ],
)
def test_an_account_can_be_opened_in_a_browser(account, handle, link):
    data = Dataset(pd.DataFrame({"account": [account], "handle": [handle]}, dtype="str"))
    assert links(data.accounts).fillna("").to_list() == [link or ""]


def test_a_link_that_is_given_is_kept_unless_it_is_none():
    rows = pd.DataFrame({"account": ["x:1", "x:2"], "url": ["https://a.example", "javascript:1"]})
    found = links(Dataset(rows).accounts).to_list()
    assert found == ["https://a.example", "https://x.com/i/user/2"]


def test_a_workbook_offers_the_roles_and_holds_no_formula(data, tmp_path: Path):
    path = tmp_path / "accounts.xlsx"
    write_labels(to_label(data), path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet.freeze_panes == "B2"
    assert sheet["D4"].value == "'=Үкімет"
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == f'"{",".join(ROLES)}"'
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert sheet.cell(1, COLUMNS.index("role") + 1).column_letter == str(choice.sqref)[0]
    assert sheet["E3"].value == 700


def test_signs_that_no_workbook_holds_do_not_stop_it(tmp_path: Path):
    rows = pd.DataFrame({"account": ["x:1"], "name": ["a\x01b"], "followers": [20_000]})
    path = tmp_path / "accounts.xlsx"
    write_labels(to_label(Dataset(rows)), path)
    assert openpyxl.load_workbook(path).active["D2"].value == "a b"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_empty_list_is_written_too(tmp_path: Path, ending):
    write_labels(to_label(Dataset()), tmp_path / f"accounts.{ending}")
    assert (tmp_path / f"accounts.{ending}").stat().st_size > 0


TIES = (
    "source,target\nx:1,telegram:channel1500000001\nx:1,youtube:UCab\nx:2,node:Ақ жол\nx:2,vk:-5\n"
)
KNOWN = "account,name,camp,platform\nvk:-5,-Топ,+A,other\nyoutube:UCab,@Арна,,\n"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_list_is_read_back_as_it_is(tmp_path: Path, ending):
    ties, names = tmp_path / "ties.csv", tmp_path / "names.csv"
    ties.write_text(TIES, encoding="utf-8")
    names.write_text(KNOWN, encoding="utf-8")
    before = load(ties, accounts=names)
    path = tmp_path / f"list.{ending}"
    write_labels(to_label(before), path)
    after = load(ties, accounts=[names, path])
    assert after.report.files[-1].rejected == {}
    assert after.report.files[-1].accounts == 4
    linked = links(before.accounts).where(
        before.accounts["account"].isin(to_label(before)["account"])
    )
    pd.testing.assert_frame_equal(after.accounts, before.accounts.assign(url=linked))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_was_filled_in_arrives_and_suggestions_do_not(tmp_path: Path, ending):
    ties = tmp_path / "ties.csv"
    ties.write_text("source,target\nx:1,telegram:@tengrinews\nx:1,x:@primer\n", encoding="utf-8")
    table = to_label(load(ties)).set_index("account")
    assert table.loc["telegram:@tengrinews", "suggested_role"] == "media"
    table.loc["x:@primer", ["role", "camp", "entity"]] = ["блогер", "A", "=Пример"]
    path = tmp_path / f"list.{ending}"
    write_labels(table.reset_index(), path)
    found = load(ties, accounts=path).accounts.set_index("account")
    assert found.loc["x:@primer", ["role", "camp", "entity"]].tolist() == [
        "blogger",
        "A",
        "=Пример",
    ]
    assert found["role"].count() == 1


@pytest.fixture
def official() -> list[dict[str, str]]:
    with shipped("official_accounts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_official_list_claims_nothing_it_has_not_checked(official):
    wanted = "platform handle name role detail confirmed checked source url"
    assert list(official[0]) == wanted.split()
    assert {row["checked"] for row in official} == {"no"}
    assert {row["confirmed"] for row in official} == {""}
    assert all(row["source"].endswith("; not verified live") for row in official)
    assert all(row["source"].startswith("seen in ") for row in official)


def test_the_official_list_names_each_account_once_with_a_known_role(official):
    ids = [(row["platform"], row["handle"].lower()) for row in official]
    assert len(set(ids)) == len(ids) == 28
    assert {row["role"] for row in official} <= set(ROLES)
    assert all(row["name"] and row["url"].startswith("https://") for row in official)


def test_the_official_list_holds_what_it_was_made_from(official, shared_data):
    with (shared_data / "kz_public_accounts.csv").open(encoding="utf-8", newline="") as file:
        seen = [row["handle_or_id"] for row in csv.DictReader(file)]
    assert [row["handle"] for row in official] == seen
