-- Columns in the order and types of the job's Parquet: COPY matches by position. Held equal to the job's schema by a test.
create temp table staging_score (
    site varchar(32) not null,
    board varchar(64) not null,
    post_id varchar(32) not null,
    collected_at timestamp not null,
    age_minutes int,
    comments_seen bigint,
    hot_threshold bigint,
    features varchar(65535),
    raw_probability double precision,
    impact double precision,
    reasons varchar(65535),
    model_version varchar(128),
    exceedance double precision,
    recent double precision,
    reasons_en varchar(65535)
)
distkey (post_id);
