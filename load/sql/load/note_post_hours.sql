-- A post that is read again may have other keywords now: every hour its post, comments and scores lie in counts anew.
insert into touched_hour
select date_trunc('hour', batch_post.created_at)
from batch_post
union
select date_trunc('hour', community.post.created_at)
from community.post
join batch_post
    on community.post.site = batch_post.site
    and community.post.board = batch_post.board
    and community.post.post_id = batch_post.post_id
union
select date_trunc('hour', community.comment.created_at)
from community.comment
join batch_post
    on community.comment.site = batch_post.site
    and community.comment.board = batch_post.board
    and community.comment.post_id = batch_post.post_id
union
select date_trunc('hour', community.score.collected_at)
from community.score
join batch_post
    on community.score.site = batch_post.site
    and community.score.board = batch_post.board
    and community.score.post_id = batch_post.post_id;
