-- Latest state of each post; batch_post holds one row a key (dedupe_post.sql), none older than what is stored (drop_stale_post.sql).
merge into community.post
using batch_post
    on community.post.site = batch_post.site
    and community.post.board = batch_post.board
    and community.post.post_id = batch_post.post_id
when matched then update set
    url = batch_post.url,
    title = batch_post.title,
    body = batch_post.body,
    author_hash = batch_post.author_hash,
    created_at = batch_post.created_at,
    collected_at = batch_post.collected_at,
    views = batch_post.views,
    likes = batch_post.likes,
    comment_count = batch_post.comment_count,
    keywords = batch_post.keywords,
    last_batch = batch_post.batch,
    may_alarm = batch_post.may_alarm,
    list_rank = batch_post.list_rank
when not matched then insert (
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
    last_batch,
    may_alarm,
    list_rank
) values (
    batch_post.site,
    batch_post.board,
    batch_post.post_id,
    batch_post.url,
    batch_post.title,
    batch_post.body,
    batch_post.author_hash,
    batch_post.created_at,
    batch_post.collected_at,
    batch_post.views,
    batch_post.likes,
    batch_post.comment_count,
    batch_post.keywords,
    batch_post.batch,
    batch_post.may_alarm,
    batch_post.list_rank
);
