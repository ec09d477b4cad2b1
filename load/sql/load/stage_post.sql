-- Columns in the order and types of the job's Parquet: COPY matches by position. Held equal to the job's schema by a test.
create temp table staging_post (
    site varchar(32) not null,
    board varchar(64) not null,
    post_id varchar(32) not null,
    url varchar(6144),
    title varchar(6000),
    body varchar(65535),
    author_hash varchar(32),
    created_at timestamp not null,
    collected_at timestamp not null,
    views bigint,
    likes bigint,
    comment_count bigint,
    keywords varchar(8192),
    may_alarm boolean,
    list_rank bigint
)
distkey (post_id);
