-- One row a key; of several the largest, so that a rerun keeps the same one.
create temp table batch_summary
diststyle all
as
select
    site,
    keyword,
    posts,
    comments,
    hot_posts,
    cast('${batch}' as varchar) as batch
from (
    select
        staging_summary.*,
        row_number() over (
            partition by site, keyword
            order by posts desc, comments desc, hot_posts desc
        ) as place
    from staging_summary
) as ranked
where place = 1;
