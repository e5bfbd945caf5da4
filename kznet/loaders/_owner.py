"""Whose lists an export holds, where another file of the same export says it.

Lists of followers seldom name their owner; another file does. Until all files are there, a
stand-in takes the owner's place, and the file that knows the owner gives a mark.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

import pandas as pd

from kznet.codes import distinct, is_coded
from kznet.loaders._part import Part, set_aside, stacked
from kznet.loaders._report import Reading

Read = Callable[[str], str | None]

_READERS: Final[dict[str, Read]] = {}
_STAND_IN: Final = "owner-of-this-export"
AS_GIVEN: Final = "whose list it is was taken from --source-account"
UNKNOWN_OWNER: Final = (
    "the list does not say whose it is: give the file of the same export that does, "
    "or --source-account"
)


def stand_in(platform: str, *, read: Read | None = None) -> str:
    """Id in the owner's place; `read` understands the name that a person may give instead.

    >>> stand_in("x")
    'x:owner-of-this-export'
    """
    if read is not None:
        _READERS[platform] = read
    return f"{platform}:{_STAND_IN}"


def owner_mark(account: str) -> str:
    """Id under which a file gives the account that owns the export.

    >>> owner_mark("x:17"), owner_mark("instagram:@primer")
    ('x:owner-of-this-export:17', 'instagram:owner-of-this-export:@primer')
    """
    platform, _, native = account.partition(":")
    return f"{stand_in(platform)}:{native}"


def owned(files: Sequence[Reading], *, given: str | None) -> list[Reading]:
    """Put owners in the place of their stand-ins; ties of owners nobody names are set aside.

    The owner is the one that a file names; of several, the one named by the file that lies
    nearest. Where no file says it, it is the one that was `given`.
    """
    marks = [(file.name, mark) for file in files for mark in _marks(file.part)]
    return [
        replace(file, part=_owned(file.name, file.part, marks, given))
        if _concerned(file.part)
        else file
        for file in files
    ]


def _concerned(part: Part) -> bool:
    columns = [
        part.accounts["account"],
        part.posts["account"],
        part.ties["source"],
        part.ties["target"],
    ]
    ids = [distinct(column) if is_coded(column) else column for column in columns]
    return any(bool(each.str.contains(f":{_STAND_IN}", regex=False).any()) for each in ids)


def _marks(part: Part) -> list[str]:
    ids = part.accounts["account"]
    return sorted(set(ids[ids.str.contains(f":{_STAND_IN}:", na=False)]))


def _owned(name: str, part: Part, marks: Sequence[tuple[str, str]], given: str | None) -> Part:
    names = {mark: mark.replace(f"{_STAND_IN}:", "", 1) for _, mark in marks}
    warnings = part.warnings
    for platform, read in _READERS.items():
        here = [each for each in marks if each[1].startswith(f"{platform}:")]
        nearest = _nearest(name, here) if here else None
        told = None if here or given is None else read(given)
        if nearest is not None:
            names[stand_in(platform)] = names[nearest]
        elif told is not None and _has(part, stand_in(platform)):
            names[stand_in(platform)] = told
            warnings = (*warnings, AS_GIVEN)
    ties = part.ties.assign(
        source=_renamed(part.ties["source"], names), target=_renamed(part.ties["target"], names)
    )
    lost = _stands_in(ties["source"]) | _stands_in(ties["target"])
    listed = ties["target"].where(_stands_in(ties["source"]), ties["source"])[lost]
    accounts = part.accounts.assign(account=_renamed(part.accounts["account"], names))
    author = _renamed(part.posts["account"], names)
    aside = set_aside(ties["line"][lost].to_numpy(), UNKNOWN_OWNER, listed.array, place=part.place)
    return replace(
        part,
        used=part.used - (0 if len(part.posts) else _given_up(ties, lost)),
        accounts=accounts[~_stands_in(accounts["account"])].reset_index(drop=True),
        ties=ties[~lost].reset_index(drop=True),
        posts=part.posts.assign(account=author.mask(_stands_in(author))),
        aside=stacked([part.aside, aside], part.aside),
        warnings=warnings,
    )


def _has(part: Part, account: str) -> bool:
    columns = (part.ties["source"], part.ties["target"], part.posts["account"])
    return any(bool((column == account).any()) for column in columns)


def _given_up(ties: pd.DataFrame, lost: pd.Series) -> int:
    """How many rows gave nothing but ties that are lost."""
    left = ties["line"][lost]
    return int(left[~left.isin(ties["line"][~lost])].nunique())


def _renamed(ids: pd.Series, names: dict[str, str]) -> pd.Series:
    return ids.map(names).astype("str").fillna(ids)


def _stands_in(ids: pd.Series) -> pd.Series:
    return ids.str.endswith(f":{_STAND_IN}").fillna(value=False).astype(bool)


def _nearest(name: str, marks: Sequence[tuple[str, str]]) -> str | None:
    """Give the mark of the file with which a file shares most folders, if that is but one."""
    shared = {mark: 0 for _, mark in marks}
    for other, mark in marks:
        steps = zip(
            PurePosixPath(name).parent.parts, PurePosixPath(other).parent.parts, strict=False
        )
        near = 0
        for one, two in steps:
            if one != two:
                break
            near += 1
        shared[mark] = max(shared[mark], near)
    most = [mark for mark, near in shared.items() if near == max(shared.values())]
    return most[0] if len(most) == 1 else None
