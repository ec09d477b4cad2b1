-- Turns the alerts a day that the operator allows into a cut of each site's recent scores.
delete from community.alarm_cut
where batch = '${batch}';

-- hot_share, the share of posts that may be alarmed: allowed alerts a day / posts a day (of the last week, all sites), never more than a tenth.
-- A cut c is the largest with (posts below c + 100 c) <= share x (posts + 100): the model's prior counts as 100 posts, so that a new site
-- begins with the share itself. Between two posts the solution is exact. Watch takes three times the share. docs/model-card.md tells why.
insert into community.alarm_cut (
    batch,
    site,
    model_version,
    max_alerts_per_day,
    posts_per_day,
    hot_share,
    finished_posts,
    hot_cut,
    watch_cut
)
select
    '${batch}' as batch,
    place.site as site,
    '${modelVersion}' as model_version,
    ${maxAlertsPerDay} as max_alerts_per_day,
    max(volume.posts_per_day) as posts_per_day,
    max(volume.hot_share) as hot_share,
    max(place.finished_posts) as finished_posts,
    coalesce(max(
        case
            when least(place.next_lowest, (volume.hot_share * (place.finished_posts + 100) - place.below) / 100) > place.lowest
            then least(place.next_lowest, (volume.hot_share * (place.finished_posts + 100) - place.below) / 100)
        end
    ), 0) as hot_cut,
    coalesce(max(
        case
            when least(place.next_lowest, (3 * volume.hot_share * (place.finished_posts + 100) - place.below) / 100) > place.lowest
            then least(place.next_lowest, (3 * volume.hot_share * (place.finished_posts + 100) - place.below) / 100)
        end
    ), 0) as watch_cut
from (
    select
        listed.site,
        listed.lowest,
        listed.below,
        coalesce(lead(listed.lowest) over (partition by listed.site order by listed.below), 1) as next_lowest,
        max(listed.below) over (partition by listed.site) as finished_posts
    from (
        select distinct
            site,
            cast(0 as double precision) as lowest,
            cast(0 as bigint) as below
        from community.score
        where batch = '${batch}'
        union all
        select
            site,
            lowest,
            row_number() over (partition by site order by lowest, board, post_id) as below
        from watched_post
        where lowest is not null
            and created_at <= dateadd(minute, -240, cast('${batchTime}' as timestamp))
            and site in (select site from community.score where batch = '${batch}')
    ) as listed
) as place
cross join (
    select
        recent.posts_per_day,
        least(cast(0.1 as double precision), ${maxAlertsPerDay} / greatest(recent.posts_per_day, 1)) as hot_share
    from (
        -- At least six hours: a warehouse that begins knows no whole day.
        select
            cast(count(*) as double precision)
            / greatest(datediff(minute, min(created_at), cast('${batchTime}' as timestamp)) / 1440.0, 0.25) as posts_per_day
        from watched_post
        where created_at > dateadd(day, -7, cast('${batchTime}' as timestamp))
    ) as recent
) as volume
group by place.site;
