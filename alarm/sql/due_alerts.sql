-- The posts of one batch that call for a message which they have not had, with the level each has reached; most urgent first.
-- Level critical, the post has reached its site's threshold; level hot, it passes its site's cut of this batch (levels/set_cuts.sql).
select
    score.site,
    score.board,
    score.post_id,
    post.url,
    post.title,
    substring(post.body, 1, 400) as body,
    post.keywords,
    score.age_minutes,
    score.comments_seen,
    score.hot_threshold,
    score.raw_probability,
    score.impact,
    coalesce(calibration.odds_factor, 1) as odds_factor,
    score.reasons,
    score.reasons_en,
    score.features,
    score.model_version,
    told.level as told_level,
    told.comments_seen as told_comments,
    told.sent_at as told_at,
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
        level,
        comments_seen,
        sent_at,
        row_number() over (partition by site, board, post_id order by case level when 'critical' then 1 else 2 end, sent_at desc) as place
    from community.alert
) as told
    on told.place = 1
    and told.site = score.site
    and told.board = score.board
    and told.post_id = score.post_id
where score.batch = :batch
    and coalesce(post.may_alarm, post.keywords <> '[]')
    and (
        (score.comments_seen >= score.hot_threshold and coalesce(told.level, 'none') <> 'critical')
        or (score.exceedance < alarm_cut.hot_cut and told.level is null)
    )
order by
    alert_level,
    score.exceedance,
    score.comments_seen desc,
    score.site,
    score.board,
    score.post_id
