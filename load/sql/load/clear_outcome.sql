-- A rerun may know other reasons: those of the run before go.
delete from community.outcome
where batch = '${batch}';
