-- Each post of the batch once; a batch that is loaded again changes nothing. seen_at is text like 2026-11-20T05:00:00Z, in UTC.
insert into community.post_gone (batch, site, board, post_id, seen_at, evidence)
select
    '${batch}',
    staging_gone.site,
    staging_gone.board,
    staging_gone.post_id,
    max(cast(replace(replace(staging_gone.seen_at, 'T', ' '), 'Z', '') as timestamp)),
    max(staging_gone.evidence)
from staging_gone
left join community.post_gone
    on community.post_gone.batch = '${batch}'
    and community.post_gone.site = staging_gone.site
    and community.post_gone.board = staging_gone.board
    and community.post_gone.post_id = staging_gone.post_id
where community.post_gone.post_id is null
group by
    staging_gone.site,
    staging_gone.board,
    staging_gone.post_id;
