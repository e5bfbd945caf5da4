import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfVectorizer

from kznet.texts import words
from kznet.topics import NONE, factorised, features, loadings, tfidf, topics

SPORT = ("команда выиграла матч", "матч окончен команда рада", "команда готовит матч")
SNOW = ("завтра снег и мороз", "мороз и снег завтра", "снег завтра мороз потом")
KAZAKH = ("домбыра кеші өтеді", "домбыра кешінде ән", "ән мен домбыра кеші")


def posts(*texts: str | None, topic: object = None) -> pd.DataFrame:
    frame = pd.DataFrame({"text": pd.Series(texts, dtype="str")})
    label = pd.Series(topic, index=frame.index, dtype="str")
    return frame.assign(account="h", time=pd.Timestamp("2024-03-04", tz="UTC"), topic=label)


def test_labels_are_used_where_most_posts_have_one():
    found = topics(posts("a", "b", "c", None, topic=["Sport ", "sport", None, None]))
    assert (found.basis, found.names) == ("label", ("sport",))
    assert found.number.tolist() == [0, 0, NONE, NONE]


def test_topics_are_found_in_the_texts_where_few_posts_have_a_label():
    texts = [*SPORT * 12, *SNOW * 12, *KAZAKH * 12]
    found = topics(posts(*texts, None, "!!!"), number=3)
    assert found.basis == "text"
    groups = [set(found.number[begin : begin + 36]) for begin in (0, 36, 72)]
    assert [len(group) for group in groups] == [1, 1, 1]
    assert set.union(*groups) == {0, 1, 2}
    assert found.number[-2:].tolist() == [NONE, NONE]
    assert any("домбыра" in name for name in found.names)


def test_the_seed_and_nothing_else_decides_and_order_follows_the_posts():
    texts = [*SPORT * 12, *SNOW * 12]
    first, again = (topics(posts(*texts), number=2, seed=3) for _ in range(2))
    assert np.array_equal(first.number, again.number)
    state = np.random.get_state()[1].copy()  # noqa: NPY002  # the global generator is what is watched
    topics(posts(*texts), number=2)
    assert np.array_equal(state, np.random.get_state()[1])  # noqa: NPY002  # as above


def test_links_and_names_of_accounts_are_no_words():
    texts = [f"{text} https://example.org/{i} @someone" for i, text in enumerate(SPORT * 12)]
    found = topics(posts(*texts, *SNOW * 12), number=2)
    assert not any("example" in name or "someone" in name for name in found.names)


@pytest.mark.parametrize("texts", [(), (None, ""), ("одно слово",), ("а", "б", "в")])
def test_without_words_enough_there_are_no_topics(texts: tuple[str | None, ...]):
    found = topics(posts(*texts))
    assert (found.basis, found.names) == ("none", ())
    assert set(found.number) <= {NONE}


def test_topics_never_outnumber_a_tenth_of_the_posts():
    assert len(topics(posts(*SPORT * 10, *SNOW * 4), number=20).names) <= 4


def test_weights_are_those_of_the_textbook():
    texts = [*SPORT * 2, *SNOW * 2, "команда команда снег"]
    found = words(pd.Series(texts))
    known = features(found)
    weights = tfidf(found, known).toarray()[:, : len(known.words)]
    usual = TfidfVectorizer(
        sublinear_tf=True, min_df=3, max_df=0.5, tokenizer=str.split, token_pattern=None
    )
    wanted = usual.fit_transform(texts).toarray()
    assert tuple(usual.get_feature_names_out()) == known.words
    assert weights == pytest.approx(wanted)


def test_parts_of_words_have_marked_ends_and_are_weighted_in_the_same_way():
    texts = [*SPORT * 2, *SNOW * 2]
    found = words(pd.Series(texts))
    known = features(found)
    usual = TfidfVectorizer(
        sublinear_tf=True, min_df=3, max_df=0.5, analyzer="char_wb", ngram_range=(3, 5)
    )
    wanted = usual.fit_transform(texts)
    assert set(known.grams) <= set(usual.get_feature_names_out())
    place = [usual.vocabulary_[gram] for gram in known.grams]
    weights = tfidf(found, known).toarray()[:, len(known.words) :]
    assert weights == pytest.approx(wanted.toarray()[:, place], abs=0.02)


def test_the_factorisation_is_as_close_as_that_of_a_known_library():
    rng = np.random.default_rng(1)
    low_rank = rng.random((60, 4)) @ rng.random((4, 40))
    matrix = csr_array(np.where(low_rank > 1.2, low_rank, 0.0))
    left, right = factorised(matrix, 4, rng=np.random.default_rng(2), rounds=200)
    usual = NMF(4, max_iter=2_000, random_state=0)
    other = usual.fit_transform(matrix)
    error, wanted = (
        np.linalg.norm(matrix.toarray() - a @ b)
        for a, b in ((left, right), (other, usual.components_))
    )
    assert error <= 1.03 * wanted
    assert left.min() >= 0
    assert right.min() >= 0
    again = loadings(matrix, right, rounds=200)
    assert np.linalg.norm(matrix.toarray() - again @ right) <= error * (1 + 1e-6)
