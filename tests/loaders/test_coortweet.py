"""CooRTweet shares: objects without authors."""

from kznet.loaders import Options, load

HEADER = "object_id,account_id,content_id,timestamp_share\n"


def test_a_share_is_a_repost_of_an_object_whose_author_is_unknown(samples, triples):
    data = load(samples / "coortweet" / "shares.csv")
    assert triples(data) == [("node:a1", None, "repost"), ("node:a2", None, "repost")]
    assert list(data.ties["content"]) == ["c1", "c2"]
    assert list(data.posts["post"]) == ["obj1"]
    assert data.ties["time"].diff().dt.total_seconds().iloc[1] == 3
    assert data.report.files[0].first == "2022-01-05T04:01:00Z"


def test_an_object_shared_as_itself_is_a_post_and_names_its_author(given, triples):
    path = given("a.csv", HEADER + "o,a,o,1641355260\no,b,c,1641355263\n")
    data = load(path)
    assert triples(data) == [("node:b", "node:a", "repost")]
    assert list(data.posts["account"]) == ["node:a"]


def test_the_platform_names_accounts_posts_and_contents(given):
    data = load(given("a.csv", HEADER + "o,a,c,1641355260\n"), options=Options(platform="twitter"))
    row = data.ties.iloc[0]
    assert (row["source"], row["post"], row["content"]) == ("x:a", "x:o", "x:c")


def test_rows_without_account_object_or_time_are_set_aside(given):
    text = HEADER + "o,,c1,1641355260\n,a,c2,1641355260\no,a,c3,soon\no,a,c4,1641355260\n"
    data = load(given("a.csv", text))
    assert list(data.report.rejected["reason"]) == ["no source", "no object", "time not understood"]
    assert list(data.report.rejected["line"]) == ["2", "3", "4"]
    assert len(data.ties) == 1


def test_the_direction_of_edge_lists_does_not_turn_shares(given, triples):
    path = given("a.csv", HEADER + "o,a,c,1641355260\n")
    assert triples(load(path, options=Options(direction="influence"))) == [
        ("node:a", None, "repost")
    ]


def test_the_russian_shares_are_read_whole(shared_data):
    data = load(shared_data / "coortweet" / "russian_coord_tweets.csv.gz")
    report = data.report.files[0]
    assert report.rows == 35_125
    assert (report.ties, report.rejected) == ({"repost": 35_124}, {"repeated share": 1})
    assert list(data.report.rejected["line"]) == ["17405"]
    assert data.ties["target"].isna().all()
