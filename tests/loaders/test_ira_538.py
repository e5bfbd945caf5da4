"""FiveThirtyEight's release: which of its ids can be trusted, and what a retweet leaves out."""

from kznet.loaders import Options, load

HEADER = (
    "external_author_id,author,content,publish_date,followers,retweet,alt_external_id,tweet_id\n"
)
BY_TEXT = "retweets known by their text alone: which post was shared is not said: 1"
UTC = "time zone assumed to be UTC: {}"


def table(*rows):
    return HEADER + "".join(f"{row}\n" for row in rows)


def test_the_sample_gives_its_ties_and_posts(samples, triples):
    data = load(samples / "ira_538" / "tweets.csv")
    assert triples(data) == [("x:@primer_other", "x:@primer_gov", "repost")]
    assert data.posts[["post", "account"]].to_numpy().tolist() == [
        ["x:914000000123456789", "x:905000000123456789"],
        ["x:914316600000000001", "x:70003"],
    ]
    assert data.posts["links"].iloc[0] == "https://example.org/a"


def test_a_retweet_without_its_author_is_set_aside(samples):
    report = load(samples / "ira_538" / "tweets.csv").report.files[0]
    assert (report.rows, report.rejected) == (
        4,
        {"a repost that names neither its author nor the post": 1},
    )


def test_the_second_id_goes_before_the_rounded_first(given):
    row = "906000000000000000,PRIMER,…,10/1/2017 2:13,5,0,905000000123456789,10"
    data = load(given("a.csv", table(row)))
    assert data.posts["account"].tolist() == ["x:905000000123456789"]
    assert data.report.files[0].warnings == (UTC.format(1),)


def test_a_rounded_id_alone_gives_way_to_the_handle(given):
    rows = (
        "906000000000000000,PRIMER_A,…,10/1/2017 2:13,5,0,,10",
        "9.06E+17,PRIMER_B,…,10/1/2017 2:13,5,0,,11",
        "70003,PRIMER_C,…,10/1/2017 2:13,5,0,,12",
    )
    data = load(given("a.csv", table(*rows)))
    assert data.posts["account"].tolist() == ["x:@primer_a", "x:@primer_b", "x:70003"]
    assert data.report.files[0].warnings == (UTC.format(3), "id precision lost: 2")


def test_times_are_american_and_taken_for_utc_whatever_the_zone(given):
    path = given("a.csv", table("1,A,…,1/31/2017 22:05,5,0,1,10"))
    data = load(path, options=Options(tz="Asia/Tokyo"))
    assert str(data.posts["time"].iloc[0]) == "2017-01-31 22:05:00+00:00"


def test_a_time_that_is_none_sets_its_row_aside(given):
    rows = ("1,A,…,31/1/2017 22:05,5,0,1,10", "1,A,…,1/31/2017 22:05,5,0,1,11")
    report = load(given("a.csv", table(*rows))).report.files[0]
    assert report.rejected == {"time not understood": 1}


def test_a_retweet_that_begins_with_rt_names_its_author(given, triples):
    row = '1,A,"RT @Primer_Gov: Ресми",1/31/2017 22:05,5,1,1,10'
    data = load(given("a.csv", table(row)))
    assert triples(data) == [("x:1", "x:@primer_gov", "repost")]
    assert BY_TEXT in data.report.files[0].warnings


def test_of_followers_the_most_there_ever_were_are_kept(given):
    rows = ("1,A,…,1/31/2017 22:05,5,0,1,10", "1,A,…,1/31/2017 22:06,9,0,1,11")
    accounts = load(given("a.csv", table(*rows))).accounts
    assert accounts[["handle", "followers"]].to_numpy().tolist() == [["A", 9]]


def test_the_first_version_without_tweet_ids_is_set_aside_row_by_row(given, samples):
    header = "external_author_id,author,content,publish_date,retweet\n"
    first = given("a.csv", header + "1,A,…,1/31/2017 22:05,0\n")
    report = load([first, samples / "ira_538" / "tweets.csv"]).report.files[0]
    assert (report.format, report.rejected) == ("ira_538", {"no post id": 1})


def test_the_real_row_is_set_aside_with_its_account_known(shared_data):
    data = load(shared_data / "formats" / "ira_538" / "IRAhandle_sample.csv")
    assert data.accounts["account"].tolist() == ["x:905874659358453760"]
    assert len(data.report.rejected) == 1
