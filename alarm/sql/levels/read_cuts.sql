-- The cuts of a batch.
select
    site,
    posts_per_day,
    hot_share,
    finished_posts,
    hot_cut,
    watch_cut
from community.alarm_cut
where batch = :batch
order by site
