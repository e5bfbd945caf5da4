"""What the data are read against."""

from dataclasses import dataclass

import pandas as pd

from kznet.lexicon import Lexicon


@dataclass(frozen=True, eq=False)
class References:
    """The confirmed official accounts and the lexicon; the shipped ones where they are missing.

    `registry` has the columns `account` (id, handle or link) and `confirmed` (a day), and where
    known `platform`, `name`, `url`, as `read_officials` gives them; `lexicon` tells self-interest
    content and pressing issues, as `read_lexicon` gives it.
    """

    registry: pd.DataFrame | None = None
    lexicon: Lexicon | None = None
