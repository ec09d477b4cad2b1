-- How far a site's readings of the last day lie from those of the four weeks before: population stability index by measure
-- (alarm/sql/levels/set_stability.sql).
-- diststyle all: a few rows a batch.
-- sortkey batch: the latest batches are compared.
create table community.stability (
    batch varchar(16) not null encode raw,
    site varchar(32) not null encode bytedict,
    measure varchar(32) not null encode bytedict,
    model_version varchar(128) not null encode bytedict,
    posts bigint not null encode az64,
    reference_posts bigint not null encode az64,
    stability_index double precision not null encode zstd,
    primary key (batch, site, measure)
)
diststyle all
sortkey (batch);
