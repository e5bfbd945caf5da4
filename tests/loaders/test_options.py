"""What a person may say of files that leave it open."""

import pytest

from kznet.errors import DataError
from kznet.loaders import Options


def test_platforms_and_kinds_may_be_said_in_other_words():
    options = Options(platform=" Twitter", kind="Retweet")
    assert (options.platform, options.kind) == ("x", "repost")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"tz": "Asia/Nowhere"}, "time zone 'Asia/Nowhere' is not known"),
        ({"tz": "../etc"}, "time zone '../etc' is not known"),
        ({"tz": ""}, "time zone '' is not known"),
        ({"platform": "my site"}, "platform 'my site' is not a word"),
        ({"kind": "likes"}, "kind 'likes' is not a known kind of tie"),
        ({"direction": "both"}, "direction 'both' is not 'actor' or 'influence'"),
    ],
)
def test_what_is_not_known_is_refused_at_once(wrong, message):
    with pytest.raises(DataError, match=message):
        Options(**wrong)
