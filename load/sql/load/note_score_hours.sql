-- The hours in which the scores of this batch were read.
insert into touched_hour
select distinct date_trunc('hour', batch_score.collected_at)
from batch_score;
