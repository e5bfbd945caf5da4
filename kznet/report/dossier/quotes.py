"""What the posts behind a call say, as far as that may be passed on."""

import re
from typing import Final

import pandas as pd

from kznet.analysis import Analysis
from kznet.report.markup import clean

_LONGEST: Final = 420
_SOMEONE: Final = re.compile(r"(?<![\w@])@[\w.]+")


def quotes(whole: Analysis, *, everyone: bool = False) -> pd.DataFrame:
    """Time and text of the posts in evidence that public accounts wrote, one row a post.

    Bios, texts and times of private people are nobody's business: their posts are left out, and
    who is addressed in a text is left blank. `whole` is the analysis before it was made
    shareable; with `everyone` the analyst has chosen to name all.

    Returns
    -------
    DataFrame
        Index `post`; columns `time` (UTC) and `text`, cleaned and cut.
    """
    data = whole.dataset
    public = data.accounts["account"] if everyone else data.accounts.loc[data.public, "account"]
    cited = whole.evidence.loc[whole.evidence["account"].isin(public), "post"]
    posts = data.posts[data.posts["post"].isin(cited) & data.posts["account"].isin(public)]
    texts = pd.Series([_shown(text) for text in posts["text"]], index=posts.index, dtype="str")
    return posts.assign(text=texts).set_index("post")[["time", "text"]].sort_index()


def nothing_quoted() -> pd.DataFrame:
    """Return the same without a row."""
    return pd.DataFrame({"time": [], "text": []}, index=pd.Index([], name="post", dtype="str"))


def _shown(text: object) -> str:
    return _SOMEONE.sub("@…", clean(text, longest=_LONGEST))
