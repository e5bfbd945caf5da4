import pandas as pd

from kznet.content import content_table
from kznet.dataset import Dataset


def test_each_post_has_its_topic_its_category_and_the_words_that_decided():
    rows = {
        "post": ["p1", "p2", "p3", "p4"],
        "account": "a",
        "text": ["скидка, промокод", "дождь", "хлеб подорожал", None],
        "topic": ["sport", "sport", "prices", None],
    }
    table = content_table(Dataset(posts=pd.DataFrame(rows)).posts).set_index("post")
    assert list(table.columns) == ["account", "topic", "category", "words", "text"]
    assert table["topic"].fillna("").to_list() == ["sport", "sport", "prices", ""]
    assert table["category"].fillna("").to_list() == ["promotion", "other", "burning", ""]
    assert table.loc["p3", "words"] == "prices"
    assert content_table(Dataset().posts).empty
