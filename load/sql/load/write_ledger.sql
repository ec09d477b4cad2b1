-- The batch is loaded; what came with it. A batch that was loaded before keeps its first row.
insert into community.load_ledger (batch, posts, comments, scores, summaries, loaded_at)
select
    '${batch}',
    (${postRows}),
    (${commentRows}),
    (${scoreRows}),
    (${summaryRows}),
    getdate()
where not exists (select 1 from community.load_ledger where batch = '${batch}');
