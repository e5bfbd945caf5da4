"""Where the dossiers of a case lie."""

from collections.abc import Sequence
from typing import Final

from kznet.analysis import Analysis
from kznet.hubs.table import HUB
from kznet.report.slugs import slug

FOLDER: Final = "hubs"


def hrefs(analysis: Analysis, *, also: Sequence[str] = ()) -> dict[str, str]:
    """The path of each dossier in the case folder, by account: all called, and those in `also`."""
    accounts = dict.fromkeys([*called(analysis), *also])
    return {account: f"{FOLDER}/{slug(account)}.html" for account in accounts}


def called(analysis: Analysis) -> list[str]:
    """Accounts that were called, by reach."""
    return analysis.hubs.loc[analysis.hubs["status"] == HUB, "account"].tolist()
