-- One row a key, the latest reading; equal readings are ordered by content, so that a rerun keeps the same one.
create temp table batch_post
distkey (post_id)
as
select
    site,
    board,
    post_id,
    url,
    title,
    body,
    author_hash,
    created_at,
    collected_at,
    views,
    likes,
    comment_count,
    keywords,
    cast('${batch}' as varchar) as batch
from (
    select
        staging_post.*,
        row_number() over (
            partition by site, board, post_id
            order by collected_at desc, comment_count desc, views desc, likes desc, title, body, keywords, url, author_hash, created_at
        ) as place
    from staging_post
) as ranked
where place = 1;
