-- The model that scored the batch; no row when the batch has no score.
select max(model_version) as model_version
from community.score
where batch = :batch
having max(model_version) is not null
