-- The hours in which the comments of this batch were written.
insert into touched_hour
select distinct date_trunc('hour', batch_comment.created_at)
from batch_comment;
