import numpy as np
import pandas as pd
import pytest

from kznet.dataset import Dataset
from kznet.mechanisms.pseudo_official.citations import citations
from kznet.mechanisms.pseudo_official.derivation import bar, derivation, on_subjects
from kznet.mechanisms.pseudo_official.order import examples, firsts, nearest
from kznet.topics import topics

ACCOUNTS = pd.DataFrame(
    {
        "account": ["telegram:channel1500000001", "telegram:channel1500000002", "x:h"],
        "platform": ["telegram", "telegram", "x"],
        "handle": ["primer_one", "primer_two", "h"],
        "url": [None, None, "https://h.example/about"],
    }
)
ONE, TWO, H = 0, 1, 2


def cited(posts: pd.DataFrame, ties: pd.DataFrame | None = None) -> tuple[list[str], list[str]]:
    """Posts that cite a confirmed account, and those that link to their own page alone."""
    tables = {"accounts": ACCOUNTS, "posts": posts} | ({} if ties is None else {"ties": ties})
    data = Dataset(**tables)
    one = data.accounts["account"] == "telegram:channel1500000001"
    official = one.map({True: "https://www.gov.kz/memleket/entities/one"}).astype("str")
    confirmed = data.accounts["platform"].eq("telegram").to_numpy(dtype=bool)
    found = citations(data, np.ones(len(confirmed), dtype=bool), confirmed, official)
    ids = data.posts["post"].to_numpy()
    return list(ids[found.cites]), list(ids[found.own])


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/primer_one",
        "https://t.me/s/Primer_One/123?single",
        "http://telegram.me/primer_two/5",
        "https://example.org/a https://t.me/primer_two",
        "https://gov.kz/memleket/entities/one/press/1?lang=kk",
        "telegram:channel1500000001",
    ],
)
def test_a_link_to_a_profile_or_an_official_page_cites(link: str):
    assert cited(pd.DataFrame({"post": ["p"], "account": "x:h", "links": [link]})) == (["p"], [])


@pytest.mark.parametrize(
    "link", ["https://t.me/primer", "https://gov.kz/memleket/entities", "https://example.org/t.me"]
)
def test_a_link_elsewhere_cites_nobody(link: str):
    assert cited(pd.DataFrame({"post": ["p"], "account": "x:h", "links": [link]})) == ([], [])


def test_links_are_found_in_the_text_where_none_are_listed():
    text = "Толығырақ: (https://t.me/primer_one/7), сайт www.gov.kz/memleket/entities/one."
    assert cited(pd.DataFrame({"post": ["p"], "account": "x:h", "text": [text]})) == (["p"], [])


def test_a_link_to_the_own_page_is_no_citation_but_beside_another_it_does_not_matter():
    posts = pd.DataFrame(
        {
            "post": ["own", "both", "site"],
            "account": ["x:h", "x:h", "telegram:channel1500000001"],
            "links": [
                "https://h.example/about/us",
                "https://h.example/about https://t.me/primer_one",
                "https://gov.kz/memleket/entities/one/7",
            ],
        }
    )
    assert cited(posts) == (["both"], ["own", "site"])


def test_mentions_and_quotes_cite_by_the_id_of_the_post_that_makes_them():
    two = "telegram:channel1500000002"
    posts = pd.DataFrame({"post": ["m", "n", "q", "o"], "account": [*["x:h"] * 3, two]})
    ties = pd.DataFrame(
        [
            ("x:h", "telegram:channel1500000001", "mention", None, "m"),
            ("x:h", "x:other", "mention", None, "n"),
            ("x:h", two, "quote", "o", "q"),
        ],
        columns=["source", "target", "kind", "post", "content"],
    )
    assert cited(posts, ties) == (["m", "q"], [])


def small() -> Dataset:
    """h has five posts: two on roads, one of them citing; one to its own page; two elsewhere."""
    posts = pd.DataFrame(
        [
            ("a1", "telegram:channel1500000001", "roads", None),
            ("b1", "telegram:channel1500000002", "roads", None),
            ("b2", "telegram:channel1500000002", "sport", None),
            ("h1", "x:h", "roads", "https://t.me/primer_one"),
            ("h2", "x:h", "roads", None),
            ("h3", "x:h", "roads", "https://h.example/about"),
            ("h4", "x:h", "sport", "https://t.me/primer_one"),
            ("h5", "x:h", None, None),
        ],
        columns=["post", "account", "topic", "links"],
    )
    reposts = pd.DataFrame(
        [("x:h", "telegram:channel1500000001", "a1"), ("x:h", "x:z", "z1")],
        columns=["source", "target", "post"],
    ).assign(kind="repost", time=pd.Timestamp("2024-03-01", tz="UTC"))
    twice = pd.concat([reposts, reposts.assign(time=pd.Timestamp("2024-03-02", tz="UTC"))])
    return Dataset(ACCOUNTS, twice, posts)


