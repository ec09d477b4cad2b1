-- Posts and comments by the hour they were written in, posts at their site's level by the hour they were read in, of every keyword the post matches.
-- post.keywords is JSON array text, so a keyword stands in it between double quotes. Keyword '*' is every post of the site.
insert into community.summary_hourly (hour, site, keyword, posts, comments, hot_posts)
select
    counted.hour,
    counted.site,
    counted.keyword,
    sum(counted.posts),
    sum(counted.comments),
    sum(counted.hot_posts)
from (
    select
        date_trunc('hour', community.post.created_at) as hour,
        community.post.site,
        watched.keyword,
        1 as posts,
        0 as comments,
        0 as hot_posts
    from community.post
    join (select distinct site, keyword from community.summary) as watched
        on watched.site = community.post.site
        and (watched.keyword = '*' or strpos(community.post.keywords, '"' || watched.keyword || '"') > 0)
    union all
    select
        date_trunc('hour', community.comment.created_at) as hour,
        community.comment.site,
        watched.keyword,
        0 as posts,
        1 as comments,
        0 as hot_posts
    from community.comment
    join community.post
        on community.post.site = community.comment.site
        and community.post.board = community.comment.board
        and community.post.post_id = community.comment.post_id
    join (select distinct site, keyword from community.summary) as watched
        on watched.site = community.post.site
        and (watched.keyword = '*' or strpos(community.post.keywords, '"' || watched.keyword || '"') > 0)
    where date_trunc('hour', community.comment.created_at) in (select touched_hour.hour from touched_hour)
    union all
    select
        hot.hour,
        hot.site,
        hot.keyword,
        0 as posts,
        0 as comments,
        1 as hot_posts
    from (
        select distinct
            date_trunc('hour', community.score.collected_at) as hour,
            community.score.site,
            community.score.board,
            community.score.post_id,
            watched.keyword
        from community.score
        join community.post
            on community.post.site = community.score.site
            and community.post.board = community.score.board
            and community.post.post_id = community.score.post_id
        join (select distinct site, keyword from community.summary) as watched
            on watched.site = community.post.site
            and (watched.keyword = '*' or strpos(community.post.keywords, '"' || watched.keyword || '"') > 0)
        where community.score.comments_seen >= community.score.hot_threshold
    ) as hot
) as counted
where counted.hour in (select touched_hour.hour from touched_hour)
group by
    counted.hour,
    counted.site,
    counted.keyword;
