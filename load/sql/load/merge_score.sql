-- The score of each post in this batch; scores of other batches are never touched.
merge into community.score
using batch_score
    on community.score.batch = batch_score.batch
    and community.score.site = batch_score.site
    and community.score.board = batch_score.board
    and community.score.post_id = batch_score.post_id
when matched then update set
    collected_at = batch_score.collected_at,
    age_minutes = batch_score.age_minutes,
    comments_seen = batch_score.comments_seen,
    hot_threshold = batch_score.hot_threshold,
    features = batch_score.features,
    raw_probability = batch_score.raw_probability,
    impact = batch_score.impact,
    reasons = batch_score.reasons,
    model_version = batch_score.model_version,
    exceedance = batch_score.exceedance,
    recent = batch_score.recent,
    reasons_en = batch_score.reasons_en
when not matched then insert (
    batch,
    site,
    board,
    post_id,
    collected_at,
    age_minutes,
    comments_seen,
    hot_threshold,
    features,
    raw_probability,
    impact,
    reasons,
    model_version,
    exceedance,
    recent,
    reasons_en
) values (
    batch_score.batch,
    batch_score.site,
    batch_score.board,
    batch_score.post_id,
    batch_score.collected_at,
    batch_score.age_minutes,
    batch_score.comments_seen,
    batch_score.hot_threshold,
    batch_score.features,
    batch_score.raw_probability,
    batch_score.impact,
    batch_score.reasons,
    batch_score.model_version,
    batch_score.exceedance,
    batch_score.recent,
    batch_score.reasons_en
);
