"""What is true of each source of a simulated world."""

from typing import Final

import pandas as pd

from kznet.mechanisms.amplification import NAME as AMPLIFICATION
from kznet.mechanisms.bait_and_switch.figures import NAME as BAIT_AND_SWITCH
from kznet.mechanisms.pseudo_official import NAME as PSEUDO_OFFICIAL
from kznet.simulate import Simulation

PLANT: Final = "plant"
NEGATIVE: Final = "negative"
ORDINARY: Final = "ordinary"
MECHANISMS: Final = (AMPLIFICATION, BAIT_AND_SWITCH, PSEUDO_OFFICIAL)
PLANTED: Final = {"m1": AMPLIFICATION, "m2": BAIT_AND_SWITCH, "m3": PSEUDO_OFFICIAL}
DISCLOSED: Final = "staff"
GRADES: Final = {
    "variant": "str",
    "size": "Int64",
    "participation": "float64",
    "jitter": "Int64",
    "camouflage": "float64",
    "strength": "float64",
    "growth": "float64",
    "bait": "float64",
    "recognition": "float64",
    "derivation": "float64",
}
LABELS: Final = {
    "account": "str",
    "label": "str",
    "group": "str",
    "planted": "str",
    "type": "str",
    "role": "str",
    "camp": "str",
    **GRADES,
}
_ORDER: Final = (PLANT, NEGATIVE, "source")


def labelled(made: Simulation) -> pd.DataFrame:
    """Every source of a world with what it is: a plant, an innocent look-alike, or ordinary.

    Returns
    -------
    DataFrame
        A row a source, sorted by account: label; group (the plant, the class of look-alike, or
        the type of an ordinary source); planted (the mechanism, or nothing); type, role and
        camp; the grades of a plant.
    """
    truth = made.truth[made.truth["label"].isin(_ORDER)]
    kind = truth[truth["label"] == "source"].drop_duplicates("account")
    order = truth["label"].map({name: place for place, name in enumerate(_ORDER)})
    first = truth.assign(order=order).sort_values(["account", "order", "kind"])
    first = first.drop_duplicates("account")
    told = first.assign(
        label=first["label"].replace("source", ORDINARY),
        group=first["kind"],
        planted=first["kind"].map(PLANTED).where(first["label"] == PLANT),
        type=first["account"].map(kind.set_index("account")["kind"]),
    )
    told.loc[told["label"] != PLANT, list(GRADES)] = None
    said = made.dataset.accounts[["account", "role", "camp"]]
    rows = told.merge(said, on="account", how="left").reindex(columns=list(LABELS))
    return rows.astype(LABELS).sort_values("account", ignore_index=True)


def crews(made: Simulation) -> pd.DataFrame:
    """Planted members: account (the hub), member, and how many of its posts each reposts."""
    members = made.truth[made.truth["label"] == "member"]
    ties = made.dataset.of_kind("repost")
    count = (
        ties[ties["source"].isin(members["account"])]
        .astype({"source": "str", "target": "str"})
        .groupby(["target", "source"])["post"]
        .nunique()
    )
    found = members[["hub", "account"]].set_axis(["account", "member"], axis=1).astype("str")
    keys = pd.MultiIndex.from_frame(found)
    reposts = count.reindex(keys, fill_value=0).to_numpy()
    return found.assign(reposts=reposts).drop_duplicates().reset_index(drop=True)
