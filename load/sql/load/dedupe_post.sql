-- One row a key, with what the title and the keywords tell, the latest reading; equal readings are ordered by content, so that a rerun keeps the same one.
create temp table batch_post
distkey (post_id)
as
select
    site,
    board,
    post_id,
    url,
    title,
    body,
    author_hash,
    created_at,
    collected_at,
    views,
    likes,
    comment_count,
    keywords,
    may_alarm,
    list_rank,
    cast('${batch}' as varchar) as batch,
    case
        when keywords = '[]' then 0
        else (length(keywords) - length(replace(keywords, '","', ''))) / 3 + 1
    end as keyword_count,
    length(title) as title_length,
    strpos(title, '?') > 0 or strpos(title, '？') > 0 as title_question
from (
    select
        staging_post.*,
        row_number() over (
            partition by site, board, post_id
            order by collected_at desc, comment_count desc, views desc, likes desc, title, body, keywords, url, author_hash, created_at, may_alarm, list_rank
        ) as place
    from staging_post
) as ranked
where place = 1;
