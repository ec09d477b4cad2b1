-- No post without a title, and none from the future: an hour after the batch and after now. (Keys and times are not null in staging.)
select cast(
    case
        when found.without_title > 0
            then 'quality gate: ' || cast(found.without_title as varchar) || ' of ' || cast(found.posts as varchar) || ' posts have no title; look at processed/post/batch=${batch}'
        when found.future > 0
            then 'quality gate: ' || cast(found.future as varchar) || ' of ' || cast(found.posts as varchar) || ' posts were read later than now; set the clock of the machine that read them'
        else '0'
    end as int
)
from (
    select
        count(*) as posts,
        coalesce(sum(case when coalesce(title, '') = '' then 1 else 0 end), 0) as without_title,
        coalesce(sum(case when collected_at > dateadd(hour, 1, greatest(getdate(), cast('${batchTime}' as timestamp))) then 1 else 0 end), 0) as future
    from staging_post
) as found;
