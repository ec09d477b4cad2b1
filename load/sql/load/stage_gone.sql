-- The lines of raw/gone/ as text, each key of the JSON in the column of its name.
create temp table staging_gone (
    site varchar(32),
    board varchar(64),
    post_id varchar(32),
    seen_at varchar(32),
    evidence varchar(16)
)
distkey (post_id);
