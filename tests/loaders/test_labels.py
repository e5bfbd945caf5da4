"""Tables of accounts that people keep: any header, any spelling, nothing taken on a guess."""

import openpyxl
import pytest

from kznet.errors import DataError
from kznet.loaders import load

TIES = "source,target\ntelegram:channel1500000001,telegram:@primer_gov\nx:5,x:6\n"


@pytest.fixture
def ties(given):
    return given("ties.csv", TIES)


def label(data, account, column="role"):
    return data.accounts.set_index("account").loc[account, column]


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("account,role", "telegram:channel1500000001"),
        ("Аккаунт,Роль", "telegram:channel1500000001"),
        ("id,роль", "channel1500000001"),
        ("ID,role", "1500000001"),
        ("ид,рөлі", "-1001500000001"),
        ("id,role", "1500000001.0"),
        ("ссылка,role,account", "https://t.me/c/1500000001"),
    ],
)
def test_an_account_is_found_by_any_form_of_its_id(given, ties, header, key):
    row = f"{key},СМИ,{key}" if header.count(",") == 2 else f"{key},СМИ"
    data = load(ties, accounts=given("roles.csv", f"{header}\n{row}\n"))
    assert label(data, "telegram:channel1500000001") == "media"


@pytest.mark.parametrize("handle", ["primer_gov", "@Primer_Gov", "https://t.me/primer_gov/"])
@pytest.mark.parametrize("header", ["handle", "Username", "ник", "лақап аты"])
def test_an_account_is_found_by_its_handle(given, ties, handle, header):
    data = load(ties, accounts=given("roles.csv", f"{header};Роль\n{handle};Акимат\n"))
    assert label(data, "telegram:@primer_gov") == "government"


def test_every_column_has_its_names(given, ties):
    text = 'Аккаунт,Имя,Партия,Организация,Подписчики,Описание\nx:5,Айгүл,Алға,Қор,"12 500",блог\n'
    data = load(ties, accounts=[given("roles.csv", text)])
    found = data.accounts.set_index("account").loc["x:5"]
    assert found[["name", "camp", "entity", "followers", "bio"]].tolist() == [
        "Айгүл",
        "Алға",
        "Қор",
        12500,
        "блог",
    ]


@pytest.mark.parametrize("header", ["staff_of", "Место работы", "жұмыс орны"])
@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("@Primer_Gov", "telegram:@primer_gov"),
        ("https://t.me/primer_gov", "telegram:@primer_gov"),
        ("telegram:channel1500000001", "telegram:channel1500000001"),
        ("Минтруда", "Минтруда"),
    ],
)
def test_an_employer_becomes_an_id_where_it_is_in_the_data(given, ties, header, said, read):
    data = load(ties, accounts=given("staff.csv", f"account,{header}\nx:5,{said}\n"))
    assert label(data, "x:5", "staff_of") == read


def test_a_workbook_is_read_like_a_csv(tmp_path, ties):
    book = openpyxl.Workbook()
    for row in (["id", "рөл", "camp"], [1500000001, "БАҚ", None], [None, None, None], [5, "?", 1]):
        book.active.append(row)
    book.save(tmp_path / "roles.xlsx")
    data = load(ties, accounts=tmp_path / "roles.xlsx")
    assert label(data, "telegram:channel1500000001") == "media"
    assert label(data, "x:5") == "other"
    assert label(data, "x:5", "camp") == "1"
    assert data.report.files[1].rows == 2


def test_rows_that_fit_nobody_are_not_added_but_counted(given, ties):
    text = "account,role\nx:5,media\nx:77,media\n,media\n"
    data = load(ties, accounts=given("roles.csv", text))
    assert "x:77" not in set(data.accounts["account"])
    report = data.report.files[1]
    assert report.rejected == {"account not in the data": 2}
    assert report.warnings[-1] == "1 of 3 rows matched an account in the data"
    assert list(data.report.rejected["line"]) == ["3", "4"]
    assert list(data.report.rejected["value"]) == ["x:77", ""]


def test_a_handle_on_two_platforms_needs_the_platform(given):
    ties = given("ties.csv", "source,target\nx:@primer,telegram:@primer\n")
    lone = load(ties, accounts=given("a.csv", "handle,role\nprimer,media\n"))
    assert lone.accounts["role"].isna().all()
    assert lone.report.files[1].rejected == {"several accounts fit": 1}
    said = load(ties, accounts=given("b.csv", "handle,platform,role\nprimer,Twitter,media\n"))
    assert label(said, "x:@primer") == "media"
    assert said.report.files[1].rejected == {}


def test_the_table_rules_over_roles_and_only_fills_names(given, samples):
    text = "account,role,name,camp\ntelegram:1500000001,blogger,Другое имя,A\n"
    table = given("roles.csv", text)
    data = load(samples / "edges" / "gephi_nodes.csv", accounts=table)
    found = data.accounts.set_index("account").loc["telegram:1500000001"]
    assert found[["role", "name", "camp"]].tolist() == ["blogger", "Пример Новости", "A"]


