"""Which posts link to a confirmed official account, and which to nothing but their own page."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.links import links

_URL: Final = r"((?:https?://|www\.|t\.me/)[^\s<>\"'|]+)"
_DEEPEST: Final = 6
_LOCAL: Final = ("mention", "quote")


@dataclass(frozen=True, eq=False)
class Citations:
    """What posts lead to, shape (posts,).

    `cites` marks posts that link to, mention or quote a confirmed account that is not their
    author; `own` those that link to their author's page and cite nobody.
    """

    cites: np.ndarray
    own: np.ndarray


def citations(
    data: Dataset, asked: np.ndarray, confirmed: np.ndarray, official: pd.Series
) -> Citations:
    """Follow the links of posts.

    Parameters
    ----------
    data
        Posts with links or texts; mentions and quotes with the id of the post that makes them.
    asked
        Whose posts are looked at, bool, shape (accounts,).
    confirmed
        Which accounts are confirmed, bool, shape (accounts,).
    official
        Official page of each account, where known beside its profile, shape (accounts,).
    """
    post, page = _linked(data, asked)
    where = _pages(data.accounts, official, confirmed | asked)
    hits = _longest(page, where)
    author, leads = data.authors[post[hits["row"]]], hits["account"].to_numpy()
    mine = pd.Series(author == leads).groupby(hits["row"].to_numpy()).transform("any").to_numpy()
    cites = np.isin(np.arange(len(data.posts)), _named(data, asked, confirmed))
    cites[post[hits["row"][~mine & confirmed[leads]]]] = True
    own = np.zeros(len(data.posts), dtype=bool)
    own[post[hits["row"][mine]]] = True
    return Citations(cites, own & ~cites)


def _linked(data: Dataset, asked: np.ndarray) -> tuple[np.ndarray, pd.Series]:
    """Positions of posts, and the pages that they link to, a row a link."""
    mine = np.append(asked, False)[data.authors]
    posts = data.posts[mine]
    text = posts["text"].where(posts["links"].isna()).str.extractall(_URL, flags=2)[0]
    listed = posts["links"].dropna().str.split().explode()
    found = pd.concat([listed, text.droplevel(1)]).dropna()
    return found.index.to_numpy(dtype=np.int64), _page(found.astype("str")).reset_index(drop=True)


def _page(address: pd.Series) -> pd.Series:
    """One spelling for what leads to the same page: no scheme, query, language or case."""
    plain = address.str.lower().str.replace(r"^https?://", "", regex=True)
    plain = plain.str.replace(r"^(?:www|m|mobile)\.", "", regex=True)
    plain = plain.str.replace(r"^twitter\.com/", "x.com/", regex=True)
    plain = plain.str.replace(r"^(?:telegram\.me|t\.me)/(?:s/)?", "t.me/", regex=True)
    return plain.str.replace(r"[?#].*$", "", regex=True).str.rstrip("/.,;:!)»")


def _pages(accounts: pd.DataFrame, official: pd.Series, wanted: np.ndarray) -> pd.DataFrame:
    """Every page that stands for one of the wanted accounts: its profile, its site, its id."""
    every = [links(accounts), official, accounts["account"]]
    ways = [pd.DataFrame({"page": _page(way[wanted].dropna().astype("str"))}) for way in every]
    known = pd.concat(ways).rename_axis("account").reset_index()
    return known[known["page"] != ""].drop_duplicates(ignore_index=True)


def _longest(page: pd.Series, where: pd.DataFrame) -> pd.DataFrame:
    """Accounts whose page a link leads to or below, by the longest page that fits; row, account."""
    open_rows, found = page, [pd.DataFrame({"row": [], "account": []}, dtype=np.int64)]
    for depth in range(_DEEPEST, 0, -1):
        start = open_rows.str.extract(f"^((?:[^/]+/){{{depth - 1}}}[^/]+)", expand=False)
        fits = start[start.isin(where["page"])].rename("page").rename_axis("row").reset_index()
        found.append(fits.merge(where, on="page")[["row", "account"]])
        open_rows = open_rows.drop(fits["row"])
    return pd.concat(found, ignore_index=True)


def _named(data: Dataset, asked: np.ndarray, confirmed: np.ndarray) -> np.ndarray:
    """Positions of posts that mention or quote a confirmed account, by the ids in the ties."""
    ties = data.of_kind(*_LOCAL)
    source, target = (ties[end].cat.codes.to_numpy(np.int64) for end in ("source", "target"))
    kept = asked[source] & (target >= 0) & (source != target)
    kept &= np.append(confirmed, False)[target]
    ids = pd.Index(data.posts["post"])
    found = []
    for column in ("content", "post"):
        at = ids.get_indexer(pd.Index(ties[column].astype("str")[kept]))
        found.append(at[(at >= 0) & (np.append(data.authors, -1)[at] == source[kept])])
    return np.unique(np.concatenate(found))
