-- The job must have seen what extraction wrote. A tenth may be missing: a late task adds lines after the job has read.
select cast(
    case
        when found.posts > ${expectedPosts} or found.posts < 0.9 * ${expectedPosts}
            then 'quality gate: ' || cast(found.posts as varchar) || ' lines of posts were processed, the manifests say ${expectedPosts}; run the batch again from transform'
        when found.comments > ${expectedComments} or found.comments < 0.9 * ${expectedComments}
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
