window.YTD.tweets.part0 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1478500000000000001"
          ]
        }
      },
      "retweeted" : false,
      "entities" : {
        "hashtags" : [ ],
        "user_mentions" : [
          {
            "name" : "G",
            "screen_name" : "primer_gov",
            "indices" : [
              "3",
              "14"
            ],
            "id_str" : "70002",
            "id" : "70002"
          }
        ],
        "urls" : [ ]
      },
      "id_str" : "1478500000000000001",
      "id" : "1478500000000000001",
      "created_at" : "Wed Jan 05 04:01:00 +0000 2022",
      "full_text" : "RT @primer_gov: Ресми",
      "lang" : "kk"
    }
  },
  {
    "tweet" : {
      "retweeted" : false,
      "entities" : {
        "hashtags" : [ ],
        "user_mentions" : [
          {
            "name" : "B",
            "screen_name" : "primer_b",
            "id_str" : "70003",
            "id" : "70003"
          },
          {
            "name" : "N",
            "screen_name" : "primer_news",
            "id_str" : "70004",
            "id" : "70004"
          }
        ],
        "urls" : [
          {
            "url" : "https://t.co/a",
            "expanded_url" : "https://example.org/a"
          }
        ]
      },
      "in_reply_to_status_id_str" : "1478500000000000002",
      "in_reply_to_user_id" : "70003",
      "in_reply_to_user_id_str" : "70003",
      "in_reply_to_screen_name" : "primer_b",
      "id_str" : "1478500000000000003",
      "id" : "1478500000000000003",
      "created_at" : "Wed Jan 05 04:03:00 +0000 2022",
      "full_text" : "@primer_b @primer_news рахмет https://t.co/a",
      "lang" : "kk"
    }
  }
]
