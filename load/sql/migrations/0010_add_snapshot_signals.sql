-- What a reading showed besides counts, so that a model can be trained with it once there is history.
alter table community.post_snapshot add column list_rank bigint encode az64;
alter table community.post_snapshot add column keyword_count int encode az64;
alter table community.post_snapshot add column title_length int encode az64;
alter table community.post_snapshot add column title_question boolean encode zstd;
