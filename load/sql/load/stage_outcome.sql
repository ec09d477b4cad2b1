-- Columns in the order and types of the job's Parquet: COPY matches by position. Held equal to the job's schema by a test.
create temp table staging_outcome (
    kind varchar(16) not null,
    outcome varchar(64) not null,
    lines bigint
)
diststyle all;
