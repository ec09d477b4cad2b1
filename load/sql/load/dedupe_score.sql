-- One row a key, the latest score; equal ones are ordered by content, so that a rerun keeps the same one.
create temp table batch_score
distkey (post_id)
as
select
    site,
    board,
    post_id,
    collected_at,
    age_minutes,
    comments_seen,
    hot_threshold,
    features,
    raw_probability,
    impact,
    reasons,
    model_version,
    exceedance,
    recent,
    reasons_en,
    cast('${batch}' as varchar) as batch
from (
    select
        staging_score.*,
        row_number() over (
            partition by site, board, post_id
            order by collected_at desc, comments_seen desc, impact desc, raw_probability desc, features, reasons, model_version, age_minutes, hot_threshold, exceedance, recent, reasons_en
        ) as place
    from staging_score
) as ranked
where place = 1;
