-- Comments that were no longer on the page when their post was last read (deleted or blinded), by post.
select
    community.post.site,
    community.post.board,
    community.post.post_id,
    community.post.title,
    count(*) as gone
from community.comment
join community.post
    on community.post.site = community.comment.site
    and community.post.board = community.comment.board
    and community.post.post_id = community.comment.post_id
where community.comment.last_batch < community.post.last_batch
group by
    community.post.site,
    community.post.board,
    community.post.post_id,
    community.post.title
order by
    gone desc,
    community.post.site,
    community.post.board,
    community.post.post_id;
