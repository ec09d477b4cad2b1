"""Raw readings of one batch -> post, comment, score, summary, on Spark 3.5 and on Sail alike (tests/test_engines_agree.py holds both to it)."""
