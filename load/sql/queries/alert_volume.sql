-- Per day in Seoul: messages about posts (hot and critical), beside what the operator allows and the share of posts that the cut aims at.
select
    sent.day,
    sent.hot_alerts,
    sent.critical_alerts,
    setting.max_alerts_per_day,
    setting.posts_per_day,
    setting.hot_share
from (
    select
        date_trunc('day', dateadd(hour, 9, sent_at)) as day,
        count(case when level = 'hot' then 1 end) as hot_alerts,
        count(case when level = 'critical' then 1 end) as critical_alerts
    from community.alert
    group by date_trunc('day', dateadd(hour, 9, sent_at))
) as sent
cross join (
    select
        max(max_alerts_per_day) as max_alerts_per_day,
        max(posts_per_day) as posts_per_day,
        max(hot_share) as hot_share
    from community.alarm_cut
    where batch = (select max(batch) from community.alarm_cut)
) as setting
order by sent.day desc;
