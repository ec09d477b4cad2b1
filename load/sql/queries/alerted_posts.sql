-- Posts that were alerted, the latest first.
select
    alert.site,
    alert.board,
    alert.post_id,
    max(post.url) as url,
    max(post.title) as title,
    max(alert.sent_at) as sent_at
from community.alert as alert
left join community.post as post
    on post.site = alert.site
    and post.board = alert.board
    and post.post_id = alert.post_id
group by
    alert.site,
    alert.board,
    alert.post_id
order by
    sent_at desc,
    alert.site,
    alert.board,
    alert.post_id;
