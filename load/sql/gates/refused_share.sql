-- More than a fifth of the lines refused is a fault of ours, not of the lines. Of fewer than 20 lines a share says nothing.
select cast(
    case
        when found.lines >= 20 and found.refused > 0.2 * found.lines
            then 'quality gate: ' || cast(found.refused as varchar) || ' of ' || cast(found.lines as varchar) || ' lines were refused; look at quarantine/transform/batch=${batch}, mend the cause, and run the batch again from transform'
        else '0'
    end as int
)
from (
    select
        coalesce(sum(lines), 0) as lines,
        coalesce(sum(case when outcome in ('kept', 'duplicate') then 0 else lines end), 0) as refused
    from staging_outcome
    where kind in ('post', 'comment')
) as found;
