-- What each hour (UTC) brought by site and keyword: posts and comments written in it, posts that a batch of it found hot.
-- diststyle all: sites x keywords rows an hour, read whole by the dashboard.
-- sortkey hour: the dashboard asks for a stretch of time, and the load clears the touched hours.
create table community.summary_hourly (
    hour timestamp not null encode raw,
    site varchar(32) not null encode bytedict,
    keyword varchar(128) not null encode zstd,
    posts bigint encode az64,
    comments bigint encode az64,
    hot_posts bigint encode az64,
    primary key (hour, site, keyword)
)
diststyle all
sortkey (hour);
