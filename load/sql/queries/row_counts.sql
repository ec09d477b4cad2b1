-- How many rows each table holds.
select 'alert' as table_name, count(*) as row_count from community.alert
union all
select 'comment' as table_name, count(*) as row_count from community.comment
union all
select 'load_ledger' as table_name, count(*) as row_count from community.load_ledger
union all
select 'post' as table_name, count(*) as row_count from community.post
union all
select 'post_snapshot' as table_name, count(*) as row_count from community.post_snapshot
union all
select 'score' as table_name, count(*) as row_count from community.score
union all
select 'summary' as table_name, count(*) as row_count from community.summary
union all
select 'summary_hourly' as table_name, count(*) as row_count from community.summary_hourly
order by table_name;
