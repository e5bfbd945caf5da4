"""The registry of confirmed official accounts: what is a confirmation, and who is meant."""

import datetime

import pandas as pd
import pytest

from kznet.dataset import Dataset
from kznet.entities import by_entity
from kznet.errors import DataError
from kznet.loaders import load, officials, read_officials

ACCOUNTS = pd.DataFrame(
    {
        "account": ["telegram:channel1500000001", "x:@primer_mfa", "x:7"],
        "platform": ["telegram", "x", "x"],
        "handle": ["Primer_Gov", "primer_mfa", "primer_gov"],
    }
)


def found(*rows: tuple[object, ...], columns: str = "account,confirmed") -> list[str]:
    registry = pd.DataFrame(rows, columns=columns.split(","))
    known = officials(Dataset(ACCOUNTS), registry).known
    return list(Dataset(ACCOUNTS).accounts["account"][known])


@pytest.mark.parametrize(
    "written",
    ["x:@primer_mfa", "@primer_mfa", "Primer_MFA", "https://x.com/primer_mfa", "X:@PRIMER_MFA"],
)
def test_an_account_is_found_by_id_handle_or_link(written: str):
    assert found((written, "2024-05-31")) == ["x:@primer_mfa"]


def test_a_handle_with_its_platform_is_found_under_any_id():
    assert found(("telegram:@primer_gov", "2024-05-31")) == ["telegram:channel1500000001"]
    assert found(
        ("primer_gov", "telegram", "2024-05-31"), columns="account,platform,confirmed"
    ) == ["telegram:channel1500000001"]


def test_what_fits_several_accounts_or_none_confirms_nobody():
    assert found(("primer_gov", "2024-05-31"), ("x:99", "2024-05-31")) == []


def test_only_what_has_a_day_is_confirmed():
    assert found(("x:7", None), ("x:@primer_mfa", "31.05.2024")) == ["x:@primer_mfa"]


def test_the_newest_confirmation_dates_the_registry():
    days = ["2024-05-31", "2023-01-01"]
    registry = pd.DataFrame({"account": ["x:7", "x:99"], "confirmed": days, "url": ["a.kz", None]})
    known = officials(Dataset(ACCOUNTS), registry)
    assert (known.date, known.listed, known.known.sum()) == ("2024-05-31", 2, 1)
    assert known.url.dropna().to_list() == ["a.kz"]


@pytest.mark.parametrize(
    "day", [datetime.date(2024, 5, 31), pd.Timestamp("2024-05-31"), "2024-05-31T10:00:00Z"]
)
def test_a_day_may_be_written_in_any_type(day: object):
    registry = pd.DataFrame({"account": ["x:7"], "confirmed": [day]})
    assert officials(Dataset(ACCOUNTS), registry).date == "2024-05-31"


@pytest.mark.parametrize("day", ["yes", "2024", "0", "1"])
def test_a_confirmation_without_a_day_is_refused(day: str):
    registry = pd.DataFrame({"account": ["x:7"], "confirmed": [day]})
    with pytest.raises(DataError, match=f"registry: row 0: column 'confirmed': found '{day}'"):
        officials(Dataset(ACCOUNTS), registry)


def test_a_registry_without_its_columns_is_refused():
    with pytest.raises(DataError, match=r"registry: missing columns \['confirmed'\]"):
        officials(Dataset(ACCOUNTS), pd.DataFrame({"account": ["x:7"]}))


def test_the_shipped_list_confirms_nobody():
    known = officials(Dataset(ACCOUNTS))
    assert (known.listed, known.date, known.known.any()) == (0, "", False)


def test_a_file_is_read_with_its_lines(given):
    path = given("registry.csv", "account,name,confirmed,url\nx:7,Primer,2024-05-31,\nx:8,,,\n")
    listed = read_officials(path)
    assert list(listed["account"]) == ["x:7"]
    broken = given("broken.csv", "account,confirmed\nx:7,2024-05-31\nx:8,soon\n")
    with pytest.raises(DataError, match=r"broken.csv: line 3: column 'confirmed': found 'soon'"):
        read_officials(broken)
    bare = given("bare.csv", "account,name\nx:7,a\n")
    with pytest.raises(DataError, match=r"bare.csv: no column confirmed; found \['account'"):
        read_officials(bare)


def test_a_confirmed_account_is_found_in_the_entity_that_it_became(given):
    ties = given("ties.csv", "source,target\nx:5,telegram:@primer_gov\nx:5,x:7\n")
    who = given("who.csv", "account,entity\ntelegram:@primer_gov,Primer\nx:7,Primer\n")
    data = by_entity(load(ties, accounts=who))
    for written in ("telegram:@primer_gov", "x:7"):
        registry = pd.DataFrame({"account": [written], "confirmed": ["2024-05-31"]})
        known = officials(data, registry).known
        assert list(data.accounts["account"][known]) == ["entity:primer"]
