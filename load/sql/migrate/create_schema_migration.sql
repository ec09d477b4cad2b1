-- Which migrations were applied, with the checksum of the file as it was then.
create table if not exists community.schema_migration (
    version int not null,
    name varchar(128) not null,
    checksum varchar(64) not null,
    applied_at timestamp not null,
    primary key (version)
)
diststyle all
sortkey (version);
