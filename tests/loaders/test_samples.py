"""Every sample of other people's exports loads with the ties that its notes imply, or says why not.

Ties by kind, accounts, rows and rows used; a text is what is said to the user instead.
"""

import pytest

from kznet.errors import KznetError
from kznet.loaders import Options, load

LISTS = "instagram_export/connections/followers_and_following"
SAMPLES = {
    "apify/instagram_posts.json": ("apify_instagram", {"mention": 3}, 4, 2, 1),
    "apify/instagram_posts_flat.csv": ("apify_instagram", {"mention": 2}, 3, 1, 1),
    "bluesky/jetstream.jsonl": (
        "bluesky",
        {"mention": 1, "quote": 1, "reply": 1, "repost": 1},
        5,
        6,
        4,
    ),
    "cnt/coretweet_test_input.csv": ("cnt", {"repost": 15}, 9, 15, 15),
    "cnt/sample_data.csv": ("cnt", {"reply": 15, "repost": 27}, 10, 100, 100),
    "coortweet/shares.csv": ("coortweet", {"repost": 2}, 2, 2, 2),
    "crowdtangle/facebook_pages.csv": ("crowdtangle", {"repost": 1}, 2, 1, 1),
    "crowdtangle/instagram.csv": ("crowdtangle", {"mention": 1}, 2, 1, 1),
    "fourcat/telegram.csv": ("fourcat", {"repost": 1}, 2, 1, 1),
    "fourcat/twitter.csv": ("fourcat", {"repost": 1}, 2, 1, 1),
    "graph/gephi_edges.csv": ("edges", {"follow": 1, "mention": 1, "repost": 1}, 3, 3, 3),
    "graph/gephi_edges_semicolon.csv": ("edges", {"repost": 3}, 3, 3, 3),
    "graph/gephi_nodes.csv": ("edges", {}, 3, 3, 3),
    "graph/nodexl_sample.xlsx": ("nodexl", {"repost": 1}, 2, 3, 3),
    "graph/sample.gexf": ("gexf", {"follow": 1, "mention": 1, "repost": 1}, 3, 6, 6),
    "graph/sample.gml": ("gml", {"follow": 1, "mention": 1, "repost": 1}, 3, 6, 6),
    "graph/sample.graphml": ("graphml", {"follow": 1, "mention": 1, "repost": 1}, 3, 6, 6),
    "graph/sample.net": ("pajek", {"repost": 3}, 3, 6, 6),
    "graph/sample_node_link.json": ("node_link", {"follow": 1, "mention": 1, "repost": 1}, 3, 6, 6),
    "graph/sample_node_link_legacy_links.json": (
        "node_link",
        {"follow": 1, "mention": 1, "repost": 1},
        3,
        6,
        6,
    ),
    f"{LISTS}/followers_1.json": (
        "instagram_export",
        {"follow": 2},
        3,
        2,
        2,
    ),
    f"{LISTS}/following.json": (
        "instagram_export",
        {"follow": 2},
        3,
        2,
        2,
    ),
    "instagram_export/legacy_2020/connections.json": ("instagram_export", {"follow": 2}, 3, 2, 2),
    "instagram_export/personal_information/personal_information/personal_information.json": (
        "instagram_export",
        {},
        1,
        1,
        1,
    ),
    "instaloader/2022-01-05_04-01-00_UTC.json": ("instaloader", {"mention": 3}, 4, 1, 1),
    "instaloader/2022-01-05_04-01-00_UTC.json.xz": ("instaloader", {"mention": 3}, 4, 1, 1),
    "instaloader/primer_blogger_5550001.json": ("instaloader", {}, 1, 1, 1),
    "ira_538/IRAhandle_sample.csv": ("ira_538", {}, 1, 1, 0),
    "mastodon/following_accounts.csv": ("mastodon_following", {"follow": 1}, 2, 1, 1),
    "mastodon/outbox.json": ("mastodon_outbox", {"reply": 1, "repost": 1}, 2, 2, 2),
    "mastodon/statuses.json": ("mastodon", {"repost": 1}, 2, 1, 1),
    "meta_content_library/facebook_posts.csv": ("meta_content_library", {"repost": 1}, 1, 1, 1),
    "minet/instagram_user_followers.csv": ("minet", {"follow": 1}, 2, 1, 1),
    "minet/telegram_channel_messages.csv": ("minet", {"mention": 1}, 2, 1, 1),
    "minet/twitter_followers.csv": ("minet", {"follow": 1}, 2, 1, 1),
    "minet/twitter_friends.csv": ("minet", {"follow": 1}, 2, 1, 1),
    "minet/twitter_retweeters.csv": ("minet", {"repost": 1}, 1, 1, 1),
    "minet/youtube_comments.csv": ("minet", {"reply": 1}, 1, 1, 1),
    "telegram_desktop/result_channel.json": (
        "telegram_desktop",
        {"mention": 2, "reply": 1, "repost": 2},
        6,
        6,
        3,
    ),
    "telegram_desktop/result_full_account.json": ("telegram_desktop", {}, 1, 1, 1),
    "telegram_desktop/result_legacy.json": ("telegram_desktop", {"repost": 1}, 2, 1, 1),
    "telethon/messages.jsonl": ("telethon", {"mention": 2, "reply": 1, "repost": 2}, 5, 4, 3),
    "telethon/telegram_tracker_msgs_dataset.csv": ("telegram_tracker", {"repost": 1}, 2, 1, 1),
    "tgdataset/tgdataset_mini.json": ("tgdataset", {"repost": 1}, 2, 2, 1),
    "tgstat/channels_forwards.json": ("tgstat", {"repost": 1}, 1, 1, 1),
    "tgstat/channels_posts.json": ("tgstat", {"repost": 1}, 2, 1, 1),
    "tiktok_research/reposted_videos.json": ("tiktok_research", {"repost": 1}, 2, 1, 1),
    "tiktok_research/user_following.json": ("tiktok_research", {"follow": 1}, 2, 1, 1),
    "twitter_v1/archive/data/account.js": ("x_archive", {}, 1, 1, 1),
    "twitter_v1/archive/data/following.js": ("x_archive", {"follow": 1}, 2, 1, 1),
    "twitter_v1/tweets.jsonl": ("x_v1", {"quote": 1, "reply": 1, "repost": 1}, 3, 2, 2),
    "twitter_v2_twarc/cotweet.jsonl": ("x_v2", {}, 1, 1, 1),
    "twitter_v2_twarc/flat_12.jsonl": ("x_v2", {"mention": 3, "reply": 5, "repost": 4}, 24, 12, 12),
    "twitter_v2_twarc/following_page.json": ("x_v2", {"follow": 1}, 2, 1, 1),
    "twitter_v2_twarc/mentions_tweet.jsonl": ("x_v2", {"repost": 1}, 2, 1, 1),
    "twitter_v2_twarc/quoted_edit.jsonl": ("x_v2", {"quote": 1, "reply": 1}, 2, 1, 1),
    "twitter_v2_twarc/search_page.json": ("x_v2", {"repost": 1}, 2, 1, 1),
    "twitter_v2_twarc/two_tweets.jsonl": ("x_v2", {"repost": 1}, 2, 1, 1),
    "vk/friends_get.json": ("vk", {"follow": 2}, 2, 1, 1),
    "vk/groups_getMembers.json": ("vk", {"follow": 2}, 3, 2, 2),
    "vk/users_getSubscriptions.json": ("vk", {"follow": 2}, 3, 2, 2),
    "vk/users_getSubscriptions_extended.json": ("vk", {"follow": 2}, 3, 2, 2),
    "vk/wall_get.json": ("vk", {"mention": 3, "repost": 1}, 4, 2, 2),
    "x_io_archive/tweets.csv": ("x_io_archive", {"repost": 1}, 2, 1, 1),
    "youtube/channel_info_single.json": ("youtube", {}, 1, 1, 1),
    "youtube/comment_thread_single.json": ("youtube", {"reply": 1}, 1, 1, 1),
    "youtube/subscriptions_by_channel_p1.json": ("youtube", {"follow": 5}, 6, 5, 5),
    "zeeschuimer/instagram.ndjson": ("zeeschuimer", {"mention": 3}, 4, 1, 1),
    "zeeschuimer/tiktok.ndjson": ("zeeschuimer", {"mention": 1, "repost": 1}, 2, 1, 1),
    "zeeschuimer/twitter.ndjson": ("zeeschuimer", {"repost": 1}, 2, 1, 1),
}
OWNERS = {
    "tiktok_research/reposted_videos.json": "primer",
    "tiktok_research/user_following.json": "primer",
    "vk/friends_get.json": "id7",
    "vk/groups_getMembers.json": "club7",
    "vk/users_getSubscriptions.json": "id7",
    "vk/users_getSubscriptions_extended.json": "id7",
    "mastodon/following_accounts.csv": "primer@primer.test",
    f"{LISTS}/followers_1.json": "primer",
    f"{LISTS}/following.json": "primer",
    "instagram_export/legacy_2020/connections.json": "primer",
    "twitter_v1/archive/data/following.js": "17",
}
REFUSED = {
    f"{LISTS}/followers_1.json": "the list does not say whose it is",
    f"{LISTS}/following.json": "the list does not say whose it is",
    "instagram_export/legacy_2020/connections.json": "the list does not say whose it is",
    "mastodon/following_accounts.csv": "the list does not say whose it is",
    "tiktok_research/reposted_videos.json": "--source-account",
    "tiktok_research/user_following.json": "--source-account",
    "twitter_v1/archive/data/following.js": "the list does not say whose it is",
    "vk/friends_get.json": "give --source-account",
    "vk/groups_getMembers.json": "give --source-account",
    "vk/users_getSubscriptions.json": "give --source-account",
    "vk/users_getSubscriptions_extended.json": "give --source-account",
    "youtube/subscription_zero.json": "answers without items",
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_loads_with_the_ties_that_are_in_it(shared_data, sample):
    options = Options(source_account=OWNERS.get(sample))
    data = load(shared_data / "formats" / sample, options=options)
    file = data.report.files[0]
    found = (file.format, dict(file.ties), len(data.accounts), file.rows, file.used)
    assert found == SAMPLES[sample]


@pytest.mark.parametrize("sample", REFUSED)
def test_a_sample_that_says_too_little_is_refused_in_words(shared_data, sample):
    with pytest.raises(KznetError, match=REFUSED[sample]):
        load(shared_data / "formats" / sample)


def test_no_sample_is_forgotten(shared_data):
    folder = shared_data / "formats"
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found - {"README.txt"} == {*SAMPLES, *REFUSED}


def test_an_export_in_a_folder_finds_its_owner(shared_data):
    instagram = load(shared_data / "formats" / "instagram_export")
    assert set(instagram.ties["kind"]) == {"follow"}
    assert "instagram:@me.primer" in set(instagram.accounts["account"])
    archive = load(shared_data / "formats" / "twitter_v1" / "archive")
    assert archive.accounts["account"].tolist() == ["x:70001", "x:70002"]
