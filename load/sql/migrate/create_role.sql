-- Roles belong to the namespace, not to the database, so no migration makes them. There is no CREATE ROLE IF NOT EXISTS.
create role ${databaseRole};
