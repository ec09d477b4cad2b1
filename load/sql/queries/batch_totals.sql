-- What the job made of each batch, latest first: posts and comments scored, and how many posts it calls hot.
select
    batch,
    cast(sum(posts) as bigint) as posts,
    cast(sum(comments) as bigint) as comments,
    cast(sum(hot_posts) as bigint) as hot_posts
from community.summary
where keyword = '*'
group by batch
order by batch desc;
