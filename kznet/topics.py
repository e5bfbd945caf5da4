"""What posts are on: a label of the data, else topics found in their words.

Topics serve to compare accounts that write on the same things, no more: which posts speak for an
account's own interest is for the lexicon to say.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, diags_array, hstack

from kznet.texts import Words, content, words

Basis = Literal["label", "text", "none"]
NONE: Final = -1
_URL: Final = r"(?:https?://|www\.)\S+|[@#]\S+"
_LABELLED: Final = 0.5
_FEWEST: Final = 3
_MOST: Final = 0.5
_FEATURES: Final = 10_000
_GRAMS: Final = (3, 4, 5)
_SAMPLE: Final = 10_000
_PIECE: Final = 20_000
_POSTS_A_TOPIC: Final = 10
_ROUNDS: Final = 60
_TINY: Final = 1e-12
_SHOWN: Final = 4


@dataclass(frozen=True, eq=False)
class Topics:
    """Topic of each post.

    `number` has shape (posts,): a position in `names`, or `NONE` where the post has no label or
    no known word. `names` are the labels, or the heaviest words of each found topic. `basis`
    says which of the two.
    """

    number: np.ndarray
    names: tuple[str, ...]
    basis: Basis


def topics(posts: pd.DataFrame, *, number: int = 20, seed: int = 0) -> Topics:
    """Take topics from the column `topic`, or find them in the texts where few posts have one.

    Labels are used where at least half of the posts that say anything have one. Otherwise words
    and parts of words (of 3 to 5 letters, so that the endings of Russian and Kazakh matter
    less) are weighted by TF-IDF and factorised into `number` topics (fewer where posts are few)
    by non-negative matrix factorisation, fitted on at most 10,000 posts; each post belongs to
    the topic with the largest part in it. Languages tend to be topics of their own.

    Parameters
    ----------
    posts
        Columns `account`, `time`, `text` and `topic`, as in a dataset, sorted by id.
    number
        How many topics to find.
    seed
        Of the sample and the start of the factorisation; the same seed gives the same topics.

    References
    ----------
    Lee and Seung (1999), https://doi.org/10.1038/44565; the order of updates: Cichocki and Phan
    (2009), https://doi.org/10.1587/transfun.E92.A.708
    """
    if posts[["topic", "text"]].isna().all(axis=None):
        return Topics(np.full(len(posts), NONE), (), "none")
    label = posts["topic"].str.strip().str.casefold()
    label = label.mask(label == "")
    says = label.notna() | (posts["text"].fillna("").str.strip() != "")
    if not says.any():
        return Topics(np.full(len(posts), NONE), (), "none")
    if label.notna().sum() >= _LABELLED * says.sum():
        code, names = pd.factorize(label, sort=True)
        return Topics(code.astype(np.int64), tuple(names), "label")
    text = content(posts).str.replace(_URL, " ", regex=True)
    return _found(text.mask(text.str.strip() == ""), number, np.random.default_rng([seed, 5]))


def _found(text: pd.Series, number: int, rng: np.random.Generator) -> Topics:
    says = np.flatnonzero(text.notna())
    sampled = words(text.iloc[np.sort(rng.permutation(says)[:_SAMPLE])])
    known = features(sampled)
    weights = tfidf(sampled, known)
    usable = np.flatnonzero(np.diff(weights.indptr))
    number = min(number, len(usable) // _POSTS_A_TOPIC)
    if number < 1:
        return Topics(np.full(len(text), NONE), (), "none")
    _, parts = factorised(weights[usable], number, rng=rng)
    topic = [
        _heaviest(tfidf(words(text.iloc[begin : begin + _PIECE]), known), parts)
        for begin in range(0, len(text), _PIECE)
    ]
    first = np.argsort(-parts[:, : len(known.words)], axis=1, kind="stable")[:, :_SHOWN]
    names = tuple(" ".join(known.words[i] for i in row) for row in first)
    return Topics(np.concatenate(topic), names, "text")


def _heaviest(weights: csr_array, parts: np.ndarray) -> np.ndarray:
    """Topic with the largest part in each text; `NONE` where no word is known."""
    shares = loadings(weights, parts) * np.linalg.norm(parts, axis=1)
    return np.where(np.diff(weights.indptr) > 0, shares.argmax(axis=1), NONE)


@dataclass(frozen=True, eq=False)
class Features:
    """Words and parts of words that are counted, each kind sorted, with how rare each is."""

    words: tuple[str, ...]
    grams: tuple[str, ...]
    rarity: np.ndarray


def features(texts: Words) -> Features:
    """Choose the words and parts of words worth counting, and weigh them by rarity.

    Of each kind the 10,000 most widespread that stand in at least 3 texts and in at most half of
    them; rarity is 1 + ln((1 + texts) / (1 + texts with it)).

    References
    ----------
    Spärck Jones (1972), https://doi.org/10.1108/eb026526
    """
    counts = _counts(texts, texts.vocabulary)
    letters = [i for i, word in enumerate(texts.vocabulary) if word.isalpha()]
    pairs, grams = _grams(texts.vocabulary)
    alone, word_rarity = _worth(counts[:, letters])
    parts, gram_rarity = _worth(csr_array(counts @ pairs))
    return Features(
        tuple(texts.vocabulary[letters[i]] for i in alone),
        tuple(grams[i] for i in parts),
        np.concatenate([word_rarity, gram_rarity]),
    )


def tfidf(texts: Words, known: Features) -> csr_array:
    """Weights of the features in each text: words first, then parts, each kind to length 1.

    Returns
    -------
    csr_array of float, shape (texts, words + grams)
        (1 + ln count) · rarity, then scaled; a text without a known feature is a row of zeros.
    """
    pairs, grams = _grams(texts.vocabulary)
    at = pd.Index(known.grams).get_indexer(pd.Index(grams, dtype="str"))
    here = np.flatnonzero(at >= 0)
    moved = csr_array((np.ones(len(here)), (here, at[here])), shape=(len(grams), len(known.grams)))
    counted = _counts(texts, texts.vocabulary)
    kinds = (_counts(texts, known.words), csr_array(counted @ (pairs @ moved)))
    edge = len(known.words)
    rarity = (known.rarity[:edge], known.rarity[edge:])
    return csr_array(hstack([_scaled(*both) for both in zip(kinds, rarity, strict=True)]))


def _counts(texts: Words, columns: tuple[str, ...]) -> csr_array:
    """How often each of these words stands in each text."""
    place = pd.Index(columns, dtype="str").get_indexer(pd.Index(texts.vocabulary, dtype="str"))
    column = place[texts.word]
    kept = column >= 0
    entries = (np.ones(int(kept.sum())), (texts.text[kept], column[kept]))
    counts = csr_array(entries, shape=(texts.texts, len(columns)))
    counts.sum_duplicates()
    return counts


def _worth(counts: csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Columns worth having, ascending, and how rare each is."""
    texts = counts.shape[0]
    spread = np.bincount(counts.indices, minlength=counts.shape[1])
    fit = np.flatnonzero((spread >= _FEWEST) & (spread <= max(_MOST * texts, _FEWEST)))
    chosen = np.sort(fit[np.argsort(-spread[fit], kind="stable")[:_FEATURES]])
    return chosen, 1 + np.log((1 + texts) / (1 + spread[chosen]))


