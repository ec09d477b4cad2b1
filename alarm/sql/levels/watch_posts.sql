-- The posts that may alarm and were followed from their first four hours on: those of the last two weeks, or a site's latest 200 of at most
-- 90 days. lowest: the lowest exceedance that a reading by the batch's own model gave; null for a post that only another model has scored, whose
-- figures cannot be compared, though it counts for the posts a day.
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
        row_number() over (
            partition by followed.site, case when followed.lowest is null then 1 else 0 end
            order by followed.created_at desc, followed.board, followed.post_id
        ) as place
    from (
        select
            community.post.site,
            community.post.board,
            community.post.post_id,
            community.post.created_at,
            case
                when min(case when community.score.model_version = '${modelVersion}' then community.score.age_minutes end) <= 240
                then min(case when community.score.model_version = '${modelVersion}' then community.score.exceedance end)
            end as lowest
        from community.post
        join community.score
            on community.score.site = community.post.site
            and community.score.board = community.post.board
            and community.score.post_id = community.post.post_id
        where coalesce(community.post.may_alarm, community.post.keywords <> '[]')
            and community.post.created_at > dateadd(day, -90, cast('${batchTime}' as timestamp))
            and community.post.created_at <= cast('${batchTime}' as timestamp)
            and community.score.batch <= '${batch}'
        group by
            community.post.site,
            community.post.board,
            community.post.post_id,
            community.post.created_at
        having min(community.score.age_minutes) <= 240
    ) as followed
) as placed
where created_at > dateadd(day, -14, cast('${batchTime}' as timestamp))
    or (lowest is not null and place <= 200);
