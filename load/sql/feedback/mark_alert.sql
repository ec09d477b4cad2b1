-- What a person says of a post that was alerted; nothing for a post without an alert.
insert into community.feedback (
    site,
    board,
    post_id,
    verdict,
    marked_at
)
select distinct
    site,
    board,
    post_id,
    '${verdict}',
    cast('${markedAt}' as timestamp)
from community.alert
where site = '${site}'
    and board = '${board}'
    and post_id = '${postId}';
