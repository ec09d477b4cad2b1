-- Of each site, the posts of the two weeks before a batch, the longest pause between two of them, and how long the newest one is past (minutes).
select
    site,
    count(*) as posts,
    max(pause_minutes) as longest_pause,
    datediff(minute, max(created_at), cast(:batch_time as timestamp)) as quiet_minutes
from (
    select
        site,
        created_at,
        datediff(minute, lag(created_at) over (partition by site order by created_at, board, post_id), created_at) as pause_minutes
    from community.post
    where created_at > dateadd(day, -14, cast(:batch_time as timestamp))
        and created_at <= cast(:batch_time as timestamp)
) as placed
group by site
order by site
