"""Raw readings of one batch -> post, comment, score, summary. Runs on Spark 3.5 and on Sail; the rules that keep both equal are in docs/model-card.md and schemas.py."""
