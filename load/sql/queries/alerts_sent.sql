-- The messages that were sent, latest first, with what they were about.
select
    community.alert.sent_at,
    community.alert.level,
    community.alert.batch,
    community.alert.repeated,
    community.alert.impact,
    community.alert.comments_seen,
    community.post.site,
    community.post.board,
    community.post.post_id,
    community.post.title,
    community.post.url
from community.alert
join community.post
    on community.post.site = community.alert.site
    and community.post.board = community.alert.board
    and community.post.post_id = community.alert.post_id
order by
    community.alert.sent_at desc,
    community.post.url;
