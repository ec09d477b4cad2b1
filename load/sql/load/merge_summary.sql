-- The counts of this batch; those of other batches are never touched.
merge into community.summary
using batch_summary
    on community.summary.batch = batch_summary.batch
    and community.summary.site = batch_summary.site
    and community.summary.keyword = batch_summary.keyword
when matched then update set
    posts = batch_summary.posts,
    comments = batch_summary.comments,
    hot_posts = batch_summary.hot_posts
when not matched then insert (
    batch,
    site,
    keyword,
    posts,
    comments,
    hot_posts
) values (
    batch_summary.batch,
    batch_summary.site,
    batch_summary.keyword,
    batch_summary.posts,
    batch_summary.comments,
    batch_summary.hot_posts
);
