import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kznet.report.dossier import hrefs
from kznet.report.slugs import slug
from tests.report.conftest import build

IDS = st.one_of(
    st.text(max_size=200),
    st.from_regex(r"[a-zA-Z0-9_:./\\-]{1,80}", fullmatch=True),
    st.from_regex(r"[a-z]{1,8}:[a-z0-9_-]{1,20}", fullmatch=True),
)


@settings(deadline=None)
@given(IDS)
@example("../../etc/passwd")
@example("..")
@example("")
@example("telegram:a\x00b")
@example("telegram:\ud800")
def test_a_slug_is_a_short_ascii_name_that_stays_in_its_folder(account: str) -> None:
    name = slug(account)
    assert re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name)
    assert len(name) <= 100


@settings(deadline=None)
@given(st.lists(IDS, unique=True, max_size=20))
@example(["a:b", "a-b", "A:b", "a:B", "a--b", "a: b"])
@example(["x:1", slug("X:1"), slug("X:1").replace("--", ":-"), slug("X:1").replace("--", ":")])
def test_no_two_accounts_share_a_file_whatever_the_case_of_letters(accounts: list[str]) -> None:
    names = [slug(account).lower() for account in accounts]
    assert len(set(names)) == len(accounts)


def test_a_plain_id_stays_readable() -> None:
    assert slug("telegram:channel_1") == "telegram-channel_1"


def test_every_called_account_has_a_path_and_so_has_who_is_asked_for() -> None:
    analysis = build(60, hubs=2)
    called = analysis.hubs.loc[analysis.hubs["status"] == "hub", "account"].tolist()
    other = analysis.hubs.loc[analysis.hubs["status"] != "hub", "account"].iloc[0]
    paths = hrefs(analysis, also=[other, called[0]])
    assert list(paths) == [*called, other]
    assert all(re.fullmatch(r"hubs/[a-z0-9_-]+\.html", path) for path in paths.values())
