-- The batches that were loaded, latest first, with the rows that came.
select
    batch,
    posts,
    comments,
    scores,
    summaries,
    loaded_at
from community.load_ledger
order by batch desc;
