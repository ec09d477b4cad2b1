-- How many of the latest batches, one after the other up to this one, brought no post, and the first of them.
select
    count(*) as batches,
    min(batch) as since
from community.load_ledger
where batch <= :batch
    and batch > (
        select coalesce(max(batch), '')
        from community.load_ledger
        where posts > 0
            and batch <= :batch
    )
