-- Every post that was alerted or reached its site's level: first alert, the comment that reached the level, whether 72 hours have passed, a person's mark.
-- was_watched: it was read within its first four hours and before it reached the level, so that a warning was possible (a backfill's was not).
select
    post.site,
    post.board,
    post.post_id,
    post.created_at,
    coalesce(post.may_alarm, post.keywords <> '[]') as may_alarm,
    alerted.first_sent_at,
    alerted.first_level,
    reached.reached_at,
    coalesce(watched.first_read_at < reached.reached_at, false) as was_watched,
    case
        when post.created_at <= dateadd(minute, -4320, newest.read_at) then true
        else false
    end as is_finished,
    feedback.verdict
from community.post as post
cross join (
    select max(collected_at) as read_at
    from community.score
) as newest
left join (
    select
        site,
        board,
        post_id,
        min(sent_at) as first_sent_at,
        max(case when place = 1 then level end) as first_level
    from (
        select
            site,
            board,
            post_id,
            sent_at,
            level,
            row_number() over (partition by site, board, post_id order by sent_at, level desc) as place
        from community.alert
    ) as placed
    group by
        site,
        board,
        post_id
) as alerted
    on alerted.site = post.site
    and alerted.board = post.board
    and alerted.post_id = post.post_id
left join (
    select
        arrived.site,
        arrived.board,
        arrived.post_id,
        min(arrived.created_at) as reached_at
    from (
        select
            site,
            board,
            post_id,
            created_at,
            row_number() over (partition by site, board, post_id order by created_at, comment_id) as place
        from community.comment
    ) as arrived
    join (
        select
            site,
            board,
            post_id,
            max(hot_threshold) as hot_threshold
        from community.score
        group by
            site,
            board,
            post_id
    ) as level
        on level.site = arrived.site
        and level.board = arrived.board
        and level.post_id = arrived.post_id
    join community.post as written
        on written.site = arrived.site
        and written.board = arrived.board
        and written.post_id = arrived.post_id
    where arrived.place = level.hot_threshold
        and arrived.created_at <= dateadd(minute, 4320, written.created_at)
    group by
        arrived.site,
        arrived.board,
        arrived.post_id
) as reached
    on reached.site = post.site
    and reached.board = post.board
    and reached.post_id = post.post_id
left join (
    select
        site,
        board,
        post_id,
        min(collected_at) as first_read_at
    from community.score
    where age_minutes <= 240
    group by
        site,
        board,
        post_id
) as watched
    on watched.site = post.site
    and watched.board = post.board
    and watched.post_id = post.post_id
left join community.feedback as feedback
    on feedback.site = post.site
    and feedback.board = post.board
    and feedback.post_id = post.post_id
where alerted.first_sent_at is not null
    or reached.reached_at is not null
order by
    post.created_at,
    post.site,
    post.board,
    post.post_id;