def test_own_posts_on_their_subjects_and_reposts_of_them_are_compared():
    data = small()
    confirmed = np.array([ONE, TWO])
    subjects = on_subjects(data, confirmed, topics(data.posts))
    asked = np.array([True, True, True, False])
    nobody = pd.Series([None] * 4, dtype="str")
    links = citations(data, asked, np.array([True, True, False, False]), nobody)
    found = derivation(data, confirmed, subjects, links)
    assert list(data.posts["post"][subjects]) == ["a1", "b1", "h1", "h2", "h3"]
    assert (found.compared[H], found.cited[H]) == (3, 2)
    assert list(found.compared[confirmed]) == [1, 1]
    assert found.usual is None
    assert "h2" in set(data.posts["post"][found.uncited])


def test_a_subject_is_a_topic_of_a_fifth_of_them():
    many = [f"x:r{i:02d}" for i in range(20)]
    rows = [(name, "wide") for name in many[:4]] + [(name, "narrow") for name in many[:3]]
    rows += [(name, "own") for name in many] + [("x:h", "wide"), ("x:h", "narrow")]
    posts = pd.DataFrame(rows, columns=["account", "topic"])
    data = Dataset(posts=posts.assign(post=[f"p{i:03d}" for i in range(len(posts))]))
    confirmed = np.flatnonzero(data.accounts["account"] != "x:h")
    subjects = on_subjects(data, confirmed, topics(data.posts))
    assert set(data.posts["topic"][subjects]) == {"wide", "own"}


def test_the_bar_is_three_quarters_of_the_usual_share():
    data = small()
    rich = pd.DataFrame(
        {
            "post": [f"{who}{k:02d}" for who in "ab" for k in range(10)],
            "account": [f"telegram:channel150000000{i}" for i in (1, 2) for _ in range(10)],
            "topic": "roads",
            "links": [
                f"https://t.me/primer_{other}" if k < n else None
                for other, n in (("two", 4), ("one", 6))
                for k in range(10)
            ],
        }
    )
    data = Dataset(ACCOUNTS, posts=rich)
    confirmed = np.array([ONE, TWO])
    links = citations(
        data, np.ones(3, bool), np.array([1, 1, 0], bool), ACCOUNTS["url"].astype("str")
    )
    found = derivation(data, confirmed, np.ones(20, dtype=bool), links)
    assert list(found.reference) == [ONE, TWO]
    assert found.usual is not None
    assert found.usual.mean == pytest.approx(0.5)
    assert bar(found.usual).mean == pytest.approx(0.375)


def test_who_was_first_is_told_by_the_nearest_post_on_the_topic():
    start = pd.Timestamp("2024-03-01", tz="UTC")
    rows = [
        ("a1", "telegram:channel1500000001", "roads", 0),
        ("b1", "telegram:channel1500000002", "roads", 10),
        ("h1", "x:h", "roads", 3),
        ("h2", "x:h", "roads", 9),
        ("h3", "x:h", "roads", 60),
        ("h4", "x:h", "sport", 1),
    ]
    posts = pd.DataFrame(rows, columns=["post", "account", "topic", "hours"])
    posts["time"] = start + pd.to_timedelta(posts.pop("hours"), unit="h")
    data = Dataset(ACCOUNTS, posts=posts)
    mine = data.posts["account"].eq("x:h").to_numpy()
    near = nearest(data, mine, np.array([ONE, TWO]), topics(data.posts))
    assert firsts(near) == {H: (1, 2)}
    shown = examples(data, near, "m").set_index("post")
    assert dict(shown["accounts"]) == {
        "h1": "telegram:channel1500000001",
        "h2": "telegram:channel1500000002",
        "h3": "x:h",
        "h4": "x:h",
    }
    assert shown.loc[["h1", "h2"], "gap_seconds"].tolist() == [3 * 3600.0, -3600.0]
