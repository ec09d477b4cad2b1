-- The hours whose summary may change by this batch; an hour may stand here more than once.
create temp table touched_hour (
    hour timestamp not null
)
diststyle all;
