-- How many messages about posts went out within the day before a batch, and after it.
select count(*) as alerts
from community.alert
where sent_at > dateadd(day, -1, cast(:batch_time as timestamp))
