-- may_alarm: the post matches a keyword, or its board is set to alarm on all. Null in rows from before: there a keyword decides.
-- list_rank: place on its board's list when it was last read, 1 = top; null when no list showed it.
alter table community.post add column may_alarm boolean encode zstd;
alter table community.post add column list_rank bigint encode az64;
