"""VK API: comments below the posts of a wall."""

import pytest

from kznet.errors import DataError
from kznet.loaders import load

COMMENT = {"id": 12, "from_id": 5, "post_id": 9, "owner_id": -1, "date": 1641355300, "text": "…"}


def test_a_comment_answers_the_owner_of_the_wall(given):
    data = load(given("a.json", {"response": {"count": 1, "items": [COMMENT]}}))
    row = data.ties.iloc[0]
    assert (row["source"], row["target"], row["kind"]) == ("vk:5", "vk:-1", "reply")
    assert (row["post"], row["content"]) == ("vk:-1_9", "vk:-1_12")


def test_an_answer_to_a_comment_answers_its_author_and_does_not_mention_him(given, triples):
    below = {
        **COMMENT,
        "id": 13,
        "from_id": 6,
        "text": "[id5|А], рахмет, [id7|Б]",
        "reply_to_user": 5,
        "reply_to_comment": 12,
    }
    data = load(given("a.json", {"items": [{**COMMENT, "thread": {"items": [below]}}]}))
    assert sorted(triples(data)) == [
        ("vk:5", "vk:-1", "reply"),
        ("vk:6", "vk:5", "reply"),
        ("vk:6", "vk:7", "mention"),
    ]
    assert sorted(data.ties["post"].dropna()) == ["vk:-1_12", "vk:-1_9"]


def test_comments_without_their_wall_take_it_from_the_request(given):
    bare = {key: COMMENT[key] for key in ("id", "from_id", "date", "text")}
    page = {"response": {"count": 1, "items": [{**bare, "parents_stack": []}]}}
    request = [{"key": "owner_id", "value": "-1"}, {"key": "post_id", "value": "9"}]
    data = load(given("a.json", {**page, "request_params": request}))
    assert data.ties["post"].tolist() == ["vk:-1_9"]
    with pytest.raises(DataError, match="no post id"):
        load(given("b.json", page))


def test_a_deleted_comment_is_set_aside(given):
    page = {"items": [COMMENT, {**COMMENT, "id": 13, "deleted": True}]}
    assert list(load(given("a.json", page)).report.rejected["reason"]) == ["a deleted comment"]
