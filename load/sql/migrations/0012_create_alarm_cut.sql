-- The exceedance below which a post of a site is watch or hot in a batch, and what it was derived from (alarm/sql/levels/set_cuts.sql).
-- diststyle all: a few rows a batch, joined to every score that a person looks at.
-- sortkey batch: read a batch at a time.
create table community.alarm_cut (
    batch varchar(16) not null encode raw,
    site varchar(32) not null encode bytedict,
    model_version varchar(128) not null encode bytedict,
    max_alerts_per_day int not null encode az64,
    posts_per_day double precision not null encode zstd,
    hot_share double precision not null encode zstd,
    finished_posts bigint not null encode az64,
    hot_cut double precision not null encode zstd,
    watch_cut double precision not null encode zstd,
    primary key (batch, site)
)
diststyle all
sortkey (batch);
