-- The batches from one on that have scores, oldest first, each with its model.
select
    batch,
    max(model_version) as model_version
from community.score
where batch >= :since
group by batch
order by batch
