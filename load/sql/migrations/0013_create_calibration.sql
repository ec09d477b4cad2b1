-- How a site's own outcomes correct the model's odds, by age band, as of a batch (alarm/sql/levels/set_calibration.sql).
-- diststyle all: a few rows a batch, joined to every score that a person looks at.
-- sortkey batch: read a batch at a time.
create table community.calibration (
    batch varchar(16) not null encode raw,
    site varchar(32) not null encode bytedict,
    age_band int not null encode az64,
    model_version varchar(128) not null encode bytedict,
    posts bigint not null encode az64,
    hot_posts bigint not null encode az64,
    expected_hot_posts double precision not null encode zstd,
    odds_factor double precision not null encode zstd,
    primary key (batch, site, age_band)
)
diststyle all
sortkey (batch);
