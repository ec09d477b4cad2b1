-- Latest state of each comment; batch_comment holds one row a key, none older than what is stored. Comments that left the page stay.
merge into community.comment
using batch_comment
    on community.comment.site = batch_comment.site
    and community.comment.board = batch_comment.board
    and community.comment.post_id = batch_comment.post_id
    and community.comment.comment_id = batch_comment.comment_id
when matched then update set
    is_reply = batch_comment.is_reply,
    author_hash = batch_comment.author_hash,
    created_at = batch_comment.created_at,
    collected_at = batch_comment.collected_at,
    body = batch_comment.body,
    likes = batch_comment.likes,
    dislikes = batch_comment.dislikes,
    last_batch = batch_comment.batch
when not matched then insert (
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
    last_batch
) values (
    batch_comment.site,
    batch_comment.board,
    batch_comment.post_id,
    batch_comment.comment_id,
    batch_comment.is_reply,
    batch_comment.author_hash,
    batch_comment.created_at,
    batch_comment.collected_at,
    batch_comment.body,
    batch_comment.likes,
    batch_comment.dislikes,
    batch_comment.batch
);
