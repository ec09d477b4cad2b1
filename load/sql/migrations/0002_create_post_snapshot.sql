-- Each reading of a post: what the page said at that batch. The arrival curves come from here.
-- distkey post_id: joined to post without moving rows.
-- sortkey batch: batches arrive nearly in order, so the table stays sorted without vacuum, and a batch is one range.
create table community.post_snapshot (
    site varchar(32) not null encode bytedict,
    board varchar(64) not null encode bytedict,
    post_id varchar(32) not null encode zstd,
    batch varchar(16) not null encode raw,
    collected_at timestamp not null encode az64,
    views bigint encode az64,
    likes bigint encode az64,
    comment_count bigint encode az64,
    primary key (site, board, post_id, batch)
)
distkey (post_id)
sortkey (batch);
