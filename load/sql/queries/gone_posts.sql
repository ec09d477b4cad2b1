-- Posts that were deleted or blinded and have not come back, the latest first: what they said, how far they came, whether they were alerted.
select
    gone.seen_at,
    gone.evidence,
    post.site,
    post.board,
    post.post_id,
    post.title,
    post.url,
    post.created_at,
    post.comment_count,
    post.keywords,
    alerted.level as alerted
from (
    select
        site,
        board,
        post_id,
        seen_at,
        evidence,
        row_number() over (partition by site, board, post_id order by seen_at desc, batch desc) as place
    from community.post_gone
) as gone
join community.post as post
    on post.site = gone.site
    and post.board = gone.board
    and post.post_id = gone.post_id
left join (
    select
        site,
        board,
        post_id,
        min(level) as level
    from community.alert
    group by
        site,
        board,
        post_id
) as alerted
    on alerted.site = gone.site
    and alerted.board = gone.board
    and alerted.post_id = gone.post_id
where gone.place = 1
    and gone.seen_at > post.collected_at
order by
    gone.seen_at desc,
    post.site,
    post.board,
    post.post_id;
