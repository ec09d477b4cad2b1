-- Columns in the order and types of the job's Parquet: COPY matches by position. Held equal to the job's schema by a test.
create temp table staging_comment (
    site varchar(32) not null,
    board varchar(64) not null,
    post_id varchar(32) not null,
    comment_id varchar(32) not null,
    is_reply boolean,
    author_hash varchar(32),
    created_at timestamp not null,
    collected_at timestamp not null,
    body varchar(65535),
    likes bigint,
    dislikes bigint
)
distkey (post_id);
