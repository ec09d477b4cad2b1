-- What became of the lines that a batch read, by kind (post, comment): kept, duplicate, or why they were refused.
-- diststyle all: a few rows a batch.
-- sortkey batch: read a batch at a time.
create table community.outcome (
    batch varchar(16) not null encode raw,
    kind varchar(16) not null encode bytedict,
    outcome varchar(64) not null encode zstd,
    lines bigint encode az64,
    primary key (batch, kind, outcome)
)
diststyle all
sortkey (batch);
