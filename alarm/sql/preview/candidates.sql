-- What one batch would have alarmed with another limit, as due_alerts.sql would say it of a warehouse that told nothing yet; nothing is stored.
-- The queries of watch_posts.sql and set_cuts.sql stand in its places, so that a preview cannot differ from the rule.
with watched_post as (
    ${watchedPosts}
),
cut as (
    ${cuts}
)
select
    score.site,
    score.board,
    score.post_id,
    post.title,
    post.url,
    post.created_at,
    score.collected_at,
    score.comments_seen,
    case
        when score.comments_seen >= score.hot_threshold then 'critical'
        else 'hot'
    end as level
from community.score
inner join community.post
    on score.site = post.site
    and score.board = post.board
    and score.post_id = post.post_id
left join cut
    on cut.site = score.site
where score.batch = '${batch}'
    and coalesce(post.may_alarm, post.keywords <> '[]')
    and (
        score.comments_seen >= score.hot_threshold
        or score.exceedance < cut.hot_cut
    )
order by
    level,
    score.exceedance,
    score.comments_seen desc,
    score.site,
    score.board,
    score.post_id
