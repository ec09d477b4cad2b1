-- Each post as it was last read.
-- distkey post_id: post, post_snapshot, comment and score are joined on (site, board, post_id), and of these only post_id spreads evenly.
-- sortkey created_at: the dashboard asks for posts of a stretch of time.
create table community.post (
    site varchar(32) not null encode bytedict,
    board varchar(64) not null encode bytedict,
    post_id varchar(32) not null encode zstd,
    url varchar(6144) encode zstd,
    title varchar(6000) encode zstd,
    body varchar(65535) encode zstd,
    author_hash varchar(32) encode zstd,
    created_at timestamp encode raw,
    collected_at timestamp not null encode az64,
    views bigint encode az64,
    likes bigint encode az64,
    comment_count bigint encode az64,
    keywords varchar(8192) encode zstd,
    last_batch varchar(16) not null encode zstd,
    primary key (site, board, post_id)
)
distkey (post_id)
sortkey (created_at);
