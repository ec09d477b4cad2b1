-- Runs at every deployment after the migrations; what a role has already changes nothing. A test holds it to what the statements of each role
-- need, no less and no more. What LOCK needs is assumed: update.
grant usage on schema community to role hotpost_load;

grant select, insert, update, delete
on community.comment, community.outcome, community.post, community.post_snapshot, community.score, community.summary
to role hotpost_load;

grant select, insert, delete on community.summary_hourly to role hotpost_load;

grant select, insert, update on community.load_ledger to role hotpost_load;

grant select, insert on community.post_gone to role hotpost_load;

grant usage on schema community to role hotpost_alarm;

grant select on community.load_ledger, community.post, community.score to role hotpost_alarm;

grant select, insert, delete on community.alarm_cut, community.calibration, community.stability to role hotpost_alarm;

grant select, insert on community.alert to role hotpost_alarm;
