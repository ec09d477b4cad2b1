-- The posts that may alarm and were followed from their first four hours on, with the lowest exceedance that a reading gave them: those of the
-- last two weeks, or a site's latest 200 of at most 90 days. Only scores of the batch's own model: those of another one cannot be compared.
create temp table watched_post
diststyle all
as
select
    site,
    board,
    post_id,
    created_at,
    lowest
from (
    select
        followed.site,
        followed.board,
        followed.post_id,
        followed.created_at,
        followed.lowest,
        row_number() over (partition by followed.site order by followed.created_at desc, followed.board, followed.post_id) as place
    from (
        select
            community.post.site,
            community.post.board,
            community.post.post_id,
            community.post.created_at,
            min(community.score.exceedance) as lowest
        from community.post
        join community.score
            on community.score.site = community.post.site
            and community.score.board = community.post.board
            and community.score.post_id = community.post.post_id
        where coalesce(community.post.may_alarm, community.post.keywords <> '[]')
            and community.post.created_at > dateadd(day, -90, cast('${batchTime}' as timestamp))
            and community.post.created_at <= cast('${batchTime}' as timestamp)
            and community.score.batch <= '${batch}'
            and community.score.model_version = '${modelVersion}'
        group by
            community.post.site,
            community.post.board,
            community.post.post_id,
            community.post.created_at
        having min(community.score.age_minutes) <= 240
            and min(community.score.exceedance) is not null
    ) as followed
) as placed
where place <= 200
    or created_at > dateadd(day, -14, cast('${batchTime}' as timestamp));
