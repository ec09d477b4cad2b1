-- Records one message that was sent; a second time changes nothing, because a post has each level once. A value cannot be bound as null, so impact says none; nor does
-- Redshift cast text to boolean.
insert into community.alert (
    site,
    board,
    post_id,
    level,
    batch,
    sent_at,
    repeated,
    impact,
    comments_seen
)
select
    cast(:site as varchar(256)),
    cast(:board as varchar(256)),
    cast(:post_id as varchar(256)),
    cast(:level as varchar(256)),
    cast(:batch as varchar(256)),
    cast(:sent_at as timestamp),
    case when cast(:repeated as varchar(5)) = 'true' then true else false end,
    cast(nullif(:impact, 'none') as double precision),
    cast(:comments_seen as integer)
where not exists (
    select 1
    from community.alert
    where alert.site = :site
        and alert.board = :board
        and alert.post_id = :post_id
        and alert.level = :level
)
