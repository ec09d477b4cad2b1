-- Readings older than what is stored must not overwrite it. Of equal times the later batch wins, so the order of loading does not matter.
delete from batch_post
using community.post
where community.post.site = batch_post.site
    and community.post.board = batch_post.board
    and community.post.post_id = batch_post.post_id
    and (
        community.post.collected_at > batch_post.collected_at
        or (community.post.collected_at = batch_post.collected_at and community.post.last_batch > batch_post.batch)
    );
