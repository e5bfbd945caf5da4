import re

import pandas as pd

from kznet.simulate.names import TOWNS
from kznet.simulate.topics import CATEGORIES
from kznet.simulate.wording import LINES, wording

WORDS = r"\bbot|бот\b|troll|тролл|fake|фейк|agent\b|агент|manip|манип|guilt|винов|proven"
POSTS = pd.DataFrame(
    {
        "post": range(2_000),
        "author": [post % 20 for post in range(2_000)],
        "topic": [list(CATEGORIES)[post % len(CATEGORIES)] for post in range(2_000)],
    }
)


def test_every_topic_has_lines_in_both_languages() -> None:
    assert set(LINES) == set(CATEGORIES)
    for lines in LINES.values():
        assert {code: len(set(known)) >= 3 for code, known in lines.items()} == {
            "kk": True,
            "ru": True,
        }


def test_lines_accuse_nobody() -> None:
    every = [line for lines in LINES.values() for known in lines.values() for line in known]
    assert not re.findall(WORDS, " ".join(every).lower())


def test_what_a_post_says_depends_on_no_other_post() -> None:
    some = POSTS[POSTS["author"] < 19].iloc[:50]
    pd.testing.assert_frame_equal(wording(some, seed=1), wording(POSTS, seed=1).loc[some.index])


def test_authors_keep_to_one_town_and_mostly_to_one_language() -> None:
    found = wording(POSTS, seed=1)
    town = found["text"].str.partition(": ")[0]
    share = (found["lang"] == "kk").groupby(POSTS["author"]).mean()
    assert town.groupby(POSTS["author"]).nunique().eq(1).all()
    assert set(town) <= set(TOWNS)
    assert ((share - 0.5).abs() > 0.2).all()


def test_most_lines_speak_of_their_topic_and_some_do_not() -> None:
    found = wording(POSTS, seed=1)["text"].str.partition(": ")[2]
    own = [
        line in {*LINES[topic]["kk"], *LINES[topic]["ru"]}
        for line, topic in zip(found, POSTS["topic"], strict=True)
    ]
    assert 0.84 < sum(own) / len(own) < 0.92
