-- The arrival curve of one post: what each batch read and how it scored it. Parameters :site, :board, :post_id.
select
    community.post_snapshot.batch,
    community.post_snapshot.collected_at,
    community.post_snapshot.comment_count,
    community.post_snapshot.views,
    community.post_snapshot.likes,
    community.score.raw_probability,
    community.score.impact
from community.post_snapshot
left join community.score
    on community.score.batch = community.post_snapshot.batch
    and community.score.site = community.post_snapshot.site
    and community.score.board = community.post_snapshot.board
    and community.score.post_id = community.post_snapshot.post_id
where community.post_snapshot.site = :site
    and community.post_snapshot.board = :board
    and community.post_snapshot.post_id = :post_id
order by community.post_snapshot.batch;
