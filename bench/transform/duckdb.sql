-- The job's reading, refusing, dropping of duplicates, arrivals and score in DuckDB's SQL, for an equal result by post. Left out, to DuckDB's
-- favour: features and sentences of reasons, impact, exceedance, summary, quarantine, cutting of long texts and the rarer refusals (characters
-- without width, times far from the batch). ${…}: model.json and folders (run-duckdb.ts).
create temp table raw_post as
select * from read_json('${data}/raw/post/*/*/*.gz', format = 'newline_delimited', ignore_errors = true, hive_partitioning = false, columns = {
    site: 'varchar', board: 'varchar', post_id: 'varchar', url: 'varchar', title: 'varchar', body: 'varchar', author_hash: 'varchar',
    created_at: 'varchar', collected_at: 'varchar', views: 'varchar', likes: 'varchar', comment_count: 'varchar', keywords: 'varchar',
    may_alarm: 'varchar', list_rank: 'varchar'
});

create temp table raw_comment as
select * from read_json('${data}/raw/comment/*/*/*.gz', format = 'newline_delimited', ignore_errors = true, hive_partitioning = false, columns = {
    site: 'varchar', board: 'varchar', post_id: 'varchar', comment_id: 'varchar', is_reply: 'varchar', author_hash: 'varchar',
    created_at: 'varchar', collected_at: 'varchar', body: 'varchar', likes: 'varchar', dislikes: 'varchar'
});

create temp table post as
select * exclude (place) from (
    select
        site, board, post_id, url, title, body, author_hash,
        cast(created_at as timestamp) as created_at,
        cast(collected_at as timestamp) as collected_at,
        cast(views as bigint) as views, cast(likes as bigint) as likes, cast(comment_count as bigint) as comment_count,
        keywords, cast(may_alarm as boolean) as may_alarm, cast(list_rank as bigint) as list_rank,
        row_number() over (partition by site, board, post_id order by collected_at desc, title, body) as place
    from raw_post
    where regexp_matches(site, '^[a-z][a-z0-9_]{1,31}$') and regexp_matches(author_hash, '^[0-9a-f]{32}$')
        and regexp_matches(created_at, '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$') and regexp_matches(collected_at, '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$')
        and regexp_matches(views, '^\d{1,15}$') and regexp_matches(likes, '^\d{1,15}$') and regexp_matches(comment_count, '^\d{1,15}$')
        and regexp_matches(url, '^https?://[^ ]+$') and title <> '' and created_at <= collected_at
)
where place = 1;

create temp table comment as
select * exclude (place) from (
    select
        c.site, c.board, c.post_id, comment_id, cast(is_reply as boolean) as is_reply, c.author_hash,
        cast(c.created_at as timestamp) as created_at, cast(c.collected_at as timestamp) as collected_at,
        c.body, cast(c.likes as bigint) as likes, cast(dislikes as bigint) as dislikes,
        row_number() over (partition by c.site, c.board, c.post_id, comment_id order by c.collected_at desc, c.body) as place
    from raw_comment as c
    left join post as p using (site, board, post_id)
    where regexp_matches(c.site, '^[a-z][a-z0-9_]{1,31}$') and regexp_matches(c.author_hash, '^[0-9a-f]{32}$')
        and regexp_matches(c.created_at, '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$') and regexp_matches(c.collected_at, '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$')
        and regexp_matches(c.likes, '^\d{1,15}$') and (dislikes is null or regexp_matches(dislikes, '^\d{1,15}$'))
        and is_reply in ('true', 'false') and c.created_at <= c.collected_at
        and (p.created_at is null or epoch(cast(c.created_at as timestamp)) >= epoch(p.created_at) - 60)
)
where place = 1;

create temp table arrived as
select
    site, board, post_id, age, a, level,
    count(since) filter (since >= 0) as seen,
    count(since) filter (since >= 0 and age - since <= ${window}) as in_window,
    coalesce(sum(exp(-since / decay)) filter (since >= 0), 0) as recent
from (
    select
        p.site, p.board, p.post_id,
        (epoch(p.collected_at) - epoch(p.created_at)) / 60 as age,
        ln(greatest((epoch(p.collected_at) - epoch(p.created_at)) / 60, ${least_age}) / 60) as a,
        greatest((epoch(p.collected_at) - epoch(p.created_at)) / 60, ${least_age}) * ${share} as decay,
        ${level} as level,
        (epoch(p.collected_at) - epoch(c.created_at)) / 60 as since
    from post as p
    left join comment as c using (site, board, post_id)
)
group by all;

create temp table scored as
select
    site, board, post_id, seen as comments_seen, recent,
    case when in_window >= level then 1 when age >= ${window} then 0 else 1 / (1 + exp(-logit)) end as raw_probability
from (
    select
        *,
        ${intercept} + ${a} * a + ${a_a} * a * a
        + (${ln_left} + ${a_ln_left} * a) * ln(greatest(level - seen, 1) * known / level)
        + (${ln_seen} + ${a_ln_seen} * a) * ln(1 + seen * known / level)
        + (${ln_recent} + ${a_ln_recent} * a) * ln(1 + recent * known / level) as logit
    from (select *, least(${highest}, greatest(${lowest}, level)) as known from arrived)
);

copy post to '${out}/post.parquet' (format parquet);
copy comment to '${out}/comment.parquet' (format parquet);
copy scored to '${out}/score.parquet' (format parquet);
