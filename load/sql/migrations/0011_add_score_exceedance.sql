-- exceedance: share of the training posts that ever scored as high (0 at the site's level); what alarm levels are cut from.
-- recent: comments that came lately, exponentially discounted. reasons_en: the reasons in English.
alter table community.score add column exceedance double precision encode zstd;
alter table community.score add column recent double precision encode zstd;
alter table community.score add column reasons_en varchar(65535) encode zstd;
