-- The schema that holds everything, its own migration table included.
create schema if not exists community;
