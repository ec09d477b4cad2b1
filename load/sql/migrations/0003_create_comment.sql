-- Each comment as it was last read. A comment whose last_batch is older than its post's was not on the page any more.
-- distkey post_id: comments lie beside their post.
-- sortkey created_at: the hourly summary and the dashboard ask for comments of a stretch of time.
create table community.comment (
    site varchar(32) not null encode bytedict,
    board varchar(64) not null encode bytedict,
    post_id varchar(32) not null encode zstd,
    comment_id varchar(32) not null encode zstd,
    is_reply boolean encode zstd,
    author_hash varchar(32) encode zstd,
    created_at timestamp encode raw,
    collected_at timestamp not null encode az64,
    body varchar(65535) encode zstd,
    likes bigint encode az64,
    dislikes bigint encode az64,
    last_batch varchar(16) not null encode zstd,
    primary key (site, board, post_id, comment_id)
)
distkey (post_id)
sortkey (created_at);
