-- What a person said of an alert: useful or noise; the latest word counts.
-- diststyle all, sortkey marked_at: a few rows a day, read whole.
create table community.feedback (
    site varchar(32) not null encode bytedict,
    board varchar(64) not null encode bytedict,
    post_id varchar(32) not null encode zstd,
    verdict varchar(16) not null encode bytedict,
    marked_at timestamp not null encode raw,
    primary key (site, board, post_id)
)
diststyle all
sortkey (marked_at);
