-- No comment from the future: an hour after the batch and after now. (Keys and times are not null in staging.)
select cast(
    case
        when found.future > 0
            then 'quality gate: ' || cast(found.future as varchar) || ' of ' || cast(found.comments as varchar) || ' comments were read later than now; set the clock of the machine that read them'
        else '0'
    end as int
)
from (
    select
        count(*) as comments,
        coalesce(sum(case when collected_at > dateadd(hour, 1, greatest(getdate(), cast('${batchTime}' as timestamp))) then 1 else 0 end), 0) as future
    from staging_comment
) as found;
