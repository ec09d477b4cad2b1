-- How far the readings of the last day lie from those of the four weeks before.
delete from community.stability
where batch = '${batch}';

-- Population stability index, sum of (now - before) x ln(now / before) over seven bins, half a post added to each bin. One reading a post: the
-- last of its first four hours. With fewer than 100 posts now, or 500 before, the index is noise (about 6 x (1 / now + 1 / before)): no row.
insert into community.stability (
    batch,
    site,
    measure,
    model_version,
    posts,
    reference_posts,
    stability_index
)
select
    '${batch}',
    share.site,
    share.measure,
    '${modelVersion}',
    max(share.posts),
    max(share.reference_posts),
    sum((share.now - share.before) * ln(share.now / share.before))
from (
    select
        counted.site,
        counted.measure,
        sum(counted.now) over (partition by counted.site, counted.measure) as posts,
        sum(counted.before) over (partition by counted.site, counted.measure) as reference_posts,
        cast(counted.now + 0.5 as double precision) / (sum(counted.now) over (partition by counted.site, counted.measure) + 3.5) as now,
        cast(counted.before + 0.5 as double precision) / (sum(counted.before) over (partition by counted.site, counted.measure) + 3.5) as before
    from (
        select
            binned.site,
            binned.measure,
            grid.bin,
            sum(case when binned.bin = grid.bin and binned.is_recent = 1 then 1 else 0 end) as now,
            sum(case when binned.bin = grid.bin and binned.is_recent = 0 then 1 else 0 end) as before
        from (
            select
                site,
                is_recent,
                'comments' as measure,
                case
                    when comments_seen = 0 then 0
                    when comments_seen < 0.03 * hot_threshold then 1
                    when comments_seen < 0.06 * hot_threshold then 2
                    when comments_seen < 0.12 * hot_threshold then 3
                    when comments_seen < 0.25 * hot_threshold then 4
                    when comments_seen < 0.5 * hot_threshold then 5
                    else 6
                end as bin
            from reading
            union all
            select
                site,
                is_recent,
                'recent' as measure,
                case
                    when recent = 0 then 0
                    when recent < 0.1 then 1
                    when recent < 0.5 then 2
                    when recent < 1 then 3
                    when recent < 2 then 4
                    when recent < 4 then 5
                    else 6
                end as bin
            from reading
            union all
            select
                site,
                is_recent,
                'score' as measure,
                case
                    when exceedance < 0.02 then 0
                    when exceedance < 0.05 then 1
                    when exceedance < 0.1 then 2
                    when exceedance < 0.2 then 3
                    when exceedance < 0.4 then 4
                    when exceedance < 0.7 then 5
                    else 6
                end as bin
            from reading
        ) as binned
        cross join (
            select 0 as bin
            union all select 1
            union all select 2
            union all select 3
            union all select 4
            union all select 5
            union all select 6
        ) as grid
        group by
            binned.site,
            binned.measure,
            grid.bin
    ) as counted
) as share
where share.posts >= 100
    and share.reference_posts >= 500
group by
    share.site,
    share.measure;