def _scaled(counts: csr_array, rarity: np.ndarray) -> csr_array:
    part = counts.copy()
    part.data = 1 + np.log(part.data)
    part = csr_array(part @ diags_array(rarity)) if len(rarity) else part
    length = np.sqrt(part.power(2).sum(axis=1))
    return csr_array(diags_array(1 / np.maximum(length, _TINY)) @ part)


def _grams(vocabulary: tuple[str, ...]) -> tuple[csr_array, tuple[str, ...]]:
    """How often each part of 3 to 5 letters stands in each word, its two ends marked."""
    pairs = [
        (row, f" {word} "[begin : begin + size])
        for row, word in enumerate(vocabulary)
        if word.isalpha()
        for size in _GRAMS
        for begin in range(len(word) + 3 - size)
    ]
    rows = np.array([row for row, _ in pairs], dtype=np.int64)
    columns, known = pd.factorize(np.array([part for _, part in pairs], dtype=object), sort=True)
    shape = (len(vocabulary), len(known))
    return csr_array((np.ones(len(pairs)), (rows, columns)), shape=shape), tuple(known)


def factorised(
    weights: csr_array, number: int, *, rng: np.random.Generator, rounds: int = _ROUNDS
) -> tuple[np.ndarray, np.ndarray]:
    """Non-negative factors of a non-negative matrix: weights ≈ left @ right.

    Hierarchical alternating least squares from a random start.

    Returns
    -------
    left, right
        Shapes (rows, number) and (number, columns).
    """
    size = np.sqrt(weights.mean() / number)
    left = size * rng.random((weights.shape[0], number))
    right = size * rng.random((number, weights.shape[1]))
    for _ in range(rounds):
        left = _updated(left, weights @ right.T, _gram(right.T))
        right = _updated(right.T, weights.T @ left, _gram(left)).T
    return left, right


def loadings(weights: csr_array, right: np.ndarray, *, rounds: int = _ROUNDS // 3) -> np.ndarray:
    """Non-negative left factor that belongs to a right one, shape (rows, number)."""
    cross, gram = weights @ right.T, _gram(right.T)
    left: np.ndarray = np.maximum(cross, 0) / max(float(np.trace(gram)), _TINY)
    for _ in range(rounds):
        left = _updated(left, cross, gram)
    return left


def _updated(factor: np.ndarray, cross: np.ndarray, gram: np.ndarray) -> np.ndarray:
    """One pass over the columns of a factor, each set to its best non-negative value."""
    factor, cross = factor.copy(order="F"), np.asfortranarray(cross)
    for k in range(gram.shape[0]):
        step = cross[:, k] - np.einsum("ij,j->i", factor, gram[:, k])
        factor[:, k] = np.maximum(factor[:, k] + step / max(gram[k, k], _TINY), _TINY)
    return factor


def _gram(factor: np.ndarray) -> np.ndarray:
    """Products of the columns, summed without threads so that they repeat to the last bit."""
    result: np.ndarray = np.einsum("ij,ik->jk", factor, factor)
    return result
