-- Each message that was sent about a post, filled from the alert state after sending.
-- `repeated`: sent again because the record of the first was lost.
-- diststyle all: a few rows a day, joined to post and score for the dashboard.
-- sortkey sent_at: the latest alerts are asked for.
create table community.alert (
    site varchar(32) not null encode bytedict,
    board varchar(64) not null encode bytedict,
    post_id varchar(32) not null encode zstd,
    level varchar(16) not null encode bytedict,
    batch varchar(16) not null encode zstd,
    sent_at timestamp not null encode raw,
    repeated boolean not null encode zstd,
    impact double precision encode zstd,
    comments_seen bigint encode az64
)
diststyle all
sortkey (sent_at);
