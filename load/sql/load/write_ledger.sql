-- The batch is loaded; what came with it. A batch that was loaded before keeps its first row.
insert into community.load_ledger (batch, posts, comments, scores, summaries, loaded_at)
select
    '${batch}',
    (${posts}),
    (${comments}),
    (${scores}),
    (${summaries}),
    getdate()
where not exists (select 1 from community.load_ledger where batch = '${batch}');
