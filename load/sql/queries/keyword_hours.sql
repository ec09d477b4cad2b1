-- Posts, comments and hot posts an hour (Seoul time) of each site and keyword, latest first.
select
    convert_timezone('Asia/Seoul', hour) as seoul_hour,
    site,
    keyword,
    posts,
    comments,
    hot_posts
from community.summary_hourly
order by
    hour desc,
    site,
    keyword;
