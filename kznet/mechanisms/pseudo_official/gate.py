"""Who is looked at: accounts that claim to be official and that the registry lacks."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.loaders import Officials
from kznet.mechanisms.evidence import authors
from kznet.mechanisms.pseudo_official.claims import claims

NO_CLAIM: Final = "makes no claim to be official"
SAME_BODY: Final = "belongs to a body that the registry confirms"
CONFIRMED: Final = "confirmed by the registry of {}"


def gate(data: Dataset, known: Officials) -> pd.DataFrame:
    """Ask of every account with posts or ties into it whether it is looked at.

    Returns
    -------
    DataFrame
        position (in the dataset, ascending), account, claim (what claims that it is official),
        spared (why it is none of those looked at; missing for those that are).
    """
    accounts = data.accounts.iloc[authors(data).index]
    position = accounts.index.to_numpy(dtype=np.int64)
    bodies = data.accounts["entity"][known.known].dropna()
    claim = claims(accounts)
    spared = pd.Series(None, index=accounts.index, dtype="str")
    spared = spared.mask(claim.isna(), NO_CLAIM)
    spared = spared.mask(accounts["entity"].isin(bodies), SAME_BODY)
    spared = spared.mask(known.known[position], CONFIRMED.format(known.date))
    columns = {"account": accounts["account"], "claim": claim, "spared": spared}
    return pd.DataFrame(columns).rename_axis("position").reset_index()
