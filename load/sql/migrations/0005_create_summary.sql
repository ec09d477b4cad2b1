-- Counts of each batch by site and keyword. A batch holds only the posts that were due: see summary_hourly for all of an hour.
-- diststyle all: a few rows a batch, and the hourly summary joins the keywords to every post.
-- sortkey batch: read a batch at a time.
create table community.summary (
    batch varchar(16) not null encode raw,
    site varchar(32) not null encode bytedict,
    keyword varchar(128) not null encode zstd,
    posts bigint encode az64,
    comments bigint encode az64,
    hot_posts bigint encode az64,
    primary key (batch, site, keyword)
)
diststyle all
sortkey (batch);
