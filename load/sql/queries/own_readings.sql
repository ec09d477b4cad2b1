-- What each reading of the posts of own_arrivals showed besides comments, seconds after the post was written.
select
    community.post_snapshot.site,
    community.post_snapshot.board,
    community.post_snapshot.post_id,
    datediff(second, community.post.created_at, community.post_snapshot.collected_at) as seconds,
    community.post_snapshot.views,
    community.post_snapshot.likes,
    community.post_snapshot.list_rank,
    community.post_snapshot.keyword_count,
    community.post_snapshot.title_length,
    community.post_snapshot.title_question
from community.post_snapshot
join community.post
    on community.post.site = community.post_snapshot.site
    and community.post.board = community.post_snapshot.board
    and community.post.post_id = community.post_snapshot.post_id
where community.post.created_at <= (select dateadd(hour, -72, max(collected_at)) from community.post_snapshot)
    and community.post.collected_at >= dateadd(hour, 48, community.post.created_at)
    and community.post_snapshot.collected_at >= community.post.created_at
order by
    community.post_snapshot.site,
    community.post_snapshot.board,
    community.post_snapshot.post_id,
    community.post_snapshot.collected_at,
    community.post_snapshot.batch;
