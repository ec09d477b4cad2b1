-- What the latest batch with scores derived from its readings, by site: the share of posts that may alarm, the cuts, and the stability of each measure.
select
    cut.batch,
    cut.site,
    cut.model_version,
    cut.max_alerts_per_day,
    cut.posts_per_day,
    cut.hot_share,
    cut.finished_posts,
    cut.hot_cut,
    cut.watch_cut,
    max(case when stability.measure = 'comments' then stability.stability_index end) as comments_stability,
    max(case when stability.measure = 'recent' then stability.stability_index end) as recent_stability,
    max(case when stability.measure = 'score' then stability.stability_index end) as score_stability
from community.alarm_cut as cut
left join community.stability as stability
    on stability.batch = cut.batch
    and stability.site = cut.site
where cut.batch = (select max(alarm_cut.batch) from community.alarm_cut)
group by
    cut.batch,
    cut.site,
    cut.model_version,
    cut.max_alerts_per_day,
    cut.posts_per_day,
    cut.hot_share,
    cut.finished_posts,
    cut.hot_cut,
    cut.watch_cut
order by cut.site;
