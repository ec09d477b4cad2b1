-- The migrations that this warehouse has, in order.
select
    version,
    name,
    checksum
from community.schema_migration
order by version;
