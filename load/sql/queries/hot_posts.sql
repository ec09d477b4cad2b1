-- Hot posts, strongest first: the latest score of each post that passes its site's latest cut or was ever alerted, with its level and first batch.
-- A cut says nothing of a score by another model.
select
    latest.site,
    latest.board,
    latest.post_id,
    community.post.title,
    community.post.url,
    community.post.created_at,
    community.post.keywords,
    latest.comments_seen,
    latest.hot_threshold,
    latest.impact,
    latest.raw_probability,
    latest.reasons,
    first_reading.batch as first_batch,
    coalesce(gone.seen_at > community.post.collected_at, false) as is_gone,
    case
        when highest.severity = 2 then 'critical'
        when highest.severity = 1 then 'hot'
        when latest.comments_seen >= latest.hot_threshold then 'critical'
        when latest.exceedance < cut.hot_cut then 'hot'
        else 'watch'
    end as level
from (
    select
        site,
        board,
        post_id,
        comments_seen,
        hot_threshold,
        impact,
        raw_probability,
        exceedance,
        model_version,
        reasons,
        row_number() over (partition by site, board, post_id order by collected_at desc, batch desc) as place
    from community.score
) as latest
join community.post
    on community.post.site = latest.site
    and community.post.board = latest.board
    and community.post.post_id = latest.post_id
join (
    select
        site,
        board,
        post_id,
        min(batch) as batch
    from community.post_snapshot
    group by
        site,
        board,
        post_id
) as first_reading
    on first_reading.site = latest.site
    and first_reading.board = latest.board
    and first_reading.post_id = latest.post_id
left join (
    select
        site,
        board,
        post_id,
        max(seen_at) as seen_at
    from community.post_gone
    group by
        site,
        board,
        post_id
) as gone
    on gone.site = latest.site
    and gone.board = latest.board
    and gone.post_id = latest.post_id
left join (
    select
        site,
        model_version,
        hot_cut,
        watch_cut,
        row_number() over (partition by site order by batch desc) as place
    from community.alarm_cut
) as cut
    on cut.site = latest.site
    and cut.model_version = latest.model_version
    and cut.place = 1
left join (
    select
        site,
        board,
        post_id,
        max(case level when 'critical' then 2 else 1 end) as severity
    from community.alert
    group by
        site,
        board,
        post_id
) as highest
    on highest.site = latest.site
    and highest.board = latest.board
    and highest.post_id = latest.post_id
where latest.place = 1
    and coalesce(community.post.may_alarm, community.post.keywords <> '[]')
    and (
        highest.severity is not null
        or latest.comments_seen >= latest.hot_threshold
        or latest.exceedance < cut.watch_cut
    )
order by
    latest.exceedance,
    latest.impact desc,
    latest.comments_seen desc,
    latest.site,
    latest.board,
    latest.post_id;
