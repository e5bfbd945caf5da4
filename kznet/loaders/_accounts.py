"""Rows of a table of accounts or of a graph's nodes, whatever its headers are called."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from kznet.loaders._clean import counts, flags, stamps
from kznet.loaders._columns import Aliases, cells, words
from kznet.loaders._ids import canonical_platform, imprecise, namespaced
from kznet.loaders._options import Options
from kznet.loaders._part import Part, Warned, counted, set_aside, stacked, table
from kznet.loaders._roles import roles_of
from kznet.loaders._table import Table

ACCOUNT_COLUMNS: Final[Aliases] = {
    "account": words(
        "account account_id user_id userid аккаунт учетная_запись id_аккаунта тіркелгі "
        "есептік_жазба аккаунт_id"
    ),
    "id": words("id айди ид идентификатор native_id сәйкестендіргіш"),
    "handle": words(
        "handle username user_name screen_name handle_or_id ник никнейм юзернейм логин "
        "имя_пользователя пайдаланушы_аты лақап_аты"
    ),
    "platform": words("platform network платформа соцсеть сеть желі әлеуметтік_желі"),
    "name": words("name title display_name label full_name имя название наименование аты атауы"),
    "role": words("role роль рөл рөлі"),
    "camp": words("camp party side лагерь партия сторона лагері партия_атауы партиясы"),
    "entity": words("entity organisation organization организация субъект лицо ұйым тұлға"),
    "staff_of": words("staff_of works_for employer workplace место_работы работодатель жұмыс_орны"),
    "followers": words(
        "followers followers_count subscribers members подписчики подписчиков "
        "число_подписчиков количество_подписчиков жазылушылар жазылушылар_саны"
    ),
    "bio": words("bio description about описание сипаттама сипаттамасы"),
    "url": words("url link ссылка сілтеме"),
    "created": words("created created_at создан құрылған"),
    "verified": words("verified подтвержден верифицирован расталған"),
}
_TEXTS: Final = ("handle", "name", "camp", "entity", "staff_of", "bio", "url")


def attributes(
    rows: Table, columns: Mapping[str, str], tz: str
) -> tuple[dict[str, pd.Series], tuple[Warned, ...]]:
    """What a table says of each account, in the types of the schema; and what was doubtful."""
    frame = rows.frame
    known: dict[str, pd.Series] = {
        name: cells(frame[columns[name]]) for name in _TEXTS if name in columns
    }
    notes: list[tuple[str, int]] = []
    if "handle" in known:
        known["handle"] = known["handle"].str.lstrip("@")
    if "platform" in columns:
        known["platform"] = (
            cells(frame[columns["platform"]])
            .str.lower()
            .map(canonical_platform, na_action="ignore")
        )
    if "role" in columns:
        known["role"], unknown = roles_of(cells(frame[columns["role"]]))
        words = ", ".join(list(unknown)[:5])
        notes.append((f"roles that are not known count as other ({words})", sum(unknown.values())))
    if "followers" in columns:
        known["followers"], unread = counts(frame[columns["followers"]])
        notes.append(("followers that are no number", unread))
    if "created" in columns:
        created = stamps(frame[columns["created"]], tz)
        known["created"] = created.utc
        notes.append(("created: times not understood", int(created.bad.sum())))
        notes.append((f"created: time zone assumed to be {tz}", created.naive))
    if "verified" in columns:
        known["verified"] = flags(frame[columns["verified"]])
    return known, counted(notes)


def accounts_of(
    rows: Table, columns: Mapping[str, str], options: Options, *, place: str = ""
) -> Part:
    """Read the accounts of a table whose columns are named in terms of `ACCOUNT_COLUMNS`."""
    key = columns.get("account", columns.get("id", ""))
    raw = cells(rows.frame[key])
    ids = namespaced(raw, options.platform)
    known, warnings = attributes(rows, columns, options.tz)
    good = ids.notna()
    accounts = table("accounts", known | {"account": ids}, index=rows.frame.index)[good]
    shown = known.get("name", raw)
    aside = set_aside(rows.lines[~good], "no account id", shown[~good].array, place=place)
    lost = counted([("id precision lost", imprecise(raw))])
    return Part(
        rows=rows.rows,
        used=int(good.sum()),
        accounts=accounts.reset_index(drop=True),
        aside=stacked([rows.aside, aside], aside),
        warnings=rows.warnings + warnings + lost,
        place=place,
    )
