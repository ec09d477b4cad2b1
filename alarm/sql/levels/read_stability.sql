-- The stability of each site and measure that the batch has one of: the batch's own, and the lowest of the latest three batches.
select
    site,
    measure,
    count(*) as batches,
    min(stability_index) as lowest,
    max(case when batch = :batch then stability_index end) as latest
from (
    select
        site,
        measure,
        batch,
        stability_index,
        row_number() over (partition by site, measure order by batch desc) as place
    from community.stability
    where batch <= :batch
) as placed
where place <= 3
group by
    site,
    measure
having max(case when batch = :batch then 1 else 0 end) = 1
order by
    site,
    measure
