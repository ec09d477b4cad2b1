/** What the report reads from the warehouse; the columns are named as in ReportData's sources. */
export const HOT_POSTS = `
select
    latest.site,
    latest.board,
    latest.post_id,
    post.title,
    post.url,
    post.created_at,
    post.keywords,
    latest.comments_seen,
    latest.hot_threshold,
    latest.impact,
    latest.raw_probability,
    latest.reasons,
    first_reading.first_batch
from (
    select
        score.*,
        row_number() over (partition by site, board, post_id order by collected_at desc, batch desc) as place
    from community.score
) as latest
join community.post
    on post.site = latest.site and post.board = latest.board and post.post_id = latest.post_id
join (
    select site, board, post_id, min(batch) as first_batch
    from community.post_snapshot
    group by site, board, post_id
) as first_reading
    on first_reading.site = latest.site and first_reading.board = latest.board and first_reading.post_id = latest.post_id
where latest.place = 1
    and post.keywords <> '[]'
    and (latest.impact > 0 or exists (
        select 1 from community.alert
        where alert.site = latest.site and alert.board = latest.board and alert.post_id = latest.post_id
    ))
order by latest.impact desc, latest.site, latest.board, latest.post_id
limit 40`;

export const ALERTS = `
select site, board, post_id, level, batch
from community.alert
order by batch, level`;

/** Minutes from each hot post's creation to each of its comments. */
export const ARRIVALS = `
select comment.site, comment.board, comment.post_id, datediff(second, post.created_at, comment.created_at) / 60.0 as minutes
from community.comment
join community.post
    on post.site = comment.site and post.board = comment.board and post.post_id = comment.post_id
where post.keywords <> '[]'`;
