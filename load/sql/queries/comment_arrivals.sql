-- Minutes from each post's creation to each of its comments, for posts that match a keyword (post.keywords is JSON array text).
select
    community.comment.site,
    community.comment.board,
    community.comment.post_id,
    datediff(second, community.post.created_at, community.comment.created_at) / 60.0 as minutes
from community.comment
join community.post
    on community.post.site = community.comment.site
    and community.post.board = community.comment.board
    and community.post.post_id = community.comment.post_id
where community.post.keywords <> '[]'
order by
    community.comment.site,
    community.comment.board,
    community.comment.post_id,
    minutes;
