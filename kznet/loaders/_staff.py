"""Whom people say they work for: handles and links become the ids of accounts in the data."""

import pandas as pd

from kznet.loaders._match import matched


def with_employers(accounts: pd.DataFrame) -> pd.DataFrame:
    """Write `staff_of` as an id where it is an id, a handle or a link of one account in the data.

    What fits no account, or several, stays as it is: the name of a body, which is held against
    the column `entity`.
    """
    if accounts["staff_of"].isna().all():
        return accounts
    row, employer, _ = matched(accounts, [accounts["staff_of"]], None)
    found = accounts["staff_of"].copy()
    found.iloc[row] = employer
    return accounts.assign(staff_of=found)
