"""All parts as one: ids unified, labels added, repeats left out, everything counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kznet.dataset import empty
from kznet.loaders._identity import name_only, unified
from kznet.loaders._labels import Labels, labelled
from kznet.loaders._part import Part, counted, no_ties, nothing_aside, set_aside, stacked, worded
from kznet.loaders._resolution import with_resolution
from kznet.loaders._staff import with_employers
from kznet.loaders._tables import Tables, coded, once, repeats, with_authors, with_every_account
from kznet.provenance import FileReport


@dataclass(frozen=True, eq=False)
class Merged:
    """The tables of all parts, and what became of each part and each table of labels.

    `ties` keeps the column `part`; `aside` and `labels_aside` go by part and by table of labels;
    `resolution` is the unit of the stamps of each part that has some, in seconds.
    """

    tables: Tables
    aside: Sequence[pd.DataFrame]
    resolution: Mapping[int, float]
    aliases: pd.DataFrame
    labels: Sequence[FileReport]
    labels_aside: Sequence[pd.DataFrame]
    warnings: tuple[str, ...]


def merge(parts: Sequence[Part], labels: Sequence[Labels]) -> Merged:
    """Merge what the files gave; the order of rows, and of files, does not matter."""
    tables = with_every_account(_together(parts))
    by_name = int(name_only(tables.ties).sum())
    tables, aliases = unified(tables)
    reports: list[FileReport] = []
    labels_aside: list[pd.DataFrame] = []
    for table in labels:
        accounts, report, aside = labelled(tables.accounts, table)
        tables = tables._replace(accounts=accounts)
        reports.append(report)
        labels_aside.append(aside)
    tables, late = unified(tables)
    tables = with_authors(tables._replace(accounts=with_employers(tables.accounts)))
    unmatched = int(name_only(tables.ties).sum())
    again = repeats(tables.ties)
    repeated = tables.ties[again]
    ties, units = with_resolution(tables.ties)
    tables = tables._replace(ties=ties[~again].reset_index(drop=True))
    return Merged(
        tables=tables,
        aside=[
            stacked([part.aside, _said_again(repeated, i, part)], nothing_aside())
            for i, part in enumerate(parts)
        ],
        resolution=units,
        aliases=stacked([aliases, late], aliases),
        labels=reports,
        labels_aside=labels_aside,
        warnings=worded(
            (
                *_name_rate(by_name, unmatched),
                *counted(
                    [
                        ("ids found to be another id's account", len(aliases) + len(late)),
                        ("ties that repeat another row, counted once", len(repeated)),
                    ]
                ),
            )
        ),
    )


def _together(parts: Sequence[Part]) -> Tables:
    ties = [part.ties.assign(part=i) for i, part in enumerate(parts)]
    return Tables(
        accounts=once(stacked([part.accounts for part in parts], empty("accounts")), "account"),
        ties=coded(stacked(ties, no_ties().assign(part=0))),
        posts=once(stacked([part.posts for part in parts], empty("posts")), "post"),
    )


def _said_again(repeated: pd.DataFrame, number: int, part: Part) -> pd.DataFrame:
    """Rows of one part that repeat another, as rows set aside."""
    rows = repeated[repeated["part"] == number].sort_values("line", kind="stable")
    follow = (rows["kind"] == "follow").to_numpy()
    pair = rows["source"].astype("str") + " → " + rows["target"].astype("str").fillna("")
    value = np.where(follow, pair.to_numpy(), rows["content"].to_numpy())
    reason = np.where(follow, "repeated follow", "repeated share")
    return set_aside(rows["line"].to_numpy(), reason, value, place=part.place)


def _name_rate(by_name: int, unmatched: int) -> tuple[str, ...]:
    if not by_name:
        return ()
    matched = by_name - unmatched
    rate = f"{matched:,} of {by_name:,} ({matched / by_name:.0%})"
    return (f"ties to an account known by name alone, matched to a channel in the data: {rate}",)
