-- The job must have seen what extraction wrote (it has checked that itself). Lines may be missing by now, because a late task adds some after
-- the job has read; that none was processed at all is no such case.
select cast(
    case
        when found.posts > ${expectedPosts} or (found.posts = 0 and ${expectedPosts} > 0)
            then 'quality gate: ' || cast(found.posts as varchar) || ' lines of posts were processed, the manifests say ${expectedPosts}; run the batch again from transform'
        when found.comments > ${expectedComments}
            then 'quality gate: ' || cast(found.comments as varchar) || ' lines of comments were processed, the manifests say ${expectedComments}; run the batch again from transform'
        else '0'
    end as int
)
from (
    select
        coalesce(sum(case when kind = 'post' then lines else 0 end), 0) as posts,
        coalesce(sum(case when kind = 'comment' then lines else 0 end), 0) as comments
    from staging_outcome
) as found;
