-- The posts of one batch that call for a message which they have not had, with the level each has reached; most urgent first.
-- Level critical, the post has reached its site's threshold; level hot, it passes its site's cut of this batch (levels/set_cuts.sql).
select
    score.site,
    score.board,
    score.post_id,
    post.url,
    post.title,
    post.keywords,
    score.age_minutes,
    score.comments_seen,
    score.hot_threshold,
    score.raw_probability,
    score.impact,
    coalesce(calibration.odds_factor, 1) as odds_factor,
    score.reasons,
    score.reasons_en,
    score.model_version,
    case
        when score.comments_seen >= score.hot_threshold then 'critical'
        else 'hot'
    end as alert_level
from community.score
inner join community.post
    on score.site = post.site
    and score.board = post.board
    and score.post_id = post.post_id
left join community.alarm_cut
    on alarm_cut.batch = score.batch
    and alarm_cut.site = score.site
left join community.calibration
    on calibration.batch = score.batch
    and calibration.site = score.site
    and calibration.age_band = case
        when score.age_minutes < 30 then 0
        when score.age_minutes < 120 then 30
        else 120
    end
left join (
    select
        site,
        board,
        post_id,
        max(case level when 'critical' then 2 else 1 end) as severity
    from community.alert
    group by
        site,
        board,
        post_id
) as told
    on told.site = score.site
    and told.board = score.board
    and told.post_id = score.post_id
where score.batch = :batch
    and coalesce(post.may_alarm, post.keywords <> '[]')
    and (
        (score.comments_seen >= score.hot_threshold and coalesce(told.severity, 0) < 2)
        or (score.exceedance < alarm_cut.hot_cut and coalesce(told.severity, 0) < 1)
    )
order by
    alert_level,
    score.exceedance,
    score.comments_seen desc,
    score.site,
    score.board,
    score.post_id
