-- Posts that were found deleted or blinded, one row each time. Posts themselves are never dropped: what stood there before is what matters.
-- A post is gone while its latest row here is younger than its latest reading (community.post.collected_at): a site may bring one back.
-- distkey post_id, sortkey seen_at: joined with post, looked through by time.
create table community.post_gone (
    batch varchar(16) not null encode raw,
    site varchar(32) not null encode zstd,
    board varchar(64) not null encode zstd,
    post_id varchar(32) not null encode zstd,
    seen_at timestamp not null encode az64,
    evidence varchar(16) not null encode zstd,
    primary key (batch, site, board, post_id)
)
distkey (post_id)
sortkey (seen_at);
