-- The posts of one batch that call for a message, with the level each has reached; most urgent first.
-- Level critical, the post has reached its site's threshold; level hot, its odds to become big are e^3 = 20 times the usual ones: about one post in
-- twenty comes there (docs/model-card.md).
select
    score.site,
    score.board,
    score.post_id,
    post.url,
    post.title,
    post.keywords,
    score.age_minutes,
    score.comments_seen,
    score.hot_threshold,
    score.raw_probability,
    score.impact,
    score.reasons,
    score.model_version,
    case
        when score.comments_seen >= score.hot_threshold then 'critical'
        else 'hot'
    end as alert_level
from community.score
inner join community.post
    on score.site = post.site
    and score.board = post.board
    and score.post_id = post.post_id
where score.batch = :batch
    and post.keywords <> '[]'
    and (score.impact > 3 or score.comments_seen >= score.hot_threshold)
order by
    alert_level,
    score.comments_seen desc,
    score.site,
    score.board,
    score.post_id
