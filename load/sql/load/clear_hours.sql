-- The touched hours are counted anew (fill_hours.sql); what is counted twice stays equal.
delete from community.summary_hourly
where hour in (select touched_hour.hour from touched_hour);
