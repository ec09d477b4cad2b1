-- One reading a post of the last four weeks: the last of its first four hours. is_recent: read within the last day.
create temp table reading
diststyle all
as
select
    site,
    comments_seen,
    hot_threshold,
    recent,
    exceedance,
    case when collected_at > dateadd(day, -1, cast('${batchTime}' as timestamp)) then 1 else 0 end as is_recent
from (
    select
        site,
        comments_seen,
        hot_threshold,
        recent,
        exceedance,
        collected_at,
        row_number() over (partition by site, board, post_id order by collected_at desc, batch desc) as place
    from community.score
    where batch <= '${batch}'
        and model_version = '${modelVersion}'
        and age_minutes <= 240
        and exceedance is not null
        and collected_at > dateadd(day, -29, cast('${batchTime}' as timestamp))
) as placed
where place = 1;
