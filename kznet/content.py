"""What each post is on and what it is for, so that an analyst can check the lexicon."""

import numpy as np
import pandas as pd

from kznet.lexicon import CATEGORIES, UNKNOWN, Lexicon, judged
from kznet.topics import NONE, topics


def content_table(
    posts: pd.DataFrame, *, lexicon: Lexicon | None = None, seed: int = 0
) -> pd.DataFrame:
    """Topic and category of each post, with what decided the category.

    Parameters
    ----------
    posts
        The posts of a dataset.
    lexicon
        The shipped one where none is given.
    seed
        Of topics that have to be found in texts.

    Returns
    -------
    DataFrame
        post, account, topic (a label, or the heaviest words of the topic; missing where there is
        none), category (missing where a post has neither text nor label), words (the label, or
        at most five terms of the lexicon that are in the text), text.
    """
    found = topics(posts, seed=seed)
    category, words = judged(posts, lexicon=lexicon)
    named = np.array([*found.names, None], dtype=object)
    known = np.array([*CATEGORIES, None], dtype=object)
    return posts[["post", "account"]].assign(
        topic=pd.Series(named[np.where(found.number == NONE, -1, found.number)], posts.index),
        category=pd.Series(known[np.where(category == UNKNOWN, -1, category)], posts.index),
        words=words,
        text=posts["text"],
    )
