-- What became of the site's own posts corrects the model's odds.
delete from community.calibration
where batch = '${batch}';

-- Of each post whose 72 hours ended within the last four weeks, the last reading before its site's level in each age band (from 0, 30 and
-- 120 minutes). The odds are multiplied by (10 + hot posts) / (10 + expected ones): ten hot posts as expected stand for the shipped model.
insert into community.calibration (
    batch,
    site,
    age_band,
    model_version,
    posts,
    hot_posts,
    expected_hot_posts,
    odds_factor
)
select
    '${batch}',
    reading.site,
    reading.age_band,
    '${modelVersion}',
    count(*),
    sum(reading.became_hot),
    sum(reading.raw_probability),
    (10 + sum(reading.became_hot)) / (10 + sum(reading.raw_probability))
from (
    select
        banded.site,
        banded.age_band,
        banded.raw_probability,
        max(banded.became_hot) over (partition by banded.site, banded.board, banded.post_id) as became_hot,
        row_number() over (
            partition by banded.site, banded.board, banded.post_id, banded.age_band, banded.became_hot
            order by banded.age_minutes desc, banded.batch desc
        ) as place,
        banded.became_hot as is_at_level
    from (
        select
            community.score.site,
            community.score.board,
            community.score.post_id,
            community.score.batch,
            community.score.age_minutes,
            community.score.raw_probability,
            case when community.score.raw_probability >= 1 then 1 else 0 end as became_hot,
            case
                when community.score.age_minutes < 30 then 0
                when community.score.age_minutes < 120 then 30
                else 120
            end as age_band
        from community.score
        join community.post
            on community.post.site = community.score.site
            and community.post.board = community.score.board
            and community.post.post_id = community.score.post_id
        where community.post.created_at <= dateadd(minute, -4320, cast('${batchTime}' as timestamp))
            and community.post.created_at > dateadd(day, -31, cast('${batchTime}' as timestamp))
            and community.score.batch <= '${batch}'
            and community.score.model_version = '${modelVersion}'
            and (community.score.age_minutes < 4320 or community.score.raw_probability >= 1)
    ) as banded
) as reading
where reading.place = 1
    and reading.is_at_level = 0
group by
    reading.site,
    reading.age_band;
