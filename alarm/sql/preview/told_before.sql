-- The messages about posts that went out in batches before one.
select
    site,
    board,
    post_id,
    level,
    sent_at
from community.alert
where batch < :since
