-- One row a key; of several the largest, so that a rerun keeps the same one.
create temp table batch_outcome
diststyle all
as
select
    kind,
    outcome,
    lines,
    cast('${batch}' as varchar) as batch
from (
    select
        staging_outcome.*,
        row_number() over (partition by kind, outcome order by lines desc) as place
    from staging_outcome
) as ranked
where place = 1;
