-- Messages about posts within 24 hours before the latest reading, and after it.
select count(*) as alerts
from community.alert
where sent_at > dateadd(day, -1, (select max(collected_at) from community.score));
