"""Columns that research tools write: ids, handles, lists in a cell; and the posts they make."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from kznet.codes import map_distinct
from kznet.loaders._columns import cells
from kznet.loaders._ids import exact, imprecise, is_namespaced, namespaced
from kznet.loaders._messages import Messages, part_of, with_table
from kznet.loaders._options import Options
from kznet.loaders._part import Part, counted, set_aside, stacked, table
from kznet.loaders._table import Table
from kznet.loaders._tables import once

_HANDLE: Final = r"[\w.\-]{1,64}"
_LINK: Final = r"^https?://[^/]+/@?(?P<name>[^/?#]+)"


class Listed(NamedTuple):
    """Whom, or what, the cells of a column name: positions of their rows, and the names."""

    by: np.ndarray
    what: pd.Series

    def under(self, change: Callable[[pd.Series], pd.Series]) -> "Listed":
        """Names as ids, by a function of a column of names."""
        return self._replace(what=change(self.what))


@dataclass(frozen=True, eq=False)
class Said:
    """What the rows of a table say.

    `columns` and `reposts` are those of `Messages`, `clock` the file's column of times, `ids` the
    cells whose digits may be lost; `notes` are counted in the report, `warnings` stand in it.
    """

    columns: Mapping[str, pd.Series]
    clock: str = ""
    reposts: np.ndarray | None = None
    mentions: Sequence[Listed] = ()
    accounts: Sequence[pd.DataFrame] = ()
    ids: Sequence[pd.Series] = ()
    notes: Sequence[tuple[str, int]] = ()
    warnings: tuple[str, ...] = ()


def part_said(rows: Table, said: Said, options: Options, *, place: str = "") -> Part:
    """Make a part of what the rows of a table say, each of which is a post or a share."""
    messages = Messages(
        columns=said.columns,
        lines=rows.lines,
        reposts=said.reposts,
        mentioned_by=np.concatenate([each.by for each in (_NOBODY, *said.mentions)]),
        mentioned=pd.concat([each.what for each in (_NOBODY, *said.mentions)]),
    )
    part, _ = part_of(messages, options, place=place, scale=rows.scales.get(said.clock))
    lost = sum(imprecise(each) for each in said.ids)
    notes = counted([*said.notes, ("id precision lost", lost)])
    warnings = (*said.warnings, *part.warnings, *notes)
    return with_table(replace(part, warnings=warnings), rows, said.accounts)


def first_of(frame: pd.DataFrame, *names: str) -> pd.Series:
    """Cells of the first of these columns that says something; missing where none does."""
    result = pd.Series(pd.NA, index=frame.index, dtype="str")
    for name in names:
        if name in frame.columns:
            result = result.fillna(cells(frame[name]))
    return result


def wording(frame: pd.DataFrame, *names: str) -> pd.Series:
    """Text of posts as it is, of the first of these columns that there is."""
    for name in names:
        if name in frame.columns:
            text = frame[name].astype("str")
            return text.mask(text == "")
    return pd.Series(pd.NA, index=frame.index, dtype="str")


def under(platform: str, raw: pd.Series) -> pd.Series:
    """Ids under a platform; missing where digits are lost."""
    return namespaced(exact(raw), platform)


def handles(platform: str, raw: pd.Series) -> pd.Series:
    """Ids of accounts of which the handle is known; missing where a cell can be none."""

    def change(names: pd.Series) -> pd.Series:
        plain = names.str.lstrip("@").str.lower()
        return (f"{platform}:@" + plain).where(plain.str.fullmatch(_HANDLE, na=False))

    return map_distinct(raw, change)


def named(platform: str, raw: pd.Series) -> pd.Series:
    """Ids of accounts that are named by number, by handle or by a link to them."""
    plain = exact(raw)
    plain = groups(plain, _LINK)["name"].fillna(plain)
    whole = plain.str.fullmatch("[0-9]+", na=False) | is_namespaced(plain)
    return namespaced(plain.where(whole), platform).fillna(handles(platform, plain.mask(whole)))


def each_as(words: pd.Series, change: Callable[[str], str | None]) -> pd.Series:
    """What a function of one word makes of each distinct cell."""
    return map_distinct(words, lambda distinct: distinct.map(change))


def listed(column: pd.Series, separator: str = ",") -> Listed:
    """Values of the lists that the cells of a column hold."""
    filled = np.flatnonzero(column.notna())
    lists = pc.split_pattern(pa.array(column.take(filled), type=pa.large_string()), separator)
    by = filled[pc.list_parent_indices(lists).to_numpy()]
    values = cells(pd.Series(pc.list_flatten(lists).to_pandas(), dtype="str"))
    said = values.notna().to_numpy()
    return Listed(by[said], values[said].reset_index(drop=True))


def found(text: pd.Series, pattern: str, *, sign: str) -> Listed:
    """What the first group of a pattern matches in the texts; `sign` is in every match."""
    values = text[text.str.contains(sign, regex=False, na=False)]
    matched = values.str.extractall(pattern)[0].astype("str")
    by = matched.index.get_level_values(0).to_numpy(dtype=np.int64)
    return Listed(by, matched.reset_index(drop=True))


def groups(text: pd.Series, pattern: str) -> pd.DataFrame:
    """What the named groups of a pattern (RE2) match in each text; missing where they don't.

    Many times as quick as `Series.str.extract`.
    """
    matched = pc.extract_regex(pa.array(text, type=pa.large_string()), pattern)
    names = [field.name for field in matched.type]
    columns = {
        name: pd.Series(pc.struct_field(matched, [i]).to_pandas(), dtype="str").array
        for i, name in enumerate(names)
    }
    frame = pd.DataFrame(columns, index=text.index)
    return frame.mask(frame == "")


def known(columns: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Rows of accounts, each said once, without those that have no id."""
    account = columns["account"]
    rows = table("accounts", columns, index=account.index)[account.notna()]
    return once(rows.drop_duplicates(), "account")


def without(rows: Table, wrong: pd.Series, reason: str, shown: pd.Series) -> Table:
    """The table less the rows that are wrong, which are set aside with the reason."""
    bad = wrong.to_numpy()
    if not bad.any():
        return rows
    aside = set_aside(rows.lines[bad], reason, shown[bad].array)
    return replace(
        rows,
        frame=rows.frame[~bad].reset_index(drop=True),
        lines=rows.lines[~bad],
        aside=stacked([rows.aside, aside], aside),
    )


_NOBODY: Final = Listed(np.zeros(0, dtype=np.int64), pd.Series(dtype="str"))
