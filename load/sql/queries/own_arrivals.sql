-- Posts whose 72 hours are over, a row a comment (seconds from the post to it) and a row without seconds for a post that has none.
-- A post that was last read in its first two days is left out: what came afterwards is not known.
select
    community.post.site,
    community.post.board,
    community.post.post_id,
    community.post.created_at,
    datediff(second, community.post.created_at, community.comment.created_at) as seconds
from community.post
left join community.comment
    on community.comment.site = community.post.site
    and community.comment.board = community.post.board
    and community.comment.post_id = community.post.post_id
    and community.comment.created_at >= dateadd(minute, -1, community.post.created_at)
where community.post.created_at <= (select dateadd(hour, -72, max(collected_at)) from community.post_snapshot)
    and community.post.collected_at >= dateadd(hour, 48, community.post.created_at)
order by
    community.post.site,
    community.post.created_at,
    community.post.board,
    community.post.post_id,
    seconds;
