-- What was copied must be what the job kept, and every post has its score.
select cast(
    case
        when staged.posts <> kept.posts
            then 'quality gate: ' || cast(staged.posts as varchar) || ' posts were copied, the job kept ' || cast(kept.posts as varchar) || '; run the batch again from transform'
        when staged.comments <> kept.comments
            then 'quality gate: ' || cast(staged.comments as varchar) || ' comments were copied, the job kept ' || cast(kept.comments as varchar) || '; run the batch again from transform'
        when staged.scores <> kept.posts
            then 'quality gate: ' || cast(staged.scores as varchar) || ' scores were copied for ' || cast(kept.posts as varchar) || ' posts; run the batch again from transform'
        else '0'
    end as int
)
from (
    select
        (${postRows}) as posts,
        (${commentRows}) as comments,
        (${scoreRows}) as scores
) as staged
cross join (
    select
        coalesce(sum(case when kind = 'post' and outcome = 'kept' then lines else 0 end), 0) as posts,
        coalesce(sum(case when kind = 'comment' and outcome = 'kept' then lines else 0 end), 0) as comments
    from staging_outcome
) as kept;
