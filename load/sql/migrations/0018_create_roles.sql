-- What the state machine and the alarm may do; load/sql/migrate/grant_roles.sql says what, and GrantFunction gives a role to each.
create role hotpost_load;
create role hotpost_alarm;