def test_rows_of_one_account_are_joined_and_counted(given, ties):
    text = "account,role,camp\nx:5,media,\nx:5,,A\n"
    data = load(ties, accounts=given("roles.csv", text))
    assert (label(data, "x:5"), label(data, "x:5", "camp")) == ("media", "A")
    assert "rows that name an account named before: 1" in data.report.files[1].warnings


def test_a_handle_learned_from_the_table_joins_two_ids(given, ties, triples):
    text = "account,handle,role\nchannel1500000001,Primer_Gov,media\n"
    data = load(ties, accounts=given("roles.csv", text))
    assert triples(data)[0] == (
        "telegram:channel1500000001",
        "telegram:channel1500000001",
        "follow",
    )
    assert "telegram:@primer_gov" not in set(data.accounts["account"])


@pytest.mark.parametrize("header", ["accept", "Принять", "қабылдау"])
@pytest.mark.parametrize("yes", ["yes", "Да", "иә", "1", "TRUE"])
def test_of_suggestions_only_those_count_that_were_accepted(given, ties, header, yes):
    text = f"account,entity,{header}\nx:5,A,{yes}\nx:6,A,\ntelegram:@primer_gov,A,no\n"
    data = load(ties, accounts=given("suggestions.csv", text))
    assert data.accounts.dropna(subset="entity")["account"].tolist() == ["x:5"]
    report = data.report.files[1]
    assert report.rejected == {"not accepted": 2}
    assert report.rows == 3
    assert data.report.rejected[["line", "value"]].to_numpy().tolist() == [
        ["3", "x:6"],
        ["4", "telegram:@primer_gov"],
    ]


def test_suggestions_of_which_none_was_accepted_are_no_error(given, ties):
    data = load(ties, accounts=given("suggestions.csv", "account,entity,accept\nx:5,A,\n"))
    assert data.accounts["entity"].isna().all()
    assert data.report.files[1].warnings[-1] == "0 of 1 rows matched an account in the data"


def test_the_apostrophe_before_a_formula_is_no_part_of_a_cell(given, ties):
    text = "account,camp,entity\nx:5,'+A,'=Қор\nx:6,'A,O'Neil\n"
    data = load(ties, accounts=given("roles.csv", text))
    assert (label(data, "x:5", "camp"), label(data, "x:5", "entity")) == ("+A", "=Қор")
    assert (label(data, "x:6", "camp"), label(data, "x:6", "entity")) == ("'A", "O'Neil")


def test_a_whole_id_is_right_whatever_else_fits(given):
    ties = given("ties.csv", "source,target\nyoutube:UCab,youtube:UCAB\nx:5,telegram:5\n")
    text = "account,platform,role\nyoutube:UCab,,media\nx:5,telegram,blogger\n"
    data = load(ties, accounts=given("roles.csv", text))
    assert data.report.files[1].rejected == {}
    known = data.accounts.dropna(subset="role").set_index("account")["role"]
    assert known.to_dict() == {"youtube:UCab": "media", "x:5": "blogger"}


def test_unknown_roles_are_counted_and_called_other(given, ties):
    data = load(ties, accounts=given("roles.csv", "account,role\nx:5,астролог\nx:6,шаман\n"))
    assert label(data, "x:5") == "other"
    assert "roles that are not known count as other (астролог, шаман): 2" in (
        data.report.files[1].warnings
    )


def test_a_table_without_any_id_is_an_error(given, ties):
    with pytest.raises(DataError, match=r"roles.csv: no column account, id or handle; found"):
        load(ties, accounts=given("roles.csv", "name,role\nA,media\n"))


def test_a_table_that_does_not_exist_is_an_error(ties, tmp_path):
    with pytest.raises(DataError, match=r"nowhere.csv: no such file"):
        load(ties, accounts=tmp_path / "nowhere.csv")
    with pytest.raises(DataError, match="is a folder"):
        load(ties, accounts=tmp_path)


def test_a_broken_workbook_is_an_error_in_words(given, ties):
    with pytest.raises(DataError, match=r"roles.xlsx: broken workbook"):
        load(ties, accounts=given("roles.xlsx", b"PK\x03\x04 and no more"))


def test_an_empty_workbook_is_an_error_in_words(tmp_path, ties):
    openpyxl.Workbook().save(tmp_path / "roles.xlsx")
    with pytest.raises(DataError, match=r"roles.xlsx: the first sheet is empty"):
        load(ties, accounts=tmp_path / "roles.xlsx")


def test_the_public_accounts_of_kazakhstan_serve_as_a_table(shared_data, given):
    ties = given("ties.csv", "source,target\ntelegram:@aqorda_resmi,telegram:@KZgovernment\n")
    data = load(ties, accounts=shared_data / "kz_public_accounts.csv")
    assert list(data.accounts["role"]) == ["government", "government"]
