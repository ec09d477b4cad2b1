-- One row a batch that was loaded, with the rows that came (before duplicates were dropped). Written in the load's own transaction.
-- diststyle all, sortkey batch: one small row a batch, looked up by batch.
create table community.load_ledger (
    batch varchar(16) not null encode raw,
    posts bigint not null encode az64,
    comments bigint not null encode az64,
    scores bigint not null encode az64,
    summaries bigint not null encode az64,
    loaded_at timestamp not null encode az64,
    primary key (batch)
)
diststyle all
sortkey (batch);
