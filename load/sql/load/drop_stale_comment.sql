-- Readings older than what is stored must not overwrite it. Of equal times the later batch wins, so the order of loading does not matter.
delete from batch_comment
using community.comment
where community.comment.site = batch_comment.site
    and community.comment.board = batch_comment.board
    and community.comment.post_id = batch_comment.post_id
    and community.comment.comment_id = batch_comment.comment_id
    and (
        community.comment.collected_at > batch_comment.collected_at
        or (community.comment.collected_at = batch_comment.collected_at and community.comment.last_batch > batch_comment.batch)
    );
