import type { Batch } from './contracts/batch.ts';
import type { PostKey } from './contracts/records.ts';

/** Where every object lies: the one place that spells a key of the data bucket. */
export const objectKeys = {
  part: (batch: Batch, part: string) => `plan/${batch}/${part}.json`,
  planIndex: (batch: Batch) => `plan/${batch}/index.json`,
  parts: (batch: Batch) => `plan/${batch}/`,
  listRanks: (batch: Batch, part: string) => `rank/${batch}/${part}.json`,
  allListRanks: (batch: Batch) => `rank/${batch}/`,
  rawPosts: (batch: Batch, site: string, part: string) => `raw/post/batch=${batch}/site=${site}/${part}.ndjson.gz`,
  /** Deleted and blinded posts. */
  rawGone: (batch: Batch, site: string, part: string) => `raw/gone/batch=${batch}/site=${site}/${part}.ndjson.gz`,
  allRawGone: (batch: Batch) => `raw/gone/batch=${batch}/`,
  rawPostsOf: (batch: Batch, site: string) => `raw/post/batch=${batch}/site=${site}/`,
  rawComments: (batch: Batch, site: string, part: string) => `raw/comment/batch=${batch}/site=${site}/${part}.ndjson.gz`,
  /** Sealed: pages name people (extract/src/crawl/page-seal.ts). */
  rawPage: (batch: Batch, key: PostKey) => `raw/page/batch=${batch}/site=${key.site}/${key.board}-${key.post_id}.sealed`,
  /** A list that could not be parsed, sealed too. */
  rawList: (batch: Batch, site: string, part: string, page: number) => `raw/page/batch=${batch}/site=${site}/list-${part}-${page}.sealed`,
  /** What a collector brings: `upload` is a part name, its posts are written last. */
  collected: () => 'collected/',
  collectedPosts: (upload: string) => `collected/${upload}/post.ndjson.gz`,
  collectedComments: (upload: string) => `collected/${upload}/comment.ndjson.gz`,
  /** The batch that is taking the upload. */
  collectedClaim: (upload: string) => `collected/${upload}/batch.json`,
  completion: (batch: Batch, execution: string, stage: string, part: string) => `completion/${batch}/${execution}/${stage}/${part}.json`,
  completions: (batch: Batch, execution: string, stage: string) => `completion/${batch}/${execution}/${stage}/`,
  processed: (table: 'outcome' | 'post' | 'comment' | 'score' | 'summary', batch: Batch) => `processed/${table}/batch=${batch}/`,
  quarantine: (stage: 'extract' | 'transform', batch: Batch) => `quarantine/${stage}/batch=${batch}/`,
  manifest: (batch: Batch, stage: string, part: string) => `manifest/${batch}/${stage}-${part}.json`,
  manifests: (batch: Batch) => `manifest/${batch}/`,
  /** A batch that was not started because a run went on. */
  skipped: (batch: Batch) => `skipped/${batch}.json`,
  allSkipped: () => 'skipped/',
  foldedManifest: (batch: Batch) => `manifest/${batch}.json`,
} as const;

/** Keys of the assets bucket. */
export const assetKeys = {
  job: 'code/pyspark/spark-job-emr.py',
  jobModules: 'code/pyspark/hotpost_job.zip',
  /** By which a deployment knows its own job and modules from a person's. */
  placedCode: 'code/pyspark/placed.json',
  models: 'model/',
  model: (version: string) => `model/${version}.json`,
  /** Says which model scores (common/contracts/model-pointer.ts). */
  currentModel: 'model/current.json',
  keywordSets: 'config/keyword-sets.json',
  /** Which messages go where (alarm/src/routes/alert-routes.ts). */
  alertRoutes: 'config/alert-routes.json',
} as const;
