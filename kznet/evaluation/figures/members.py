"""Whether the accounts named in a call of amplification are those that were planted."""

from typing import Final

import pandas as pd

from kznet.evaluation.figures.bounds import with_shares
from kznet.evaluation.figures.outcomes import as_made
from kznet.evaluation.labels import DISCLOSED
from kznet.mechanisms.amplification import NAME

FEWEST: Final = 4
ALL: Final = "all planted crews"
UNDISCLOSED: Final = "all planted crews, without disclosed staff"
_KEYS: Final = ["generator", "world", "variant", "seed", "account"]


def members(calls: pd.DataFrame, crews: pd.DataFrame) -> pd.DataFrame:
    """Precision and recall of named members, over called hubs and over all planted ones.

    Precision is over every account named in any call, on innocent accounts too. Recall is over
    crew accounts with at least four reposts on the hub; fewer give nothing to go by.
    """
    called = as_made(calls)[lambda rows: rows["mechanism"] == NAME]
    rows = as_made(crews).merge(
        called[[*_KEYS, "called", "jitter", "group"]], on=_KEYS, how="left", validate="many_to_one"
    )
    slow = rows["jitter"].astype("float64") > 300
    sets = {
        ALL: slow | ~slow,
        UNDISCLOSED: rows["group"] != DISCLOSED,
        "planted crews, jitter up to 5 min": ~slow,
        "planted hubs that were called": rows["called"].eq(True),
    }
    parts = [_counted(rows[chosen], name) for name, chosen in sets.items()]
    table = pd.concat(parts, ignore_index=True)
    table = with_shares(table, "right", "named", name="precision")
    table = with_shares(table, "right_confirmed", "confirmed", name="precision_confirmed")
    return with_shares(table, "found", "planted", name="recall")


def _counted(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    busy = rows["planted"] & (rows["reposts"] >= FEWEST)
    counted = rows.assign(
        right=rows["named"] & rows["planted"],
        right_confirmed=rows["confirmed"] & rows["planted"],
        planted=busy,
        found=busy & rows["named"],
    )
    names = ["named", "right", "confirmed", "right_confirmed", "planted", "found"]
    table = counted.groupby("generator", as_index=False)[names].sum()
    return table.assign(set=name)[["generator", "set", *names]]
