"""What each step takes on Spark, with one core and with two."""
