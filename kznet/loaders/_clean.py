"""Columns of text as times, weights, counts and flags, with a note of what could not be read."""

from dataclasses import dataclass
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from kznet.loaders._columns import cells
from kznet.times import UTC_DTYPE

_NUMBER: Final = r"^-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?$"
_ZONE: Final = r":[0-9]{2}(?:\.[0-9]+)?[ ]*(?:[Zz]|UTC|[+-][0-9]{2}:?(?:[0-9]{2})?)$"
_DAY_FIRST: Final = r"^([0-9]{2})\.([0-9]{2})\.([0-9]{4})"
_EPOCH_UNITS: Final = ((1e11, 1e6), (1e14, 1e3), (1e17, 1.0), (np.inf, 1e-3))
_YEAR: Final = 365.25 * 86400 * 1e6
_LATEST: Final = 230 * _YEAR
_MODERN: Final = 25 * _YEAR
_EARLIEST_OF_MODERN: Final = 20 * _YEAR
_TRUE: Final = frozenset(["true", "1", "yes", "да", "иә", "t", "y", "1.0"])
_FALSE: Final = frozenset(["false", "0", "no", "нет", "жоқ", "f", "n", "0.0"])


class Epochs(NamedTuple):
    """How many microseconds one unit of a column of epochs is, and from when on they may be."""

    unit: float
    earliest: float


@dataclass(frozen=True, eq=False)
class Stamps:
    """Times; `bad` marks cells that are no time, `naive` counts those without a zone."""

    utc: pd.Series
    bad: pd.Series
    naive: int


def stamps(raw: pd.Series, tz: str, *, scale: Epochs | None = None) -> Stamps:
    """Read a column of times: epochs of any unit, ISO stamps with or without a zone.

    The unit of epochs is decided by the magnitude of the whole column, never cell by cell; a
    column that comes in pieces hands on the `scale` of its first (see `epoch_scale`).
    """
    if isinstance(raw.dtype, pd.DatetimeTZDtype):
        return Stamps(raw.astype(UTC_DTYPE), pd.Series(data=False, index=raw.index), 0)
    text = cells(raw)
    number = numbers(text)
    stamp = text[number.isna() & text.notna()]
    zoned = stamp.str.contains(_ZONE, na=False)
    values = _epochs(number, scale or _scale(number))
    values = values.fillna(_iso(stamp[zoned]))
    values = values.fillna(_local(_iso(stamp[~zoned]), tz))
    values = _plausible(values, scale)
    naive = int(values[stamp[~zoned].index].notna().sum())
    return Stamps(values, text.notna() & values.isna(), naive)


def numbers(text: pd.Series) -> pd.Series:
    """Plain numbers of a column as floats; missing where a cell is none or is too large."""
    if text.dtype != "str":
        return text.astype("float64")
    if text.isna().all():
        return pd.Series(np.nan, index=text.index)
    plain = text.where(text.str.contains(_NUMBER, na=False))
    cast = pc.cast(pa.array(plain, type=pa.large_string()), pa.float64())
    values = pd.Series(cast.to_numpy(zero_copy_only=False), index=text.index, dtype="float64")
    return values.where(values.abs() < np.inf)


def weights(raw: pd.Series, decimal: str) -> tuple[pd.Series, pd.Series]:
    """Weights, 1 where a cell is empty; and which cells are no number of at least 0."""
    if raw.isna().all():
        return pd.Series(1.0, index=raw.index), pd.Series(data=False, index=raw.index)
    text = cells(raw)
    written = text.str.replace(",", ".", regex=False) if decimal == "," else text
    values = numbers(written)
    bad = text.notna() & (values.isna() | values.lt(0))
    return values.fillna(1.0), bad


def counts(raw: pd.Series) -> tuple[pd.Series, int]:
    """Whole numbers of at least 0, "1,234" among them; and how many cells were none."""
    text = cells(raw)
    values = numbers(text.str.replace("[ ,\u00a0\u202f]", "", regex=True)).round()
    unread = text.notna() & values.isna()
    within = values.between(0, 2.0**53)
    return values.where(within).astype("Int64"), int(unread.sum())


def flags(raw: pd.Series) -> pd.Series:
    """Yes and no as booleans; missing where a cell is neither."""
    text = cells(raw).str.lower()
    answer = pd.Series(pd.NA, index=raw.index, dtype="boolean")
    return answer.mask(text.isin(_TRUE), other=True).mask(text.isin(_FALSE), other=False)


def epoch_scale(text: pd.Series) -> Epochs | None:
    """Unit of a column of epochs, by its magnitude; None where it holds no number."""
    return _scale(numbers(text)) if text.dtype == "str" else None


def _scale(number: pd.Series) -> Epochs | None:
    """Take seconds, milliseconds, microseconds or nanoseconds by the median."""
    typical = float(number.abs().median())
    unit = next((scale for limit, scale in _EPOCH_UNITS if typical < limit), None)
    if unit is None:
        return None
    modern = _MODERN < typical * unit <= _LATEST
    return Epochs(unit, _EARLIEST_OF_MODERN if modern else 0.0)


def _epochs(number: pd.Series, scale: Epochs | None) -> pd.Series:
    if scale is None or number.isna().all():
        return pd.Series(pd.NaT, index=number.index, dtype=UTC_DTYPE)
    micro = number * scale.unit
    micro = micro.where(micro.between(0, _LATEST))
    whole = micro.round().astype("Int64")
    return pd.to_datetime(whole, unit="us", utc=True).astype(UTC_DTYPE)


def _iso(text: pd.Series) -> pd.Series:
    """ISO stamps as UTC, and day.month.year as spreadsheets here write it."""
    plain = text.str.replace(r"[ ]*UTC$", "Z", regex=True)
    plain = plain.str.replace(_DAY_FIRST, r"\3-\2-\1", regex=True)
    parsed = pd.to_datetime(plain, format="ISO8601", utc=True, errors="coerce")
    return parsed.astype(UTC_DTYPE)


def _local(values: pd.Series, tz: str) -> pd.Series:
    """Wall-clock times of a zone as UTC; an hour that came twice is taken the first time."""
    first = np.ones(len(values), dtype=bool)
    wall = values.dt.tz_localize(None)
    zone = ZoneInfo(tz)
    placed = wall.dt.tz_localize(zone, ambiguous=first, nonexistent="shift_forward")
    moved: pd.Series = placed.dt.tz_convert("UTC").astype(UTC_DTYPE)
    return moved


def _plausible(values: pd.Series, scale: Epochs | None) -> pd.Series:
    """Drop zeros and ones among modern stamps: they stand for "never", not for 1970."""
    micro = values.dropna().to_numpy(dtype="datetime64[us]").astype(np.int64)
    if not len(micro):
        return values
    floor = _EARLIEST_OF_MODERN if np.median(micro) > _MODERN else 0.0
    earliest = floor if scale is None else scale.earliest
    inside = values.between(*pd.to_datetime([earliest, _LATEST], unit="us", utc=True))
    return values.where(inside)
