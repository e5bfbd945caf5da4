"""What was measured, as a table: medians of each side beside the budget."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

Budget = Callable[[int], float]
MEASURES: Final[Mapping[str, tuple[str, Budget | None]]] = {
    "requests": ("requests to the outside", lambda _: 0),
    "errors": ("console errors", lambda _: 0),
    "policy": ("content security policy (1 = yes)", None),
    "first_draw": ("first complete drawing, s", lambda n: 2 if n <= 400 else 3),
    "filter": ("filter by role, ms", lambda n: 300 if n <= 400 else 600),
    "pan": ("pan, CPU ms a frame", lambda n: 50 if n <= 400 else 120),
    "heap": ("JavaScript heap, MB", lambda _: 30),
    "size": ("file, MB", lambda n: min(0.75 + 0.0005 * n, 3)),
    "write": ("select, lay out and render the map, 20,000 accounts, CPU s", lambda _: 10),
    "layout": ("lay out all 20,000 accounts and 60,000 ties, CPU s", lambda _: 10),
}


def table(readings: pd.DataFrame) -> pd.DataFrame:
    """One row a number of accounts and measure; one column a side with its median.

    Parameters
    ----------
    readings
        accounts, side, measure, value: one row a reading, NaN where nothing was drawn in time.
    """
    wide = readings.pivot_table(
        index=["accounts", "measure"], columns="side", values="value", aggfunc="median", sort=False
    )
    wide = wide.reindex(columns=list(readings["side"].unique())).reset_index()
    budgets = wide.apply(lambda row: _budget(row["measure"], row["accounts"]), axis=1)
    wide = wide.assign(budget=budgets, of_budget=wide["kznet"] / budgets)
    place = {measure: i for i, measure in enumerate(MEASURES)}
    order = [wide["accounts"], wide["measure"].map(place)]
    return wide.iloc[np.lexsort(order[::-1])].reset_index(drop=True)


def markdown(found: pd.DataFrame) -> str:
    """Return the table as Markdown."""
    sides = [
        str(name) for name in found if name not in ("accounts", "measure", "budget", "of_budget")
    ]
    rows = [["accounts", "measure", *sides, "budget", "of budget"]]
    for row in found.to_dict("records"):
        cells = [_figure(row[side]) for side in sides]
        told = f"{row['of_budget']:.0%}" if row["budget"] > 0 else ""
        budget = "" if pd.isna(row["budget"]) else _figure(row["budget"])
        rows.append([f"{row['accounts']:,}", MEASURES[row["measure"]][0], *cells, budget, told])
    return "\n".join([_line(rows[0]), _line(["---"] * len(rows[0])), *map(_line, rows[1:])])


def _budget(measure: str, accounts: int) -> float:
    bound = MEASURES[measure][1]
    return float("nan") if bound is None else float(bound(accounts))


def _figure(value: float) -> str:
    return "–" if pd.isna(value) else f"{value:.3g}"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
