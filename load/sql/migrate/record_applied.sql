-- Runs in the migration's own transaction, so that a migration and its record stand or fall together.
insert into community.schema_migration (version, name, checksum, applied_at)
values (${version}, '${name}', '${checksum}', getdate());
