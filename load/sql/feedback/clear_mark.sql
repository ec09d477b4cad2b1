-- The latest word counts: what was said before of the post goes.
delete from community.feedback
where site = '${site}'
    and board = '${board}'
    and post_id = '${postId}';
