-- Columns in the order and types of the job's Parquet: COPY matches by position. Held equal to the job's schema by a test.
create temp table staging_summary (
    site varchar(32) not null,
    keyword varchar(128) not null,
    posts bigint,
    comments bigint,
    hot_posts bigint
)
diststyle all;
