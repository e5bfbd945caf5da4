window.YTD.follower.part0 = [
  {
    "follower" : {
      "accountId" : "70003",
      "userLink" : "https://twitter.com/intent/user?user_id=70003"
    }
  }
]
