-- One row a key, the latest reading; equal readings are ordered by content, so that a rerun keeps the same one.
create temp table batch_comment
distkey (post_id)
as
select
    site,
    board,
    post_id,
    comment_id,
    is_reply,
    author_hash,
    created_at,
    collected_at,
    body,
    likes,
    dislikes,
    cast('${batch}' as varchar) as batch
from (
    select
        staging_comment.*,
        row_number() over (
            partition by site, board, post_id, comment_id
            order by collected_at desc, likes desc, dislikes desc, body, author_hash, created_at, is_reply
        ) as place
    from staging_comment
) as ranked
where place = 1;
