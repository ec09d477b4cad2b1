-- Each score a batch gave a post. Calibration and alarm levels are SQL over this table, never inside the job.
-- distkey post_id: joined to post without moving rows.
-- sortkey batch: the alarm reads exactly one batch.
create table community.score (
    batch varchar(16) not null encode raw,
    site varchar(32) not null encode bytedict,
    board varchar(64) not null encode bytedict,
    post_id varchar(32) not null encode zstd,
    collected_at timestamp not null encode az64,
    age_minutes int encode az64,
    comments_seen bigint encode az64,
    hot_threshold bigint encode az64,
    features varchar(65535) encode zstd,
    raw_probability double precision encode zstd,
    impact double precision encode zstd,
    reasons varchar(65535) encode zstd,
    model_version varchar(128) encode bytedict,
    primary key (batch, site, board, post_id)
)
distkey (post_id)
sortkey (batch);
