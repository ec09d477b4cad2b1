-- What the batch read, with the signals that a model may learn from, also when a newer batch was loaded before: a late batch still adds its point to the curve.
merge into community.post_snapshot
using batch_post
    on community.post_snapshot.site = batch_post.site
    and community.post_snapshot.board = batch_post.board
    and community.post_snapshot.post_id = batch_post.post_id
    and community.post_snapshot.batch = batch_post.batch
when matched then update set
    collected_at = batch_post.collected_at,
    views = batch_post.views,
    likes = batch_post.likes,
    comment_count = batch_post.comment_count,
    list_rank = batch_post.list_rank,
    keyword_count = batch_post.keyword_count,
    title_length = batch_post.title_length,
    title_question = batch_post.title_question
when not matched then insert (
    site,
    board,
    post_id,
    batch,
    collected_at,
    views,
    likes,
    comment_count,
    list_rank,
    keyword_count,
    title_length,
    title_question
) values (
    batch_post.site,
    batch_post.board,
    batch_post.post_id,
    batch_post.batch,
    batch_post.collected_at,
    batch_post.views,
    batch_post.likes,
    batch_post.comment_count,
    batch_post.list_rank,
    batch_post.keyword_count,
    batch_post.title_length,
    batch_post.title_question
);
